from typing import Any

import pytest

from assessments.rules.items import Problem, problems


def labels(*ids: str) -> list[dict[str, str]]:
    return [{"id": each, "text": f"Text {each}"} for each in ids]


def area(id_: str, x: int, width: int = 100) -> dict[str, Any]:
    return {"id": id_, "text": f"Text {id_}", "x": x, "y": 0, "width": width, "height": 100}


def level(id_: str, points: int) -> dict[str, Any]:
    return {"id": id_, "text": f"Level {id_}", "points": points}


def feedback(*ids: str) -> dict[str, str]:
    return dict.fromkeys(ids, "Because.")


CHOICES = {"choices": labels("a", "b")}
AREAS = {"areas": [area("p", 0), area("q", 200)]}
UNITS = {"units": labels("g", "kg")}
BODIES: dict[str, dict[str, Any]] = {
    "single": {**CHOICES, "key": {"right": ["a"], "feedback": feedback("a", "b")}},
    "truefalse": {**CHOICES, "key": {"right": ["b"], "feedback": feedback("a", "b")}},
    "multiple": {
        "choices": labels("a", "b", "c"),
        "key": {"right": ["a", "b"], "feedback": feedback("a", "b", "c"), "scoring": "penalty"},
    },
    "order": {"steps": labels("a", "b"), "key": {"order": ["b", "a"], "scoring": "partial"}},
    "match": {
        "left": labels("l", "m"),
        "right": labels("r", "s", "t"),
        "key": {"pairs": {"l": "s", "m": "r"}, "scoring": "all"},
    },
    "groups": {
        "groups": labels("g", "h"),
        "cards": labels("c", "d"),
        "key": {"groups": {"c": "g", "d": "g"}, "scoring": "all"},
    },
    "gaps": {
        "parts": [{"text": "A "}, {"gap": "x"}],
        "key": {"accepted": {"x": ["border"]}, "scoring": "all"},
    },
    "number": {
        **UNITS,
        "key": {"value": "-1.5", "tolerance": "0", "factors": {"g": "1", "kg": "1000"}},
    },
    "spot": {
        **AREAS,
        "picture": {"svg": "<svg/>"},
        "description": "A page.",
        "key": {"right": ["p"], "feedback": feedback("p", "q")},
    },
    "short": {"key": {"accepted": ["border"]}},
    "long": {
        "words": 150,
        "key": {"rubric": [{"id": "c", "text": "Facts", "levels": [level("0", 0), level("2", 2)]}]},
    },
}


def item(kind: str, **changes: Any) -> dict[str, Any]:
    """A good item of the kind with other fields; `key` changes the key's."""
    body = {"kind": kind, "text": "What?", "explanation": "This.", **BODIES[kind]}
    key = {**body["key"], **changes.pop("key", {})}
    return {**body, **changes, "key": key}


@pytest.mark.parametrize("kind", BODIES)
def test_a_good_item_has_no_problem(kind: str) -> None:
    assert problems(item(kind)) == []


@pytest.mark.parametrize("kind", BODIES)
def test_every_item_needs_its_text_and_explanation(kind: str) -> None:
    assert problems(item(kind, text=" ", explanation="")) == [
        Problem.TEXT_MISSING,
        Problem.EXPLANATION_MISSING,
    ]


@pytest.mark.parametrize("kind", ["order", "match", "groups", "gaps"])
def test_only_multiple_choices_have_penalties(kind: str) -> None:
    assert problems(item(kind, key={"scoring": "penalty"})) == [Problem.SCORING_UNKNOWN]


def test_a_kind_must_be_known() -> None:
    assert problems({"kind": "hotspot", "key": {}}) == [Problem.UNKNOWN_KIND]


LONG_LEVELS = {
    "one level": [level("0", 1)],
    "two alike": [level("0", 2), level("1", 2)],
    "below nothing": [level("0", -1), level("1", 2)],
    "without a text": [{**level("0", 0), "text": ""}, level("1", 2)],
}


@pytest.mark.parametrize(
    ("found", "problem"),
    [
        (item("single", key={"right": ["a", "b"]}), Problem.ONE_RIGHT),
        (item("single", key={"right": []}), Problem.ONE_RIGHT),
        (item("single", key={"right": ["z"]}), Problem.ONE_RIGHT),
        (item("single", choices=labels("a")), Problem.TOO_FEW),
        (
            item("single", choices=[{"id": "a", "text": "x"}, {"id": "b", "text": "X."}]),
            Problem.LABELS_ALIKE,
        ),
        (
            item("single", choices=[{"id": "a", "text": ""}, {"id": "b", "text": "x"}]),
            Problem.LABEL_MISSING,
        ),
        (item("single", key={"feedback": feedback("a")}), Problem.FEEDBACK_MISSING),
        (
            item("truefalse", choices=labels("a", "b", "c"), key={"feedback": feedback(*"abc")}),
            Problem.TOO_FEW,
        ),
        (item("multiple", key={"right": ["a", "b", "c"]}), Problem.SOME_RIGHT_SOME_WRONG),
        (item("multiple", key={"right": []}), Problem.SOME_RIGHT_SOME_WRONG),
        (item("multiple", key={"right": ["z"]}), Problem.SOME_RIGHT_SOME_WRONG),
        (item("order", key={"order": ["b"]}), Problem.KEY_INCOMPLETE),
        (item("order", key={"order": ["b", "b", "a"]}), Problem.KEY_INCOMPLETE),
        (item("match", key={"pairs": {"l": "s"}}), Problem.KEY_INCOMPLETE),
        (item("match", key={"pairs": {"l": "s", "m": "s"}}), Problem.KEY_INCOMPLETE),
        (item("match", key={"pairs": {"l": "s", "m": "z"}}), Problem.KEY_INCOMPLETE),
        (item("groups", key={"groups": {"c": "g"}}), Problem.KEY_INCOMPLETE),
        (item("groups", key={"groups": {"c": "g", "d": "z"}}), Problem.KEY_INCOMPLETE),
        (item("gaps", key={"accepted": {"x": []}}), Problem.KEY_INCOMPLETE),
        (item("gaps", key={"accepted": {"x": ["."]}}), Problem.KEY_INCOMPLETE),
        (item("gaps", key={"accepted": {}}), Problem.KEY_INCOMPLETE),
        (item("gaps", parts=[{"gap": "x"}]), Problem.TOO_FEW),
        (item("gaps", parts=[{"text": "A"}], key={"accepted": {}}), Problem.TOO_FEW),
        (item("short", key={"accepted": []}), Problem.KEY_INCOMPLETE),
        (item("short", key={"accepted": ["border", " "]}), Problem.KEY_INCOMPLETE),
        (item("number", key={"value": "1,5"}), Problem.NOT_A_NUMBER),
        (item("number", key={"tolerance": "-1"}), Problem.NOT_A_NUMBER),
        (item("number", key={"factors": {"g": "1", "kg": "1e3"}}), Problem.NOT_A_NUMBER),
        (item("number", key={"factors": {}}), Problem.UNIT_MISSING),
        (item("number", key={"factors": {"g": "0"}}), Problem.UNIT_MISSING),
        (item("number", key={"factors": {"g": "1", "z": "1"}}), Problem.UNIT_MISSING),
        (item("spot", picture={}), Problem.PICTURE_MISSING),
        (item("spot", description=""), Problem.DESCRIPTION_MISSING),
        (item("spot", areas=[area("p", 0), area("q", 950)]), Problem.AREA_OUTSIDE),
        (item("spot", areas=[area("p", 0), area("q", 200, 0)]), Problem.AREA_OUTSIDE),
        (item("spot", areas=[area("p", 0), area("q", 99)]), Problem.AREAS_OVERLAP),
        (item("spot", key={"right": ["p", "q"]}), Problem.SOME_RIGHT_SOME_WRONG),
        (item("long", words=0), Problem.WORDS_MISSING),
        (item("long", key={"rubric": []}), Problem.RUBRIC_INCOMPLETE),
        *(
            (
                item("long", key={"rubric": [{"id": "c", "text": "Facts", "levels": levels}]}),
                Problem.RUBRIC_INCOMPLETE,
            )
            for levels in LONG_LEVELS.values()
        ),
    ],
)
def test_what_must_be_mended_is_named(found: dict[str, Any], problem: Problem) -> None:
    assert problems(found) == [problem]


def test_areas_that_touch_do_not_overlap() -> None:
    assert problems(item("spot", areas=[area("p", 0), area("q", 100)])) == []


def test_a_number_needs_no_unit_and_no_tolerance() -> None:
    found = {**item("number", units=[]), "key": {"value": "7"}}
    assert problems(found) == []


def test_a_unit_that_the_key_does_not_name_is_a_wrong_one_to_choose() -> None:
    found = {**item("number"), "key": {"value": "7", "factors": {"g": "1"}}}
    assert problems(found) == []
