"""A whole statement (xAPI 1.0.3, part two, 2.4)."""

import re
from typing import Any

from assessments.statements.validation.activities import activity, verb
from assessments.statements.validation.actors import agent
from assessments.statements.validation.contexts import context
from assessments.statements.validation.errors import Invalid, gettext_noop
from assessments.statements.validation.results import result
from assessments.statements.validation.values import fields, timestamp, uuid

VERSION = re.compile(r"1\.0(?:\.\d+)?")


def version(value: Any) -> None:
    if type(value) is not str or not VERSION.fullmatch(value):
        raise Invalid(
            "unknown-version", gettext_noop("This must be version 1.0.x of the standard.")
        )


# `stored` and `authority` are checked and then replaced by the server's own.
STATEMENT = {
    "id": uuid,
    "actor": agent,
    "verb": verb,
    "object": activity,
    "result": result,
    "context": context,
    "timestamp": timestamp,
    "stored": timestamp,
    "authority": agent,
    "version": version,
}
REQUIRED = ("id", "actor", "verb", "object")


def check(value: Any, version: str = "1.0.3", *, require_id: bool = False) -> None:
    """Raise Invalid for the first thing that is wrong.

    The id is required, though the standard would let the server make one: without it, a repeated
    batch would be stored twice.
    """
    fields(value, STATEMENT, REQUIRED if require_id else REQUIRED[1:])
