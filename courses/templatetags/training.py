"""Links from a number to what it counts, and numbers that only these pages have."""

import uuid
from decimal import Decimal
from urllib.parse import urlencode

from babel import numbers as babel_numbers
from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from courses import rules
from courses.filters import Filters
from elearning.templatetags.formats import active_locale
from elearning.users.models import User

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


@register.simple_tag
def attempts_url(
    test: uuid.UUID, show: str = "", cohort: uuid.UUID | None = None, only: uuid.UUID | None = None
) -> str:
    """The attempts at a test that a number counts: of a cohort's page, or `only` of one cohort on
    the page of all."""
    if cohort:
        path = reverse("training-test", args=[cohort, test])
    else:
        path = reverse("training-one-test", args=[test])
    chosen = {"cohort": str(only or ""), "show": show}
    query = urlencode({name: value for name, value in chosen.items() if value})
    return path + (f"?{query}" if query else "") + ("#attempts" if show else "")


@register.simple_tag
def marker(people: dict[uuid.UUID, User], by: uuid.UUID) -> str:
    """Who marked, also where the account is gone."""
    return people[by].name if by in people else _("somebody whose account is gone")


@register.filter
def points(value: int | None) -> str:
    """Percentage points with their sign."""
    if value is None:
        return ""
    return babel_numbers.format_decimal(
        value, format="+0;-0" if value else "0", locale=active_locale()
    )


@register.filter
def computed(value: float) -> Decimal:
    """A share as everywhere, in whole hundredths."""
    return rules.computed(value)


@register.filter
def width(share: float | None) -> str:
    """A share as the length of a bar of a hundred units, as SVG writes numbers in every language."""
    return f"{min(max(share or 0.0, 0.0), 1.0) * 100:.1f}"
