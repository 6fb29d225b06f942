"""Which parts of the site a person's roles open, for the navigation."""

from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser

from elearning.users.models import User
from elearning.users.roles import Role

register = template.Library()


@register.simple_tag(takes_context=True)
def user_roles(context: dict[str, Any]) -> set[str]:
    """The names of the signed-in person's roles in one query; an administrator has all of them."""
    user: User | AnonymousUser | None = context.get("user")
    if user is None or not user.is_authenticated:
        return set()
    names = {group.name for group in user.groups.all()}
    if user.is_superuser or Role.ADMINISTRATOR in names:
        return {str(role) for role in Role}
    return names
