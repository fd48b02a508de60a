from django.apps import AppConfig


class RatingsConfig(AppConfig):
    name = "majlis.ratings"
    label = "ratings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from majlis.ratings import citing, held  # noqa: F401 - both register themselves
