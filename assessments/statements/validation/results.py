"""Results and scores (xAPI 1.0.3, part two, 2.4.5)."""

from typing import Any

from assessments.statements.validation.errors import Invalid, gettext_noop
from assessments.statements.validation.times import duration
from assessments.statements.validation.values import (
    boolean,
    extensions,
    fields,
    number,
    string,
)

SCORE = dict.fromkeys(("scaled", "raw", "min", "max"), number)


def score(value: Any) -> None:
    """`scaled` from -1 to 1; min < max; raw between them (2.4.5.1)."""
    fields(value, SCORE)
    if not -1 <= value.get("scaled", 0) <= 1:
        raise Invalid("out-of-range", gettext_noop("This must lie between -1 and 1.")).within(
            "scaled"
        )
    least, most = value.get("min"), value.get("max")
    if least is not None and most is not None and least >= most:
        raise Invalid("out-of-range", gettext_noop("The minimum must be less than the maximum."))
    raw = value.get("raw")
    if raw is not None and (
        (least is not None and raw < least) or (most is not None and raw > most)
    ):
        raise Invalid(
            "out-of-range", gettext_noop("This must lie between the minimum and the maximum.")
        ).within("raw")


RESULT = {
    "score": score,
    "success": boolean,
    "completion": boolean,
    "response": string,
    "duration": duration,
    "extensions": extensions,
}


def result(value: Any) -> None:
    fields(value, RESULT)
