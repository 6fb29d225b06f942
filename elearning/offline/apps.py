from django.apps import AppConfig


class OfflineConfig(AppConfig):
    name = "elearning.offline"
    label = "offline"
