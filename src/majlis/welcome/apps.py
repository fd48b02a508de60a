from django.apps import AppConfig


class WelcomeConfig(AppConfig):
    name = "majlis.welcome"
    label = "welcome"
    default_auto_field = "django.db.models.BigAutoField"
