"""Numbers, sizes and dates as the active language writes them.

Babel and not Django, which formats Burmese, Lao and Sinhala dates as English.
"""

import datetime as dt
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from babel import Locale
from babel import dates as babel_dates
from babel import numbers as babel_numbers
from django import template
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from elearning import languages

register = template.Library()
Number = int | float | Decimal


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
    """Bytes in the largest unit of 1,000 that fits, in the words and the rounding of the app
    (formatSize in i18n.js): "1.3 MB", and whole kilobytes, begun ones counted."""
    if value is None:
        return ""
    if value >= 1_000_000_000:
        return _("%(size)s GB") % {"size": _tenths(value, 1_000_000_000)}
    if value >= 1_000_000:
        return _("%(size)s MB") % {"size": _tenths(value, 1_000_000)}
    whole = (Decimal(value) / 1000).quantize(Decimal(1), ROUND_CEILING)
    return _("%(size)s KB") % {"size": number(whole)}


def _tenths(value: int, unit: int) -> str:
    return number((Decimal(value) / unit).quantize(Decimal("0.1"), ROUND_HALF_UP).normalize())


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


@register.filter
def hundredths(value: float | None) -> str:
    """A correlation, an index or a normalised gain: two decimals, as the literature writes them."""
    if value is None:
        return ""
    # Not "-0.00"
    return babel_numbers.format_decimal(
        round(value, 2) + 0.0, format="0.00", locale=active_locale()
    )


@register.filter
def seconds(milliseconds: Number | None) -> str:
    """Whole seconds, or minutes and seconds from two minutes on."""
    if milliseconds is None:
        return ""
    whole = round(milliseconds / 1000)
    if whole < 120:
        return _("%(seconds)s s") % {"seconds": number(whole)}
    minutes, rest = divmod(whole, 60)
    return _("%(minutes)s min %(seconds)s s") % {
        "minutes": number(minutes),
        "seconds": number(rest),
    }
