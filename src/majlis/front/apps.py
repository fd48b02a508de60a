from django.apps import AppConfig


class FrontConfig(AppConfig):
    name = "majlis.front"
    label = "front"
    default_auto_field = "django.db.models.BigAutoField"
