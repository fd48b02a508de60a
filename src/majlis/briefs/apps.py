from django.apps import AppConfig


class BriefsConfig(AppConfig):
    name = "majlis.briefs"
    label = "briefs"
    default_auto_field = "django.db.models.BigAutoField"
