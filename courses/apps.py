from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"

    def ready(self) -> None:
        from courses.exchange.editions import is_from_centre  # models are there only now
        from modules.editions import origin

        origin.ask(is_from_centre)
