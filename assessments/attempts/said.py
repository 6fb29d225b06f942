"""What one statement says of an attempt.

What it must say is which attempt, test and item it is about. Anything else that is not as
docs/formats.md has it is taken for not said: an answer is never lost to a wrong number beside it.
"""

import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from assessments.models import Statement
from assessments.rules.authority import by_server
from assessments.rules.chain import Facts
from assessments.rules.progress import (
    URN,
    Elsewhere,
    Unreadable,
    is_assessment,
    module_of,
    plausible,
    score_of,
)

EXTENSION = "tag:elearning.example,2026:"
CLOSING = ("passed", "failed", "scored", "completed")
VERBS = ("initialized", "answered", *CLOSING)
BETWEEN = "[,]"
BIG, INT = 2**63 - 1, 2**31 - 1


@dataclass(frozen=True)
class Timing:
    """Milliseconds by the attempt's own clock; `at` by the device's, uncorrected."""

    elapsed: int
    segment: int
    spent: int | None
    turned_back: bool
    at: int


@dataclass(frozen=True)
class Link:
    """The place in the chain, the facts that are sealed, the name of the key and the seal."""

    facts: Facts
    key: str
    seal: str


@dataclass(frozen=True)
class Said:
    seq: int
    statement: uuid.UUID
    attempt: uuid.UUID
    officer: uuid.UUID
    verb: str
    # The test, or of an answer the item.
    about: uuid.UUID
    test: uuid.UUID
    module: uuid.UUID
    language: str
    version: int
    device: uuid.UUID | None
    sequence: int
    at: datetime
    # The timestamp to the letter.
    written: str
    stored: datetime
    timing: Timing | None = None
    link: Link | None = None
    # Of `initialized`: the extension "attempt".
    plan: dict[str, Any] | None = None
    response: list[str] = field(default_factory=list)
    confidence: int | None = None
    item_version: int | None = None
    score: Decimal | None = None
    success: bool | None = None
    # Of a server's mark: the answers of the extension "marked".
    marked: list[dict[str, Any]] | None = None

    @property
    def order(self) -> tuple[int, datetime, uuid.UUID]:
        """The tablet's own count first: its clock may have been set."""
        return self.sequence, self.at, self.statement

    @property
    def closes(self) -> bool:
        return self.verb in CLOSING


def read(row: Statement) -> Said:
    """Raises rules.progress.Elsewhere for what is of no attempt, and anything at all for an odd shape."""
    if row.registration is None or row.verb not in VERBS:
        raise Elsewhere
    payload = json.loads(row.payload)
    if row.verb != "answered" and not is_assessment(payload):
        raise Elsewhere
    module = module_of(payload)
    if payload["actor"].get("account", {}).get("name") != str(row.actor):
        # Somebody of another platform.
        raise Elsewhere
    extensions = payload["context"].get("extensions", {})
    device = _uuid(_extension(extensions, "device"))
    edition = _object(_extension(extensions, "edition"))
    about = _uuid(str(payload["object"]["id"]).removeprefix(URN))
    test = _parent(payload) if row.verb == "answered" else about
    if about is None or test is None:
        raise Unreadable("no item or test")
    return Said(
        seq=row.seq,
        statement=row.id,
        attempt=row.registration,
        officer=row.actor,
        verb=row.verb,
        about=about,
        test=test,
        module=module,
        language=_text(edition.get("language"), 10),
        version=_number(edition.get("version"), INT) or 0,
        device=device,
        sequence=_number(_extension(extensions, "sequence"), BIG) or 0,
        at=plausible(row.timestamp, row.stored),
        written=payload["timestamp"],
        stored=row.stored,
        **_more(row, payload, extensions),
    )


def _more(row: Statement, payload: dict[str, Any], extensions: dict[str, Any]) -> dict[str, Any]:
    """What only some say."""
    if by_server(payload):
        marked = _object(_extension(extensions, "marked")).get("answers")
        answers = marked if isinstance(marked, list) else []
        return _result(payload) | {"marked": [each for each in answers if isinstance(each, dict)]}
    found: dict[str, Any] = {
        "timing": _timing(extensions, row),
        "link": _link(payload, extensions),
    }
    if row.verb == "initialized":
        plan = _extension(extensions, "attempt")
        return found | {"plan": plan if isinstance(plan, dict) else None}
    if row.verb == "answered":
        confidence = _number(_extension(extensions, "confidence"), 3)
        return found | {
            "response": _response(payload),
            "confidence": confidence or None,
            "item_version": _number(_object(_extension(extensions, "item")).get("version"), INT),
        }
    return found | _result(payload)


def _result(payload: dict[str, Any]) -> dict[str, Any]:
    success = payload.get("result", {}).get("success")
    return {"score": score_of(payload), "success": success if isinstance(success, bool) else None}


def _response(payload: dict[str, Any]) -> list[str]:
    text = payload.get("result", {}).get("response", "")
    return [clean(each) for each in text.split(BETWEEN)] if text else []


def _parent(payload: dict[str, Any]) -> uuid.UUID | None:
    parent = payload["context"]["contextActivities"].get("parent", [])
    first = parent if isinstance(parent, dict) else next(iter(parent), {})
    return _uuid(str(first.get("id", "")).removeprefix(URN))


def _timing(extensions: dict[str, Any], row: Statement) -> Timing | None:
    said = _object(_extension(extensions, "timing"))
    elapsed = _number(said.get("elapsed"), BIG)
    if elapsed is None:
        return None
    return Timing(
        elapsed=elapsed,
        segment=_number(said.get("segment"), INT) or 0,
        spent=_number(said.get("spent"), BIG),
        turned_back=said.get("turned_back") is True,
        at=_device_time(extensions, row),
    )


def _device_time(extensions: dict[str, Any], row: Statement) -> int:
    """The timestamp jumps where the skew was measured anew; what the clock itself said does not."""
    said = _object(_extension(extensions, "clock")).get("device")
    try:
        moment = datetime.fromisoformat(said) if isinstance(said, str) else row.timestamp
        return round(moment.timestamp() * 1000)
    except (ValueError, OverflowError):
        return round(row.timestamp.timestamp() * 1000)


def _link(payload: dict[str, Any], extensions: dict[str, Any]) -> Link | None:
    said = _object(_extension(extensions, "chain"))
    n = _number(said.get("n"), INT)
    if n is None:
        return None
    elapsed = _number(_object(_extension(extensions, "timing")).get("elapsed"), BIG)
    facts = Facts(
        id=payload["id"],
        timestamp=payload["timestamp"],
        actor=payload["actor"]["account"]["name"],
        verb=payload["verb"]["id"],
        object=payload["object"]["id"],
        registration=payload["context"]["registration"],
        response=payload.get("result", {}).get("response", ""),
        elapsed=elapsed or 0,
        n=n,
        previous=_text(said.get("previous"), 64),
    )
    return Link(facts, _text(said.get("key"), 32), _text(said.get("seal"), 200))


def _extension(extensions: dict[str, Any], name: str) -> Any:
    return extensions.get(EXTENSION + name)


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any, longest: int) -> str:
    return clean(value) if isinstance(value, str) and len(value) <= longest else ""


def clean(text: str) -> str:
    """PostgreSQL stores no NUL."""
    return text.replace("\0", "")


def _number(value: Any, most: int) -> int | None:
    """JavaScript has one kind of number: 3.0 is 3."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if type(value) is int and 0 <= value <= most else None


def _uuid(value: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None
