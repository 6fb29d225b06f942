"""Statements that are right are accepted, and each thing that can be wrong is named."""

import uuid
from typing import Any

import pytest

from assessments.statements.validation import Invalid, check
from tests.unit.assessments.statements.validation.examples import (
    ABSENT,
    GROUP,
    MEMBER,
    changed,
    example,
)


@pytest.mark.parametrize("verb", ["initialized", "answered", "completed", "passed", "failed"])
def test_what_the_app_writes_is_right(verb: str, version: str) -> None:
    check(example(verb), version, require_id=True)


RIGHT = {
    "a blank answer": ("result/response", ""),
    "an empty map of names": ("verb/display", {}),
    "no context activities": ("context/contextActivities", {}),
    "an empty result": ("result", {}),
    "no timestamp": ("timestamp", ABSENT),
    "an offset in hours": ("timestamp", "2026-11-22T10:00:00+05:30"),
    "Zulu time": ("timestamp", "2026-11-22T10:00:00.123456789Z"),
    "a leap day": ("timestamp", "2028-02-29T10:00:00Z"),
    "the version": ("version", "1.0.3"),
    "an earlier patch of the version": ("version", "1.0.0"),
    "a duration": ("result/duration", "PT1H30M5.5S"),
    "a duration in weeks": ("result/duration", "P2W"),
    "a negative score": ("result/score", {"scaled": -1}),
    "a raw score alone": ("result/score", {"raw": 7}),
    "one activity without a list": ("context/contextActivities/parent", {"id": "urn:x:1"}),
    "an instructor": ("context/instructor", MEMBER),
    "a group as instructor": ("context/instructor", {**GROUP, "member": [MEMBER]}),
    "a nameless team with members": ("context/team", {"objectType": "Group", "member": [MEMBER]}),
    "a reference in the context": (
        "context/statement",
        {"objectType": "StatementRef", "id": str(uuid.uuid4())},
    ),
    "null inside an extension": ("result/extensions", {"https://a.example/x": None}),
    "a language with script and region": ("context/language", "zh-Hans-CN"),
    "a private language": ("context/language", "x-klingon"),
    "choices of a choice": (
        "object/definition",
        {"interactionType": "choice", "choices": [{"id": "a", "description": {"my": "က"}}]},
    ),
    "a hashed mailbox": ("actor", {"mbox_sha1sum": "a" * 40}),
    "an open id": ("actor", {"openid": "https://id.example/me", "name": "Me"}),
}


@pytest.mark.parametrize(("path", "value"), RIGHT.values(), ids=RIGHT.keys())
def test_the_standard_allows(path: str, value: object, version: str) -> None:
    check(changed((path, value)), version, require_id=True)


# What is wrong: what to change, the code of the error, and the path where it differs.
WRONG: dict[str, tuple[Any, ...]] = {
    "no id": ("id", ABSENT, "missing"),
    "no actor": ("actor", ABSENT, "missing"),
    "no verb": ("verb", ABSENT, "missing"),
    "no object": ("object", ABSENT, "missing"),
    "an id that is no UUID": ("id", "17", "not-a-uuid"),
    "an id with braces": ("id", "{12345678-1234-1234-1234-123456789012}", "not-a-uuid"),
    "a number as id": ("id", 17, "not-a-uuid"),
    "an unknown key": ("colour", "red", "unknown-key"),
    "a key in the wrong case": ("Actor", {}, "unknown-key"),
    "null": ("result", None, "not-an-object"),
    "an actor without identifier": ("actor", {"name": "A"}, "one-identifier"),
    "an actor with two": ("actor/mbox", "mailto:a@b.example", "one-identifier", "actor"),
    "an activity as actor": ("actor/objectType", "Activity", "not-one-of"),
    "an account without home": ("actor/account/homePage", ABSENT, "missing"),
    "an account at no address": ("actor/account/homePage", "here", "not-an-iri"),
    "a numeric account name": ("actor/account/name", 5, "not-a-string"),
    "an unknown key of an account": ("actor/account/pin", "5", "unknown-key"),
    "a bad mailbox": ("actor", {"mbox": "a@b.example"}, "not-a-mailbox", "actor.mbox"),
    "a bad hash": ("actor", {"mbox_sha1sum": "abc"}, "not-a-sha1", "actor.mbox_sha1sum"),
    "a verb without id": ("verb/id", ABSENT, "missing"),
    "a verb that is a word": ("verb/id", "answered", "not-an-iri"),
    "an address with a blank": ("verb/id", "http://a.example/a b", "not-an-iri"),
    "an address with a null character": ("verb/id", "http://a.example/\0", "not-an-iri"),
    "a name in no language": (
        "verb/display",
        {"in english": "a"},
        "not-a-language",
        "verb.display.in english",
    ),
    "a name that is no text": ("verb/display", {"en": 1}, "not-a-string", "verb.display.en"),
    "an object of no known type": ("object/objectType", "Person", "not-one-of"),
    "an activity called a person": ("object/objectType", "Agent", "unknown-key", "object.id"),
    "an object without id": ("object/id", ABSENT, "missing"),
    "an unknown interaction": ("object/definition/interactionType", "draw", "not-one-of"),
    "choices of no interaction": ("object/definition/choices", [], "wrong-interaction"),
    "a pattern of no interaction": (
        "object/definition/correctResponsesPattern",
        ["a"],
        "missing",
        "object.definition.interactionType",
    ),
    "steps of a choice": (
        "object/definition",
        {"interactionType": "choice", "steps": []},
        "wrong-interaction",
        "object.definition.steps",
    ),
    "choices with one id": (
        "object/definition",
        {"interactionType": "choice", "choices": [{"id": "a"}, {"id": "a"}]},
        "repeated-id",
        "object.definition.choices",
    ),
    "a choice without id": (
        "object/definition",
        {"interactionType": "choice", "choices": [{"description": {}}]},
        "missing",
        "object.definition.choices.0.id",
    ),
    "a score above one": ("result/score/scaled", 1.01, "out-of-range"),
    "a score below minus one": ("result/score/scaled", -1.01, "out-of-range"),
    "a score in words": ("result/score/scaled", "1", "not-a-number"),
    "a true score": ("result/score/scaled", True, "not-a-number"),
    "a raw score above the most": ("result/score/raw", 13, "out-of-range"),
    "a raw score below the least": ("result/score/raw", -1, "out-of-range"),
    "least above most": ("result/score/min", 12, "out-of-range", "result.score"),
    "an unknown key of a score": ("result/score/grade", 1, "unknown-key"),
    "success in words": ("result/success", "yes", "not-a-boolean"),
    "success as a number": ("result/success", 1, "not-a-boolean"),
    "a list as answer": ("result/response", ["a"], "not-a-string"),
    "a duration in words": ("result/duration", "one hour", "not-a-duration"),
    "an empty duration": ("result/duration", "P", "not-a-duration"),
    "a duration that ends in T": ("result/duration", "P1DT", "not-a-duration"),
    "an extension without address": (
        "result/extensions",
        {"x": 1},
        "not-an-iri",
        "result.extensions.x",
    ),
    "extensions in a list": ("result/extensions", [], "not-an-object"),
    "a registration that is no UUID": ("context/registration", "1", "not-a-uuid"),
    "a language in words": ("context/language", "in English", "not-a-language"),
    "a platform that is no text": ("context/platform", 1, "not-a-string"),
    "an unknown kind of context activity": ("context/contextActivities/child", [], "unknown-key"),
    "a context activity without id": (
        "context/contextActivities/grouping",
        [{}],
        "missing",
        "context.contextActivities.grouping.0.id",
    ),
    "a word for context activities": ("context/contextActivities/grouping", "x", "not-a-list"),
    "a person as team": ("context/team", MEMBER, "missing", "context.team.objectType"),
    "a team of nobody": ("context/team", {"objectType": "Group", "member": []}, "bad-group"),
    "a bad member": (
        "context/team",
        {"objectType": "Group", "member": [{}]},
        "one-identifier",
        "context.team.member.0",
    ),
    "a reference to nothing": (
        "context/statement",
        {"objectType": "StatementRef"},
        "missing",
        "context.statement.id",
    ),
    "a day without time": ("timestamp", "2026-11-22", "not-a-timestamp"),
    "a time without zone": ("timestamp", "2026-11-22T10:00:00", "not-a-timestamp"),
    "a negative zero offset": ("timestamp", "2026-11-22T10:00:00-00:00", "not-a-timestamp"),
    "the 30th of February": ("timestamp", "2026-02-30T10:00:00Z", "not-a-timestamp"),
    "an hour too many": ("timestamp", "2026-11-22T25:00:00Z", "not-a-timestamp"),
    "a number of seconds": ("timestamp", 1763805600, "not-a-timestamp"),
    "a later version": ("version", "3.0.0", "unknown-version"),
    "a bad authority": ("authority", {}, "one-identifier"),
    "an attachment without a list": ("attachments", {}, "not-a-list"),
}


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG.keys())
def test_the_standard_refuses(case: tuple[Any, ...], version: str) -> None:
    path, value, code, *where = case
    with pytest.raises(Invalid) as caught:
        check(changed((path, value)), version, require_id=True)
    assert caught.value.code == code
    assert caught.value.path == (where[0] if where else path.replace("/", ".")).split(".")


@pytest.mark.parametrize("value", [None, [], "statement", 1, True])
def test_a_statement_is_an_object(value: object, version: str) -> None:
    with pytest.raises(Invalid, match="This must be an object"):
        check(value, version)


def test_the_sentence_names_the_choices() -> None:
    kinds = "Activity, Agent, Group, StatementRef, SubStatement"
    with pytest.raises(Invalid, match=rf"This must be one of: {kinds}\."):
        check(changed(("object/objectType", "Person")))
