"""One text for one statement, however a client or a server on the way has written it down."""

import hashlib
import json
import re
from typing import Any

# Set by every server anew (xAPI 1.0.3, part two, 2.3.1), so they can't tell two statements apart.
BY_SERVER = ("stored", "authority", "version")
_FINER = re.compile(r"(\.\d\d)\d+(?=S$)")


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


def listed(statement: dict[str, Any]) -> dict[str, Any]:
    """A single activity of a context is given out as a list of one, also in a sub-statement
    (xAPI 1.0.3, part two, 2.4.6.2)."""
    out = statement
    context = statement.get("context", {})
    activities = context.get("contextActivities", {})
    if any(type(value) is dict for value in activities.values()):
        lists = {
            name: [value] if type(value) is dict else value for name, value in activities.items()
        }
        out = out | {"context": context | {"contextActivities": lists}}
    thing = statement["object"]
    if thing.get("objectType") == "SubStatement":
        out = out | {"object": listed(thing)}
    return out


_encoder = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
)


def text(statement: dict[str, Any]) -> str:
    """Compact JSON with sorted keys; raises ValueError for a number that JSON cannot write."""
    return _encoder.encode(statement)


def digest(canonical: str) -> bytes:
    """32 bytes; raises UnicodeEncodeError for half of a surrogate pair."""
    return hashlib.sha256(canonical.encode()).digest()


def comparable(statement: dict[str, Any]) -> dict[str, Any]:
    """The statement as it is compared with another one: of a duration, what is finer than a
    hundredth of a second does not count (xAPI 2.0, 4.2.7)."""
    out = statement
    duration = statement.get("result", {}).get("duration")
    if duration and _FINER.search(duration):
        cut = _FINER.sub(r"\1", duration)
        out = out | {"result": statement["result"] | {"duration": cut}}
    thing = statement["object"]
    if thing.get("objectType") == "SubStatement":
        out = out | {"object": comparable(thing)}
    return out
