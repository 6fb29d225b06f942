"""One text for one statement, however a client or a server on the way has written it down."""

import hashlib
import json
from typing import Any

# Set by every server anew (xAPI 1.0.3, part two, 2.3.1), so they can't tell two statements apart.
BY_SERVER = ("stored", "authority", "version")


def number(text: str) -> float | int:
    """For json.loads: 1.0 and 1 are the same number, and JavaScript writes only the second."""
    value = float(text)
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def bare(statement: dict[str, Any]) -> dict[str, Any]:
    """What the client said and no server may change. The time is compared as a moment, apart from this."""
    return {
        key: value
        for key, value in statement.items()
        if key not in BY_SERVER and key != "timestamp"
    }


def listed(context: dict[str, Any]) -> dict[str, Any]:
    """A single activity of a context is given out as a list of one (xAPI 1.0.3, part two, 2.4.6.2)."""
    if "contextActivities" not in context:
        return context
    lists = {
        name: value if isinstance(value, list) else [value]
        for name, value in context["contextActivities"].items()
    }
    return context | {"contextActivities": lists}


_encoder = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
)


def text(statement: dict[str, Any]) -> str:
    """Compact JSON with sorted keys; raises ValueError for a number that JSON cannot write."""
    return _encoder.encode(statement)


def digest(canonical: str) -> bytes:
    """32 bytes; raises UnicodeEncodeError for half of a surrogate pair."""
    return hashlib.sha256(canonical.encode()).digest()
