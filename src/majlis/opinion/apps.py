from django.apps import AppConfig


class OpinionConfig(AppConfig):
    name = "majlis.opinion"
    label = "opinion"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from majlis.opinion import citing  # noqa: F401 - registers what can be cited
