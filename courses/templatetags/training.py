"""Links from a number to the officers that it counts."""

from django import template
from django.urls import reverse

from courses.filters import Filters

register = template.Library()


@register.simple_tag
def officers_url(filters: Filters, state: str = "", late: bool = False) -> str:
    """The list of officers for these filters, narrowed further."""
    query = filters.but(state=state or filters.state, late=late or filters.late).query
    return reverse("training-officers") + (f"?{query}" if query else "")


@register.simple_tag
def export_url(table: str, kind: str, filters: Filters) -> str:
    path = reverse("training-export", kwargs={"table": table, "kind": kind})
    return path + (f"?{filters.query}" if filters.query else "")
