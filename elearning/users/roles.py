"""Roles are Django groups; a person may have several."""

from django.contrib.auth.models import AnonymousUser
from django.db import models

from elearning.users.models import User


class Role(models.TextChoices):
    """The value is the name of the group."""

    OFFICER = "officer"
    TRAINER = "trainer"
    COORDINATOR = "coordinator"
    TRANSLATOR = "translator"
    AUTHOR = "author"
    ADMINISTRATOR = "administrator"


STAFF = tuple(role for role in Role if role != Role.OFFICER)


def has_role(user: User | AnonymousUser, *roles: Role) -> bool:
    """Whether the user is in any of the groups; an administrator has every role."""
    if not user.is_authenticated:
        return False
    names = {group.name for group in user.groups.all()}
    return user.is_superuser or bool(names & {*roles, Role.ADMINISTRATOR})
