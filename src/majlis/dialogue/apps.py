from django.apps import AppConfig


class DialogueConfig(AppConfig):
    name = "majlis.dialogue"
    label = "dialogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from majlis.dialogue import citing, held  # noqa: F401 - both register what they describe
