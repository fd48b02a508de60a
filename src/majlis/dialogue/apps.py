from django.apps import AppConfig


class DialogueConfig(AppConfig):
    name = "majlis.dialogue"
    label = "dialogue"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from majlis.dialogue import held  # noqa: F401 - adds what it knows to the page of one's data
