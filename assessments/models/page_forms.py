"""The author's form of a test."""

from typing import Any

from modules.models.forms import TeachingPageForm


class AssessmentPageForm(TeachingPageForm):
    """Says what a test still lacks when it is to be published; a draft may lack anything."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_deferred_validation or self.errors:
            return
        from assessments.bank.checks import mistakes  # it reads pages, so it knows their models

        for field, message in mistakes(self.instance, self._module()):
            self.add_error(field, message)

    def _module(self) -> Any:
        parent = self.parent_page or self.instance.get_parent()
        return parent.specific
