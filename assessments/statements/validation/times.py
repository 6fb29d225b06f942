"""Points in time and durations (xAPI 1.0.3, part two, 4.5 and 4.6; 2.0, 4.2.7)."""

import re
from datetime import datetime
from typing import Any

from assessments.statements.validation.errors import Invalid, gettext_noop

# ISO 8601, a date with a time and its offset, in the extended or in the basic form.
ISO_8601 = re.compile(
    r"(?:\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?"
    r"|\d{8}T\d{4}(?:\d\d(?:[.,]\d+)?)?)"
    r"(?:Z|(?!-00(?::?00)?$)[+-]\d\d(?::?\d\d)?)",
    re.ASCII,
)
# RFC 3339, a stricter profile of it. T and Z in capitals, as that standard lets us ask for.
RFC_3339 = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|(?!-00:00$)[+-]\d\d:\d\d)", re.ASCII
)
# Only the last part of a duration may have a fraction (ISO 8601:2004, 4.4.3.2).
NUMBER = r"\d+(?:[.,]\d+(?=[YMWDHS]$))?"
DURATION = re.compile(
    rf"P(?:{NUMBER}W|(?=.)(?:{NUMBER}Y)?(?:{NUMBER}M)?(?:{NUMBER}D)?"
    rf"(?:T(?=.)(?:{NUMBER}H)?(?:{NUMBER}M)?(?:{NUMBER}S)?)?)",
    re.ASCII,
)


def timestamp(value: Any) -> None:
    """A real date and time with an offset (1.0.3); -00:00 is no offset.

    What is accepted is what `datetime.fromisoformat` can read, so without leap seconds.
    """
    _moment(value, ISO_8601)


def timestamp_2(value: Any) -> None:
    """The same as RFC 3339 writes it, with seconds and a colon in the offset (2.0)."""
    _moment(value, RFC_3339)


def _moment(value: Any, form: re.Pattern[str]) -> None:
    if type(value) is str and form.fullmatch(value):
        try:
            datetime.fromisoformat(value).utctimetuple()
        except (ValueError, OverflowError):
            pass
        else:
            return
    raise Invalid("not-a-timestamp", gettext_noop("This must be a date and time with a time zone."))


def duration(value: Any) -> None:
    """With designators, such as P1DT2H or P2W; the form of a point in time is not allowed (4.6)."""
    if type(value) is not str or not DURATION.fullmatch(value):
        raise Invalid("not-a-duration", gettext_noop("This must be a duration, such as PT30S."))
