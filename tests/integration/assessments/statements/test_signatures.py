"""A signed statement stays signed when a server on the way has filled in what was not signed."""

import json
import uuid
from base64 import urlsafe_b64encode
from typing import Any

import pytest

from assessments.statements import canonical, signatures
from assessments.statements.errors import Refused
from tests.support.statements import statement

ATTACHMENT = {"usageType": signatures.USAGE, "contentType": "application/octet-stream"}


def original() -> dict[str, Any]:
    made = statement(uuid.uuid4(), module=uuid.uuid4(), timestamp="2026-11-20T12:00:00+02:00")
    parent, grouping = ({"id": f"urn:uuid:{uuid.uuid4()}"} for _number in range(2))
    made["context"]["contextActivities"] = {"parent": parent, "grouping": grouping}
    return made


def check(signed: object, arrived: dict[str, Any]) -> None:
    parts = ({"alg": "RS256"}, signed)
    texts = [urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts]
    signatures.check(arrived, ATTACHMENT, b".".join([*texts, b"AAAA"]))


def passed_on(made: dict[str, Any]) -> dict[str, Any]:
    """As a server gives it out that has stored it."""
    server = {"stored": "2026-11-20T11:00:00+00:00", "version": "1.0.0"}
    filled_in = {"id": str(uuid.uuid4()), "timestamp": server["stored"]}
    return filled_in | made | server | {"context": canonical.listed(made["context"])}


def test_what_a_server_has_filled_in_was_not_signed() -> None:
    made = original()
    check(made, passed_on(made))
    check(made, passed_on(made) | {"timestamp": "2026-11-20T10:00:00Z"})
    del made["timestamp"], made["id"]
    check(made, passed_on(made))


@pytest.mark.parametrize(
    "change",
    [{"timestamp": "2026-11-20T12:00:01+02:00"}, {"id": str(uuid.uuid4())}, {"result": {}}],
)
def test_what_was_signed_cannot_be_changed(change: dict[str, Any]) -> None:
    made = original()
    with pytest.raises(Refused, match="another statement"):
        check(made, passed_on(made) | change)


@pytest.mark.parametrize(
    "signed", [[], {"context": 1}, {"timestamp": 1}, {"id": 1}, {"attachments": [1]}]
)
def test_a_signature_of_something_else_is_refused(signed: object) -> None:
    with pytest.raises(Refused):
        check(signed, original())
