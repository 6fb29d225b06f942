"""Numbers, sizes and dates as the active language writes them.

Babel and not Django, which formats Burmese, Lao and Sinhala dates as English.
"""

import datetime as dt
from decimal import Decimal

from babel import Locale
from babel import dates as babel_dates
from babel import numbers as babel_numbers
from babel import units as babel_units
from django import template
from django.utils import timezone
from django.utils.translation import get_language

from elearning import languages

register = template.Library()
Number = int | float | Decimal
SIZES = [("gigabyte", 1_000_000_000), ("megabyte", 1_000_000), ("kilobyte", 1_000)]


def active_locale() -> Locale:
    language = languages.BY_CODE.get(get_language() or "", languages.SOURCE)
    return Locale.parse(language.locale)


@register.filter
def number(value: Number | None) -> str:
    return "" if value is None else babel_numbers.format_decimal(value, locale=active_locale())


@register.filter
def percent(value: Number | None) -> str:
    """A share of 1 (0.85) as a percentage, rounded to whole ones."""
    return "" if value is None else babel_numbers.format_percent(value, locale=active_locale())


@register.filter
def filesize(value: int | None) -> str:
    """Bytes in the largest unit of 1,000 that fits: "1.2 MB"; whole kilobytes, at least 1."""
    if value is None:
        return ""
    for unit, size in SIZES:
        if value >= size or unit == "kilobyte":
            digits = "#,##0" if unit == "kilobyte" else "#,##0.#"
            amount = max(value / size, 1)
            return babel_units.format_unit(
                amount, unit, length="short", format=digits, locale=active_locale()
            )
    raise AssertionError(value)


@register.filter
def timespan(seconds: int | None) -> str:
    """How long, either way, in the largest unit that fits: "56 years", "3 days", "7 minutes"."""
    if seconds is None:
        return ""
    return babel_dates.format_timedelta(
        dt.timedelta(seconds=abs(seconds)),
        granularity="minute",
        threshold=1,
        locale=active_locale(),
    )


@register.filter
def date(value: dt.date | dt.datetime | None) -> str:
    if value is None:
        return ""
    day = timezone.localtime(value).date() if isinstance(value, dt.datetime) else value
    return babel_dates.format_date(day, format="medium", locale=active_locale())


@register.filter
def datetime(value: dt.datetime | None) -> str:
    """Day and time in the server's time zone."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    day = babel_dates.format_date(local.date(), format="medium", locale=active_locale())
    time = babel_dates.format_time(local.time(), format="short", locale=active_locale())
    return f"{day} {time}"
