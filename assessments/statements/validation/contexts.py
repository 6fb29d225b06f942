"""Contexts (xAPI 1.0.3, part two, 2.4.6)."""

from typing import Any

from assessments.statements.validation.activities import activity
from assessments.statements.validation.actors import agent_or_group, group
from assessments.statements.validation.values import (
    each,
    extensions,
    fields,
    language,
    one_of,
    string,
    uuid,
)

activities = each(activity)


def one_or_more(value: Any) -> None:
    """A list, or one activity alone as 1.0.0 wrote it (2.4.6.2)."""
    if type(value) is dict:
        activity(value)
    else:
        activities(value)


CONTEXT_ACTIVITIES = dict.fromkeys(("parent", "grouping", "category", "other"), one_or_more)


def context_activities(value: Any) -> None:
    fields(value, CONTEXT_ACTIVITIES)


REFERENCE = {"objectType": one_of({"StatementRef"}), "id": uuid}


def reference(value: Any) -> None:
    fields(value, REFERENCE, required=("objectType", "id"))


CONTEXT = {
    "registration": uuid,
    "instructor": agent_or_group,
    "team": group,
    "contextActivities": context_activities,
    "revision": string,
    "platform": string,
    "language": language,
    "statement": reference,
    "extensions": extensions,
}


def context(value: Any) -> None:
    fields(value, CONTEXT)
