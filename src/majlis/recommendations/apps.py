from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    name = "majlis.recommendations"
    label = "recommendations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from majlis.recommendations import citing  # noqa: F401 - registers what can be cited
