from django.apps import AppConfig


class SeriesConfig(AppConfig):
    name = "majlis.series"
    label = "series"
    default_auto_field = "django.db.models.BigAutoField"
