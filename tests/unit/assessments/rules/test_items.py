import json
from typing import Any

import pytest

from assessments.rules.items import BODY, without_key
from tests.unit.assessments.rules.vectors import VECTORS

SECRET = "nobody must read this"
ITEMS: dict[str, dict[str, Any]] = VECTORS["items"]
KNOWN = [name for name, item in ITEMS.items() if item["kind"] in BODY]


@pytest.mark.parametrize("name", KNOWN)
def test_a_delivered_item_tells_nothing_that_is_right(name: str) -> None:
    item = {**ITEMS[name], "explanation": SECRET, "source": SECRET, "note": SECRET}
    delivered = without_key(item)
    assert SECRET not in json.dumps(delivered)
    assert not {"key", "explanation", "source"} & set(delivered)


@pytest.mark.parametrize("name", KNOWN)
def test_a_delivered_item_keeps_all_that_is_shown(name: str) -> None:
    item = ITEMS[name]
    delivered = without_key(item)
    for field in BODY[item["kind"]]:
        if field in item and "correct" not in json.dumps(item[field]):
            assert delivered[field] == item[field]


def test_what_stands_beside_a_choice_or_an_area_stays_behind() -> None:
    choices = [{"id": "a", "text": "A", "correct": True, "feedback": SECRET, "hint": SECRET}]
    assert without_key({"kind": "single", "choices": choices})["choices"] == [
        {"id": "a", "text": "A"}
    ]
    areas = [{**ITEMS["spot"]["areas"][0], "correct": True, "feedback": SECRET}]
    assert without_key({**ITEMS["spot"], "areas": areas})["areas"] == ITEMS["spot"]["areas"][:1]


def test_the_factor_of_a_unit_and_the_rubric_stay_behind() -> None:
    units = [{"id": "kg", "text": "kg", "factor": "1000"}]
    assert without_key({**ITEMS["mass"], "units": units})["units"] == [{"id": "kg", "text": "kg"}]
    assert "rubric" not in json.dumps(without_key(ITEMS["long"]))


def test_a_delivered_item_says_how_it_is_asked() -> None:
    asked = {"id": "i", "version": 3, "text": "?", "objective": None, "difficulty": 1}
    item = {**ITEMS["short"], **asked, "confidence": True, "shuffle": False}
    assert without_key(item) == {
        **asked,
        "kind": "short",
        "confidence": True,
        "shuffle": False,
    }


def test_the_item_given_stays_as_it_was() -> None:
    before = json.dumps(ITEMS["match"])
    without_key(ITEMS["match"])
    assert json.dumps(ITEMS["match"]) == before
