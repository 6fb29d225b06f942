"""Each kind of item: its document, and what its author is told."""

import copy
import json
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from assessments.bank.documents import document
from assessments.models import Item
from tests.integration.assessments.bank import items

pytestmark = pytest.mark.django_db


def made(kind: str, value: Any = None) -> dict[str, Any]:
    item = Item(text="Why?", body=items.body(kind, value), explanation="So.", source="A/1")
    return document(item, 3)


def told(kind: str, value: dict[str, Any]) -> str:
    """The messages of a body that is cleaned as in the author's form."""
    item = Item(body=items.body(kind, value))
    with pytest.raises(ValidationError) as caught:
        item.body.stream_block.clean(item.body)
    return json.dumps(caught.value.as_json_data(), default=str)  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", items.BODIES)
def test_a_right_body_of_each_kind_passes(kind: str) -> None:
    item = Item(body=items.body(kind))
    item.body.stream_block.clean(item.body)


@pytest.mark.parametrize("kind", items.BODIES)
def test_the_document_has_what_every_item_has(kind: str) -> None:
    found = made(kind)
    common = {
        *("id", "version", "kind", "text", "objective", "difficulty", "confidence", "shuffle"),
        *("key", "explanation", "source"),
    }
    assert common <= set(found)
    assert (found["kind"], found["version"]) == (kind, 3)


def test_choices_say_nothing_of_what_is_right_and_the_key_says_all() -> None:
    found = made("multiple", items.single(scoring="penalty"))
    assert all(set(choice) == {"id", "text"} for choice in found["choices"])
    first = found["choices"][0]["id"]
    assert found["key"]["right"] == [first]
    assert found["key"]["feedback"][first] == "Feedback 0"
    assert found["key"]["scoring"] == "penalty"


def test_steps_stand_in_the_order_of_their_ids() -> None:
    value = items.order()
    found = made("order", value)
    assert found["steps"] == sorted(found["steps"], key=lambda step: step["id"])
    assert found["key"]["order"] == [step["id"] for step in value["steps"]]
    assert found["shuffle"]


def test_a_pair_has_two_ids_and_both_sides_stand_in_the_order_of_ids() -> None:
    found = made("match")
    texts = {each["id"]: each["text"] for each in found["left"] + found["right"]}
    pairs = {texts[left]: texts[right] for left, right in found["key"]["pairs"].items()}
    assert pairs == {"L0": "R0", "L1": "R1", "L2": "R2"}
    assert len(found["right"]) == 4
    assert found["right"] == sorted(found["right"], key=lambda each: each["id"])


def test_a_pair_without_an_id_for_its_right_side_gets_one_when_it_is_cleaned() -> None:
    value = items.match()
    for pair in value["pairs"]:
        pair["value"]["right_id"] = ""
    item = Item(body=items.body("match", value))
    cleaned = item.body.stream_block.clean(item.body)
    ids = {pair["right_id"] for pair in cleaned[0].value["pairs"]}
    assert len(ids) == 3
    assert "" not in ids


def test_cards_know_their_group_only_in_the_key() -> None:
    found = made("groups")
    names = {group["id"]: group["text"] for group in found["groups"]}
    cards = {card["id"]: card["text"] for card in found["cards"]}
    placed = {cards[card]: names[group] for card, group in found["key"]["groups"].items()}
    assert placed == {"A boat": "Smuggling", "A lorry": "Smuggling", "A mine": "Trafficking"}
    assert list(names.values()) == ["Smuggling", "Trafficking", "Neither"]


def test_a_text_with_gaps_comes_apart_in_reading_order() -> None:
    value = items.gaps()
    b, a = (gap["id"] for gap in value["gaps"])
    found = made("gaps", value)
    assert found["parts"] == [
        {"text": "Article "},
        {"gap": a},
        {"text": " of the "},
        {"gap": b},
        {"text": "."},
    ]
    assert found["key"]["accepted"] == {a: ["3"], b: ["Protocol", "protocol of 2000"]}


def test_a_unit_with_factor_0_is_shown_and_is_wrong() -> None:
    found = made("number")
    assert [unit["text"] for unit in found["units"]] == ["km", "m", "kg"]
    assert sorted(found["key"]["factors"].values()) == ["1", "1000"]


def test_a_drawing_is_inline_and_areas_have_whole_numbers() -> None:
    found = made("spot")
    assert found["picture"]["svg"].startswith("<svg")
    assert set(found["areas"][0]) == {"id", "text", "x", "y", "width", "height"}
    assert found["key"]["right"] == [found["areas"][0]["id"]]


def test_a_long_answer_keeps_its_rubric_in_the_key() -> None:
    found = made("long")
    assert found["words"] == 100
    assert [level["points"] for level in found["key"]["rubric"][0]["levels"]] == [0, 2]


def test_spellings_are_one_a_line() -> None:
    assert made("short")["key"]["accepted"] == ["Protocol", "the protocol"]


def change(kind: str, **fields: Any) -> dict[str, Any]:
    return copy.deepcopy(items.BODIES[kind]()) | fields


TWICE = [items.entry("Same"), items.entry("Same")]
AREA = {
    "text": "A",
    "correct": True,
    "feedback": "Yes.",
    "x": 950,
    "y": 0,
    "width": 100,
    "height": 9,
}
LEVELS = [items.entry({"text": text, "points": 0}) for text in ("Low", "High")]


@pytest.mark.parametrize(
    ("kind", "fields", "sentence"),
    [
        ("single", {"choices": items.choices(True, True)}, "Mark exactly one choice as right."),
        ("multiple", {"choices": items.choices(True, True)}, "leave at least one wrong"),
        ("truefalse", {"choices": items.choices(True, False, False)}, "exactly two choices"),
        ("order", {"steps": TWICE}, "Two steps have the same text"),
        ("match", {"extra": [items.entry("R0")]}, "Two texts on the right are the same"),
        (
            "groups",
            {"groups": [items.entry({"text": t, "cards": []}) for t in "AB"]},
            "at least two cards",
        ),
        ("gaps", {"text_with_gaps": "Only {{a}}."}, "Each gap must stand in the text once"),
        ("number", {"value": "1,5"}, "Write a number with a point"),
        ("number", {"tolerance": "-1"}, "not below 0"),
        (
            "number",
            {"units": [items.entry({"text": "m", "factor": "0"})]},
            "at least one unit a factor above 0",
        ),
        ("spot", {"areas": [items.entry(AREA), items.entry(AREA)]}, "reaches beyond the picture"),
        ("short", {"accepted": " \n "}, "required"),
        ("short", {"accepted": "."}, "The right answer is not complete."),
        ("order", {"steps": [items.entry("Go"), items.entry("go.")]}, "Two texts read alike"),
        ("long", {"rubric": [items.entry({"text": "x", "levels": LEVELS})]}, "points above 0"),
    ],
)
def test_an_author_is_told_what_is_wrong(kind: str, fields: dict[str, Any], sentence: str) -> None:
    assert sentence in told(kind, change(kind, **fields))


def test_a_spot_needs_a_picture_and_not_two() -> None:
    assert "Choose a drawing or a picture" in told("spot", change("spot", drawing=None))


def test_an_item_has_exactly_one_body() -> None:
    block = Item._meta.get_field("body").stream_block
    two = json.loads(items.body("single")) + json.loads(items.body("short"))
    for raw in ([], two):
        item = Item(body=json.dumps(raw))
        with pytest.raises(ValidationError):
            block.clean(item.body)


def test_the_ids_are_those_of_the_blocks() -> None:
    uuid = uuid4()
    value = items.single()
    found = document(Item(uuid=uuid, body=items.body("single", value)), 1)
    assert found["id"] == str(uuid)
    assert [choice["id"] for choice in found["choices"]] == [
        each["id"] for each in value["choices"]
    ]
