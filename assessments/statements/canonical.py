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
