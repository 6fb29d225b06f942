"""Statements as the learner's app writes them (docs/formats.md)."""

import uuid
from datetime import UTC, datetime
from typing import Any

from tests.support.database import Database

HOME_PAGE = "https://elearning.example/people"
ADL = "http://adlnet.gov/expapi"
OBJECTS = {
    "initialized": "lesson",
    "completed": "lesson",
    "answered": "cmi.interaction",
    "passed": "assessment",
    "failed": "assessment",
}
EXTENSIONS = "tag:elearning.example,2026"
STORE = """
import uuid
from assessments.models import Scope
from assessments.statements import services
from assessments.xapi.clients import Client
client = Client(uuid.UUID(int=9), uuid.UUID(int=9), {{}}, frozenset({{Scope.WRITE.value}}), tablet=False)
services.store(client=client, statements={statements!r})
"""


def store(database: Database, statements: list[dict[str, Any]]) -> None:
    """Into the log of another server, as a system with the scope `write`."""
    database.manage("shell", "--no-imports", "-c", STORE.format(statements=statements))


def urn(name: uuid.UUID | str) -> str:
    return f"urn:uuid:{name}"


def actor(officer: uuid.UUID | str) -> dict[str, Any]:
    account = {"homePage": HOME_PAGE, "name": str(officer)}
    return {"objectType": "Agent", "account": account}


def statement(
    officer: uuid.UUID | str,
    verb: str = "answered",
    *,
    module: uuid.UUID | str,
    about: uuid.UUID | str | None = None,
    name: uuid.UUID | None = None,
    timestamp: str | None = None,
    scaled: float | None = None,
    response: str = "a",
) -> dict[str, Any]:
    """One statement; what is not given is new and plausible."""
    made = {
        "id": str(name or uuid.uuid4()),
        "timestamp": timestamp or datetime.now(UTC).isoformat(timespec="milliseconds"),
        "actor": actor(officer),
        "verb": {"id": f"{ADL}/verbs/{verb}", "display": {"en": verb}},
        "object": _object(verb, about or uuid.uuid4()),
        "context": _context(module),
    }
    result = _result(verb, scaled, response)
    return {**made, "result": result} if result else made


def by_server(made: dict[str, Any]) -> dict[str, Any]:
    """As a server vouches for what it writes of its own: its mark of an attempt, say."""
    account = {"homePage": "https://site.example", "name": "server"}
    return made | {"authority": {"objectType": "Agent", "account": account}}


def _object(verb: str, about: uuid.UUID | str) -> dict[str, Any]:
    definition = {"type": f"{ADL}/activities/{OBJECTS[verb]}"}
    if verb == "answered":
        definition["interactionType"] = "choice"
    return {"objectType": "Activity", "id": urn(about), "definition": definition}


def _result(verb: str, scaled: float | None, response: str) -> dict[str, Any]:
    if verb == "answered":
        scaled = 1 if scaled is None else scaled
        return {"response": response, "success": scaled == 1, "score": {"scaled": scaled}}
    if verb in ("passed", "failed"):
        scaled = scaled if scaled is not None else float(verb == "passed")
        return {
            "success": verb == "passed",
            "completion": True,
            "score": {"scaled": scaled, "raw": scaled * 12, "min": 0, "max": 12},
        }
    return {"completion": True} if verb == "completed" else {}


def _context(module: uuid.UUID | str) -> dict[str, Any]:
    return {
        "registration": str(uuid.uuid4()),
        "language": "en",
        "platform": "elearning-app",
        "contextActivities": {
            "parent": [{"id": urn(uuid.uuid4())}],
            "grouping": [{"id": urn(module)}],
        },
        "extensions": {
            f"{EXTENSIONS}:edition": {"language": "en", "version": 1},
            f"{EXTENSIONS}:device": str(uuid.uuid4()),
            f"{EXTENSIONS}:sequence": 1,
            f"{EXTENSIONS}:clock": {
                "device": "2016-01-01T00:00:00.000+00:00",
                "monotonic": 123456,
                "skew": None,
            },
        },
    }
