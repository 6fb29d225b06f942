"""A whole statement (xAPI 1.0.3, part two, 2.4; 2.0, 4.2.2)."""

import re
from typing import Any

from assessments.statements.validation.actors import agent_or_group, authority
from assessments.statements.validation.attachments import attachments
from assessments.statements.validation.contexts import context, context_2
from assessments.statements.validation.errors import Invalid, gettext_noop
from assessments.statements.validation.formats import uuid
from assessments.statements.validation.objects import OBJECTS, any_of
from assessments.statements.validation.results import result
from assessments.statements.validation.times import timestamp, timestamp_2
from assessments.statements.validation.values import Rule, fields, one_of
from assessments.statements.validation.verbs import VOIDED, verb

VERSION = re.compile(r"1\.0(?:\.\d+)?", re.ASCII)
VERSION_2 = re.compile(r"[12]\.0(?:\.\d+)?", re.ASCII)


def version(value: Any) -> None:
    """1.0.x (2.4.10)."""
    if type(value) is not str or not VERSION.fullmatch(value):
        raise Invalid(
            "unknown-version", gettext_noop("This must be version 1.0.x of the standard.")
        )


def version_2(value: Any) -> None:
    """2.0.x, or 1.0.x for what was recorded before it (4.2.4.3)."""
    if type(value) is not str or not VERSION_2.fullmatch(value):
        raise Invalid(
            "unknown-version", gettext_noop("This must be version 1.0.x or 2.0.x of the standard.")
        )


def _consistent(value: dict[str, Any]) -> None:
    """What verb and context demand of the object (2.3.2 and 2.4.6)."""
    kind = value["object"].get("objectType", "Activity")
    if value["verb"]["id"] == VOIDED and kind != "StatementRef":
        raise Invalid(
            "bad-voiding",
            gettext_noop("What is voided must be a reference to a statement (StatementRef)."),
        ).within("object")
    if kind != "Activity" and "context" in value:
        for name in ("revision", "platform"):
            if name in value["context"]:
                raise (
                    Invalid("activity-only", gettext_noop("This may be said of an activity only."))
                    .within(name)
                    .within("context")
                )


REQUIRED = ("actor", "verb", "object")


def _sub_statement(parts: dict[str, Rule]) -> Rule:
    """A statement inside a statement: it has no record of its own and no other in it (2.4.4.3)."""
    rules = {"objectType": one_of({"SubStatement"}), "object": any_of(OBJECTS), **parts}

    def sub_statement(value: Any) -> None:
        fields(value, rules, REQUIRED)
        _consistent(value)

    return sub_statement


def _statement(*, context: Rule, timestamp: Rule, version: Rule) -> dict[str, Rule]:
    """The rules of a version; `stored` and `authority` are the server's own, and checked too."""
    parts = {
        "actor": agent_or_group,
        "verb": verb,
        "result": result,
        "context": context,
        "timestamp": timestamp,
        "attachments": attachments,
    }
    return {
        **parts,
        "id": uuid,
        "object": any_of({**OBJECTS, "SubStatement": _sub_statement(parts)}),
        "stored": timestamp,
        "authority": authority,
        "version": version,
    }


STATEMENTS = {
    "1.0.3": _statement(context=context, timestamp=timestamp, version=version),
    "2.0.0": _statement(context=context_2, timestamp=timestamp_2, version=version_2),
}
REQUIRED_WITH_ID = ("id", *REQUIRED)


def check(value: Any, version: str = "1.0.3", *, require_id: bool = False) -> None:
    """Raise Invalid for the first thing that is wrong.

    `version` is the one the request was made in, "1.0.3" or "2.0.0". The learner's app requires an
    id, though the standard would let the server make one: without it, a repeated batch would be
    stored twice.
    """
    fields(value, STATEMENTS[version], REQUIRED_WITH_ID if require_id else REQUIRED)
    _consistent(value)
