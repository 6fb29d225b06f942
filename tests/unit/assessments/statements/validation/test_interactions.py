"""Interaction activities and their lists of components (2.4.4.1; 2.0: 4.2.2)."""

import itertools

import pytest

from assessments.statements.validation import activity, check
from tests.unit.assessments.statements.validation.examples import changed, refused

LISTS = {
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
EVERY = sorted(set().union(*LISTS.values()))
DEFINITION = "object.definition"


@pytest.mark.parametrize(("kind", "name"), [*itertools.product(LISTS, EVERY)])
def test_each_type_has_its_own_lists(kind: str, name: str, version: str) -> None:
    asked = {"interactionType": kind, name: [{"id": "a"}, {"id": "b", "description": {"en": ""}}]}
    if name in LISTS[kind]:
        check(changed(("object/definition", asked)), version)
    else:
        refused(
            changed(("object/definition", asked)),
            "wrong-interaction",
            f"{DEFINITION}.{name}",
            version,
        )


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("pattern", [[], [""], ["a[,]b", "{case_matters=false}x[.]1"]])
def test_any_texts_are_a_pattern_of_correct_answers(
    kind: str, pattern: list[str], version: str
) -> None:
    asked = {"interactionType": kind, "correctResponsesPattern": pattern}
    check(changed(("object/definition", asked)), version)


@pytest.mark.parametrize("kind", ["True-false", "choices", "", None, 1, ["choice"]], ids=str)
def test_the_type_is_one_of_ten(kind: object, version: str) -> None:
    refused(
        changed(("object/definition/interactionType", kind)),
        "not-one-of",
        f"{DEFINITION}.interactionType",
        version,
    )


WRONG = {
    "no list": ({"choices": {"id": "a"}}, "not-a-list", "choices"),
    "a component that is text": ({"choices": ["a"]}, "not-an-object", "choices.0"),
    "a component without id": ({"choices": [{}]}, "missing", "choices.0.id"),
    "a number as id": ({"choices": [{"id": 1}]}, "not-a-string", "choices.0.id"),
    "the same id twice": ({"choices": [{"id": "a"}, {"id": "a"}]}, "repeated-id", "choices"),
    "an unknown key": ({"choices": [{"id": "a", "x": 1}]}, "unknown-key", "choices.0.x"),
    "a description that is text": (
        {"choices": [{"id": "a", "description": "A"}]},
        "not-an-object",
        "choices.0.description",
    ),
    "a pattern that is text": (
        {"correctResponsesPattern": "a"},
        "not-a-list",
        "correctResponsesPattern",
    ),
    "a pattern of numbers": (
        {"correctResponsesPattern": [1]},
        "not-a-string",
        "correctResponsesPattern.0",
    ),
}


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG.keys())
def test_components_have_different_ids_and_maybe_descriptions(
    case: tuple[dict[str, object], str, str], version: str
) -> None:
    asked, code, path = case
    made = changed(("object/definition", {"interactionType": "choice", **asked}))
    refused(made, code, f"{DEFINITION}.{path}", version)


@pytest.mark.parametrize("name", EVERY)
def test_without_a_type_there_are_no_lists(name: str, version: str) -> None:
    refused(
        changed((f"object/definition/{name}", [])),
        "wrong-interaction",
        f"{DEFINITION}.{name}",
        version,
    )


def test_the_rule_serves_parameters_and_profiles_too() -> None:
    activity({"id": "urn:x:1"})
    activity({"objectType": "Activity", "id": "urn:x:1", "definition": {}})
