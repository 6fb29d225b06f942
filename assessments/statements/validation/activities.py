"""Activities and what they are (xAPI 1.0.3, part two, 2.4.4.1; 2.0, 4.2.2)."""

from typing import Any

from assessments.statements.validation.errors import Invalid, gettext_noop
from assessments.statements.validation.formats import iri
from assessments.statements.validation.values import (
    each,
    extensions,
    fields,
    language_map,
    one_of,
    string,
)

# The lists of components that each type of interaction may have.
COMPONENTS = {
    "choice": {"choices"},
    "sequencing": {"choices"},
    "likert": {"scale"},
    "matching": {"source", "target"},
    "performance": {"steps"},
    "true-false": set(),
    "fill-in": set(),
    "long-fill-in": set(),
    "numeric": set(),
    "other": set(),
}
LISTS = {"choices", "scale", "source", "target", "steps"}
COMPONENT = {"id": string, "description": language_map}


def component(value: Any) -> None:
    fields(value, COMPONENT, required=("id",))


every_component = each(component)


def components(value: Any) -> None:
    """A list of components with different ids."""
    every_component(value)
    ids = [member["id"] for member in value]
    if len(set(ids)) != len(ids):
        raise Invalid("repeated-id", gettext_noop("Two components have the same id."))


DEFINITION = {
    "name": language_map,
    "description": language_map,
    "type": iri,
    "moreInfo": iri,
    "extensions": extensions,
    "interactionType": one_of(COMPONENTS),
    "correctResponsesPattern": each(string),
    **dict.fromkeys(LISTS, components),
}


def definition(value: Any) -> None:
    """The form of an answer's pattern is not checked: a record is no place to mark it wrong."""
    fields(value, DEFINITION)
    allowed = COMPONENTS.get(value.get("interactionType"), set())
    for name in LISTS.intersection(value):
        if name not in allowed:
            raise Invalid(
                "wrong-interaction",
                gettext_noop("This does not belong to its type of interaction."),
            ).within(name)
    if "correctResponsesPattern" in value and "interactionType" not in value:
        raise Invalid("missing", gettext_noop("This is missing.")).within("interactionType")


ACTIVITY = {"objectType": one_of({"Activity"}), "id": iri, "definition": definition}


def activity(value: Any) -> None:
    fields(value, ACTIVITY, required=("id",))
