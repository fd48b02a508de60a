from django.apps import AppConfig


class OpinionConfig(AppConfig):
    name = "majlis.opinion"
    label = "opinion"
    default_auto_field = "django.db.models.BigAutoField"
