"""What a statement is about (xAPI 1.0.3, part two, 2.4.4)."""

from collections.abc import Mapping
from typing import Any

from assessments.statements.validation.activities import activity
from assessments.statements.validation.actors import agent, group
from assessments.statements.validation.references import reference
from assessments.statements.validation.values import Rule, fields, one_of

OBJECTS = {"Activity": activity, "Agent": agent, "Group": group, "StatementRef": reference}


def any_of(objects: Mapping[str, Rule]) -> Rule:
    """One of these, told apart by objectType; without it, it is an activity."""
    kinds = {"objectType": one_of(objects)}

    def rule(value: Any) -> None:
        kind = value.get("objectType", "Activity") if type(value) is dict else "Activity"
        if type(kind) is str and kind in objects:
            objects[kind](value)
        else:
            fields({"objectType": kind}, kinds)

    return rule
