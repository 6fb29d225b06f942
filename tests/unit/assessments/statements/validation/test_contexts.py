"""Contexts (2.4.6; 2.0: 4.2.2)."""

from typing import Any

import pytest

from assessments.statements.validation import check
from tests.unit.assessments.statements.validation.examples import (
    GROUP,
    MEMBER,
    REFERENCE,
    SUB_STATEMENT,
    about,
    changed,
    refused,
)

KINDS = ["parent", "grouping", "category", "other"]
TYPES = ["https://a.example/types/witness"]
AGENT = {"objectType": "contextAgent", "agent": MEMBER, "relevantTypes": TYPES}
TEAM = {"objectType": "contextGroup", "group": GROUP, "relevantTypes": TYPES}


@pytest.mark.parametrize("kind", KINDS)
def test_other_activities_come_alone_or_in_a_list(kind: str, version: str) -> None:
    """2.4.6.2."""
    path = f"context/contextActivities/{kind}"
    one = {"objectType": "Activity", "id": "urn:x:1", "definition": {"name": {}}}
    for value in (one, [], [one], [one, one]):
        check(changed((path, value)), version)
    where = path.replace("/", ".")
    refused(changed((path, {})), "missing", f"{where}.id", version)
    refused(changed((path, [REFERENCE])), "not-one-of", f"{where}.0.objectType", version)
    refused(changed((path, ["urn:x:1"])), "not-an-object", f"{where}.0", version)
    refused(changed((path.title(), one)), "unknown-key", "Context", version)


def test_a_statement_in_the_context_is_a_reference(version: str) -> None:
    check(changed(("context/statement", REFERENCE)), version)
    whole = changed(("context/statement", {"id": REFERENCE["id"]}))
    refused(whole, "missing", "context.statement.objectType", version)
    sub = changed(("context/statement", SUB_STATEMENT))
    refused(sub, "missing", "context.statement.id", version)


RIGHT = {
    "an agent": ("contextAgents", [AGENT]),
    "two of the same": ("contextAgents", [AGENT, AGENT]),
    "nobody": ("contextAgents", []),
    "an agent of no type": ("contextAgents", [{"objectType": "contextAgent", "agent": MEMBER}]),
    "a group": ("contextGroups", [TEAM]),
    "a group of no type": ("contextGroups", [{"objectType": "contextGroup", "group": GROUP}]),
    "a nameless group": (
        "contextGroups",
        [{**TEAM, "group": {"objectType": "Group", "member": [MEMBER]}}],
    ),
}


@pytest.mark.parametrize(("name", "value"), RIGHT.values(), ids=RIGHT.keys())
def test_2_0_has_agents_and_groups_in_the_context_and_1_0_3_has_not(
    name: str, value: object
) -> None:
    made = changed((f"context/{name}", value))
    check(made, "2.0.0")
    refused(made, "unknown-key", f"context.{name}", "1.0.3")
    inner = about({**SUB_STATEMENT, "context": {name: value}})
    check(inner, "2.0.0")
    refused(inner, "unknown-key", f"object.context.{name}", "1.0.3")


WRONG: dict[str, tuple[str, Any, str, str]] = {
    "no list": ("contextAgents", AGENT, "not-a-list", ""),
    "no type": ("contextAgents", [{"agent": MEMBER}], "missing", "0.objectType"),
    "another type": ("contextAgents", [{**AGENT, "objectType": "Agent"}], "not-one-of", "0.objectType"),
    "no agent": ("contextAgents", [{"objectType": "contextAgent"}], "missing", "0.agent"),
    "a bad agent": ("contextAgents", [{**AGENT, "agent": {}}], "one-identifier", "0.agent"),
    "a group as agent": ("contextAgents", [{**AGENT, "agent": GROUP}], "not-one-of", "0.agent.objectType"),
    "an agent with a group": ("contextAgents", [{**AGENT, "group": GROUP}], "unknown-key", "0.group"),
    "no types": ("contextAgents", [{**AGENT, "relevantTypes": []}], "empty", "0.relevantTypes"),
    "a type without scheme": (
        "contextAgents", [{**AGENT, "relevantTypes": ["witness"]}], "not-an-iri", "0.relevantTypes.0",
    ),
    "one type without a list": (
        "contextAgents", [{**AGENT, "relevantTypes": TYPES[0]}], "not-a-list", "0.relevantTypes",
    ),
    "an agent as group": ("contextGroups", [{**TEAM, "group": MEMBER}], "missing", "0.group.objectType"),
    "no group": ("contextGroups", [{"objectType": "contextGroup"}], "missing", "0.group"),
    "the type of an agent": ("contextGroups", [{**TEAM, "objectType": "contextAgent"}], "not-one-of", "0.objectType"),
    "no types of a group": ("contextGroups", [{**TEAM, "relevantTypes": []}], "empty", "0.relevantTypes"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG.keys())
def test_agents_and_groups_in_the_context_keep_their_rules(case: tuple[str, Any, str, str]) -> None:
    name, value, code, path = case
    where = f"context.{name}.{path}".rstrip(".")
    refused(changed((f"context/{name}", value)), code, where, "2.0.0")
