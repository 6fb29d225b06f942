"""A statement with one thing changed, and what must be said of it."""

import copy
import uuid
from typing import Any

import pytest

from assessments.statements.validation import Invalid, check
from tests.support.statements import statement

ABSENT = object()
ACCOUNT = {"homePage": "https://a.example", "name": "g"}
GROUP = {"objectType": "Group", "account": ACCOUNT}
MEMBER = {"mbox": "mailto:a@b.example"}
REFERENCE = {"objectType": "StatementRef", "id": str(uuid.uuid4())}
ATTACHMENT = {
    "usageType": "https://a.example/uses/certificate",
    "display": {"en": "Certificate"},
    "contentType": "application/pdf",
    "length": 27,
    "sha2": "0a" * 32,
}
SUB_STATEMENT = {
    "objectType": "SubStatement",
    "actor": MEMBER,
    "verb": {"id": "https://a.example/verbs/planned"},
    "object": {"id": "https://a.example/visits/1"},
}


def example(verb: str = "passed") -> dict[str, Any]:
    return statement(uuid.uuid4(), verb, module=uuid.uuid4())


def put(made: dict[str, Any], path: str, value: object) -> None:
    """One thing put in, replaced or (ABSENT) taken out; new objects are made."""
    *outer, last = path.split("/")
    place: Any = made
    for name in outer:
        place = place[int(name)] if isinstance(place, list) else place.setdefault(name, {})
    if value is ABSENT:
        del place[last]
    else:
        place[last] = copy.deepcopy(value)


def changed(*changes: tuple[str, object]) -> dict[str, Any]:
    made = example()
    for path, value in changes:
        put(made, path, value)
    return made


def about(thing: object) -> dict[str, Any]:
    """A statement with another object; no platform, which only an activity may have."""
    return changed(("object", thing), ("context/platform", ABSENT))


def refused(value: object, code: str, path: str, version: str = "1.0.3") -> None:
    """It is invalid for this reason, at this place."""
    with pytest.raises(Invalid) as caught:
        check(value, version)
    assert (caught.value.code, ".".join(caught.value.path)) == (code, path)
