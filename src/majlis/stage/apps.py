from django.apps import AppConfig


class StageConfig(AppConfig):
    name = "majlis.stage"
    label = "stage"
    default_auto_field = "django.db.models.BigAutoField"
