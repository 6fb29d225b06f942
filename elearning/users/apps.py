from django.apps import AppConfig


class UsersConfig(AppConfig):
    name = "elearning.users"
    label = "users"
