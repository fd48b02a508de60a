from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "majlis.config"
    label = "config"
