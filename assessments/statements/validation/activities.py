"""Verbs, activities and what they are (xAPI 1.0.3, part two, 2.4.3 and 2.4.4.1)."""

from typing import Any

from assessments.statements.validation.errors import Invalid, gettext_noop
from assessments.statements.validation.values import (
    each,
    extensions,
    fields,
    iri,
    language_map,
    one_of,
    string,
)

VOIDED = "http://adlnet.gov/expapi/verbs/voided"
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


def verb(value: Any) -> None:
    fields(value, {"id": iri, "display": language_map}, required=("id",))
    if value["id"] == VOIDED:
        raise Invalid("no-voiding", gettext_noop("A tablet cannot void statements."))


def component(value: Any) -> None:
    fields(value, {"id": string, "description": language_map}, required=("id",))


def components(value: Any) -> None:
    """A list of components with different ids."""
    each(component)(value)
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
