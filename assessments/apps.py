from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    name = "assessments"
    verbose_name = _("Assessments")

    def ready(self) -> None:
        from assessments import loading  # models are there only now
        from assessments.bank import publishing

        publishing.listen()
        loading.listen()
