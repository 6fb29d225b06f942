"""References and sub-statements as objects, and voiding (2.3.2 and 2.4.4.3; 2.0: 4.2.2, 4.2.5)."""

import uuid
from typing import Any

import pytest

from assessments.statements.validation import VOIDED, check
from tests.unit.assessments.statements.validation.examples import (
    ABSENT,
    ATTACHMENT,
    GROUP,
    MEMBER,
    REFERENCE,
    SUB_STATEMENT,
    about,
    changed,
    put,
    refused,
)


def test_a_statement_may_be_about_another(version: str) -> None:
    check(about(REFERENCE), version)
    refused(about({**REFERENCE, "id": "1"}), "not-a-uuid", "object.id", version)
    refused(about({"objectType": "StatementRef"}), "missing", "object.id", version)
    refused(about({**REFERENCE, "definition": {}}), "unknown-key", "object.definition", version)
    refused(
        about({**REFERENCE, "objectType": "statementRef"}),
        "not-one-of",
        "object.objectType",
        version,
    )


def test_a_reference_without_type_is_taken_for_an_activity(version: str) -> None:
    """2.4.4: without objectType the object is an activity, and a bare UUID is no IRI."""
    refused(about({"id": str(uuid.uuid4())}), "not-an-iri", "object.id", version)


@pytest.mark.parametrize(
    "kind", [None, 1, ["Activity"], {}, "", "activity", "SubStatements"], ids=str
)
def test_an_object_is_of_a_known_type(kind: object, version: str) -> None:
    refused(
        about({"id": "urn:x:1", "objectType": kind}), "not-one-of", "object.objectType", version
    )


@pytest.mark.parametrize("thing", [None, [], "urn:x:1", 1])
def test_an_object_is_an_object(thing: object, version: str) -> None:
    refused(about(thing), "not-an-object", "object", version)


def test_only_a_reference_can_be_voided(version: str) -> None:
    """2.3.2."""
    voids = about(REFERENCE)
    put(voids, "verb", {"id": VOIDED})
    check(voids, version)
    for thing in (
        {"id": "urn:x:1"},
        {**MEMBER, "objectType": "Agent"},
        GROUP,
        SUB_STATEMENT,
    ):
        voids = about(thing)
        put(voids, "verb", {"id": VOIDED})
        refused(voids, "bad-voiding", "object", version)


def test_a_sub_statement_has_what_a_statement_has(version: str) -> None:
    for things in (
        {},
        {"timestamp": "2026-11-22T10:00:00Z"},
        {"result": {"response": ""}},
        {"context": {"platform": "p", "revision": "1"}},
        {"attachments": [ATTACHMENT]},
        {"object": REFERENCE},
        {"object": {**MEMBER, "objectType": "Agent"}},
        {"object": GROUP},
        {"actor": GROUP},
    ):
        check(about({**SUB_STATEMENT, **things}), version)


SUB_WRONG: dict[str, tuple[str, object, str, str]] = {
    "no actor": ("object/actor", ABSENT, "missing", "object.actor"),
    "no verb": ("object/verb", ABSENT, "missing", "object.verb"),
    "no object": ("object/object", ABSENT, "missing", "object.object"),
    "an id": ("object/id", str(uuid.uuid4()), "unknown-key", "object.id"),
    "stored": ("object/stored", "2026-11-22T10:00:00Z", "unknown-key", "object.stored"),
    "a version": ("object/version", "1.0.0", "unknown-key", "object.version"),
    "an authority": ("object/authority", MEMBER, "unknown-key", "object.authority"),
    "another inside": ("object/object", SUB_STATEMENT, "not-one-of", "object.object.objectType"),
    "a bad actor": ("object/actor", {}, "one-identifier", "object.actor"),
    "a bad verb": ("object/verb", {"id": "do"}, "not-an-iri", "object.verb.id"),
    "a bad score": (
        "object/result/score/scaled",
        2,
        "out-of-range",
        "object.result.score.scaled",
    ),
    "a bad context": ("object/context/language", "?", "not-a-language", "object.context.language"),
    "a bad time": ("object/timestamp", "now", "not-a-timestamp", "object.timestamp"),
    "a bad attachment": ("object/attachments", [{}], "missing", "object.attachments.0.usageType"),
    "voids an activity": ("object/verb/id", VOIDED, "bad-voiding", "object.object"),
}


@pytest.mark.parametrize("case", SUB_WRONG.values(), ids=SUB_WRONG.keys())
def test_a_sub_statement_keeps_the_rules_of_one(case: tuple[Any, ...], version: str) -> None:
    path, value, code, where = case
    made = about(SUB_STATEMENT)
    put(made, path, value)
    refused(made, code, where, version)


@pytest.mark.parametrize("name", ["platform", "revision"])
def test_platform_and_revision_are_said_of_activities_only(name: str, version: str) -> None:
    """2.4.6."""
    check(changed((f"context/{name}", "x")), version)
    for thing in (REFERENCE, {**MEMBER, "objectType": "Agent"}, GROUP, SUB_STATEMENT):
        made = about(thing)
        put(made, f"context/{name}", "x")
        refused(made, "activity-only", f"context.{name}", version)
    inner = about({**SUB_STATEMENT, "object": REFERENCE, "context": {name: "x"}})
    refused(inner, "activity-only", f"object.context.{name}", version)
