"""Contexts (xAPI 1.0.3, part two, 2.4.6; 2.0, 4.2.2)."""

from typing import Any

from assessments.statements.validation.activities import activity
from assessments.statements.validation.actors import agent, agent_or_group, group
from assessments.statements.validation.errors import Invalid, gettext_noop
from assessments.statements.validation.formats import iri, language, uuid
from assessments.statements.validation.references import reference
from assessments.statements.validation.values import each, extensions, fields, one_of, string

activities = each(activity)


def one_or_more(value: Any) -> None:
    """A list, or one activity alone as 0.95 wrote it (2.4.6.2)."""
    if type(value) is dict:
        activity(value)
    else:
        activities(value)


CONTEXT_ACTIVITIES = dict.fromkeys(("parent", "grouping", "category", "other"), one_or_more)


def context_activities(value: Any) -> None:
    fields(value, CONTEXT_ACTIVITIES)


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


iris = each(iri)


def relevant_types(value: Any) -> None:
    """Types of activity that say what the agent or group has to do with it; one or more."""
    iris(value)
    if not value:
        raise Invalid("empty", gettext_noop("This list must not be empty."))


CONTEXT_AGENT = {
    "objectType": one_of({"contextAgent"}),
    "agent": agent,
    "relevantTypes": relevant_types,
}
CONTEXT_GROUP = {
    "objectType": one_of({"contextGroup"}),
    "group": group,
    "relevantTypes": relevant_types,
}


def context_agent(value: Any) -> None:
    fields(value, CONTEXT_AGENT, required=("objectType", "agent"))


def context_group(value: Any) -> None:
    fields(value, CONTEXT_GROUP, required=("objectType", "group"))


CONTEXT_2 = {
    **CONTEXT,
    "contextAgents": each(context_agent),
    "contextGroups": each(context_group),
}


def context_2(value: Any) -> None:
    """What 2.0 knows besides: agents and groups that have to do with it."""
    fields(value, CONTEXT_2)
