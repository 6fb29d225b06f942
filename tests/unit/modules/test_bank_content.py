"""The promises of the item banks that ship, read from their files alone."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import defusedxml.ElementTree
import pytest
import yaml
from django.conf import settings

CONTENT = Path(settings.BASE_DIR) / "modules" / "content"
MODULES = sorted(path.parent for path in CONTENT.glob("*/bank.yaml"))
KINDS = {
    *("single", "multiple", "truefalse", "order", "match", "groups"),
    *("gaps", "number", "spot", "short", "long"),
}
Item = dict[str, Any]
each_module = pytest.mark.parametrize("folder", MODULES, ids=lambda folder: folder.name)


def load(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def items(folder: Path) -> list[Item]:
    return load(folder / "bank.yaml")["items"]


def bank(folder: Path) -> dict[str, Item]:
    return {item["key"]: item for item in items(folder)}


def objectives(folder: Path) -> set[str]:
    return {each["key"] for each in load(folder / "module.yaml")["objectives"]}


def all_items(*kinds: str) -> list[Item]:
    found = [item for folder in MODULES for item in items(folder)]
    return [item for item in found if not kinds or item["kind"] in kinds]


def forms(folder: Path) -> dict[str, list[Item]]:
    known = bank(folder)
    named = load(folder / "pretest.yaml")["forms"]
    return {name: [known[key] for key in keys] for name, keys in named.items()}


def in_forms(folder: Path) -> set[str]:
    return {item["key"] for form in forms(folder).values() for item in form}


def sections(path: Path) -> list[dict[str, Any]]:
    return load(path).get("sections", []) if path.is_file() else []


def drawn(path: Path) -> list[str]:
    return [key for section in sections(path) for key in section["items"]]


def named(items: list[Item]) -> Any:
    return pytest.mark.parametrize("item", items, ids=lambda item: item["key"])


def test_there_are_at_least_60_items_and_34_in_each_bank() -> None:
    assert [folder.name for folder in MODULES] == ["introduction", "investigation"]
    assert len(all_items()) >= 60
    assert all(len(items(folder)) >= 34 for folder in MODULES)


def test_every_kind_and_every_scoring_is_used() -> None:
    assert {item["kind"] for item in all_items()} == KINDS
    assert {item["scoring"] for item in all_items("multiple")} == {"all", "partial", "penalty"}
    assert any(item.get("confidence") for item in all_items())


@each_module
def test_item_keys_are_unique(folder: Path) -> None:
    assert Counter(item["key"] for item in items(folder)).most_common(1)[0][1] == 1


@each_module
def test_items_are_spread_over_the_objectives_and_difficulties(folder: Path) -> None:
    counted = Counter(item["objective"] for item in items(folder))
    assert set(counted) == objectives(folder)
    assert min(counted.values()) * 2 >= max(counted.values())
    for objective in counted:
        levels = {item["difficulty"] for item in items(folder) if item["objective"] == objective}
        assert levels == {1, 2, 3}


@named(all_items())
def test_an_item_has_a_text_an_explanation_and_a_source_with_its_place(item: Item) -> None:
    assert item["text"].strip()
    assert item["explanation"].strip()
    assert re.search(r"\b(par\. \d+|art\. \d+|action [a-f])", item["source"])


@named(all_items("single", "truefalse", "multiple", "spot"))
def test_every_choice_says_why_it_is_right_or_wrong(item: Item) -> None:
    choices = item["areas" if item["kind"] == "spot" else "choices"]
    assert all(choice["feedback"].strip() for choice in choices)
    assert len({choice["key"] for choice in choices}) == len(choices)
    right = [choice for choice in choices if choice["correct"]]
    assert right if item["kind"] == "multiple" else len(right) == 1
    assert len(right) < len(choices)


@named(all_items("single"))
def test_the_right_choice_does_not_stand_out_by_its_length(item: Item) -> None:
    right = [len(choice["text"]) for choice in item["choices"] if choice["correct"]]
    wrong = [len(choice["text"]) for choice in item["choices"] if not choice["correct"]]
    assert right[0] <= max(wrong) * 1.35
    assert right[0] * 1.35 >= min(wrong)


@each_module
def test_the_longest_choice_is_seldom_the_right_one(folder: Path) -> None:
    singles = [item for item in items(folder) if item["kind"] == "single"]
    assert sum(right_is_longest(item) for item in singles) <= len(singles) * 0.4


def right_is_longest(item: Item) -> bool:
    by_length = sorted(item["choices"], key=lambda choice: len(choice["text"]))
    return by_length[-1]["correct"]


@named(all_items())
def test_keys_are_text_and_not_what_yaml_makes_of_a_word(item: Item) -> None:
    assert all(isinstance(key, str) for key in keys(item))


def keys(value: Any) -> Iterator[Any]:
    """Every `key` at any depth; YAML reads an unquoted off, no or yes as a truth value."""
    children = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict) and "key" in value:
        yield value["key"]
    for child in children if isinstance(value, dict | list) else ():
        yield from keys(child)


@named(all_items())
def test_no_item_says_all_or_none_of_the_above(item: Item) -> None:
    texts = [choice["text"].lower() for choice in item.get("choices", [])]
    assert not any("of the above" in text for text in texts)


@named(all_items("gaps"))
def test_the_gaps_of_the_text_are_those_of_the_list(item: Item) -> None:
    assert re.findall(r"{{(\w+)}}", item["text_with_gaps"]) == [gap["key"] for gap in item["gaps"]]
    assert all(gap["accepted"] for gap in item["gaps"])
    assert all(isinstance(text, str) for gap in item["gaps"] for text in gap["accepted"])


@named(all_items("spot"))
def test_the_areas_lie_on_the_picture_and_apart_from_each_other(item: Item) -> None:
    for index, area in enumerate(item["areas"]):
        assert 0 <= area["x"] < area["x"] + area["width"] <= 1000
        assert 0 <= area["y"] < area["y"] + area["height"] <= 1000
        assert not any(overlap(area, other) for other in item["areas"][index + 1 :])


def overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    def apart(place: str, size: str) -> bool:
        return one[place] + one[size] <= other[place] or other[place] + other[size] <= one[place]

    return not (apart("x", "width") or apart("y", "height"))


@named(all_items("spot"))
def test_the_description_says_every_word_of_the_drawing(item: Item) -> None:
    drawing = defusedxml.ElementTree.parse(Path(settings.ILLUSTRATIONS_DIR) / item["file"])
    texts = drawing.iter("{http://www.w3.org/2000/svg}text")
    words = " ".join(
        "".join(each.itertext()) for each in texts if "<" not in "".join(each.itertext())
    )
    said = set(re.findall(r"\w+", item["description"].lower()))
    assert set(re.findall(r"[^\W\d]{2,}", words.lower())) - said == set()


@named(all_items("long"))
def test_each_criterion_of_a_rubric_begins_at_no_points_and_rises(item: Item) -> None:
    for criterion in item["rubric"]:
        points = [level["points"] for level in criterion["levels"]]
        assert points[0] == 0
        assert points == sorted(set(points))


@each_module
def test_the_forms_hold_ten_items_each_and_share_none(folder: Path) -> None:
    held = forms(folder)
    assert [len(held["A"]), len(held["B"])] == [10, 10]
    assert len(in_forms(folder)) == 20


@each_module
def test_the_forms_are_alike_in_objectives_kinds_and_difficulties(folder: Path) -> None:
    def alike(item: Item) -> tuple[Any, ...]:
        traits = ("objective", "kind", "difficulty", "scoring", "confidence")
        return tuple(item.get(trait) for trait in traits)

    held = forms(folder)
    assert [alike(item) for item in held["A"]] == [alike(item) for item in held["B"]]
    assert {item["objective"] for item in held["A"]} == objectives(folder)


@each_module
def test_the_forms_need_no_person_to_mark_them(folder: Path) -> None:
    assert not any(item["kind"] == "long" for form in forms(folder).values() for item in form)


@each_module
def test_the_graded_test_draws_from_items_that_nobody_has_seen_before(folder: Path) -> None:
    graded = drawn(folder / "graded.yaml")
    seen = in_forms(folder) | set(drawn(folder / "test.yaml")) | practised(folder)
    assert set(graded) <= set(bank(folder))
    assert len(graded) == len(set(graded))
    assert not set(graded) & seen


@each_module
def test_the_graded_test_shows_no_picture_that_a_lesson_or_practice_has_explained(
    folder: Path,
) -> None:
    graded = set(drawn(folder / "graded.yaml"))
    own = {item["file"] for item in items(folder) if "file" in item and item["key"] in graded}
    blocks = [block for path in folder.glob("lessons/*.yaml") for block in load(path)["body"]]
    others = [item for item in items(folder) if item["key"] not in graded]
    assert not own & {each["file"] for each in [*blocks, *others] if "file" in each}


def practised(folder: Path) -> set[str]:
    blocks = [block for path in folder.glob("lessons/*.yaml") for block in load(path)["body"]]
    return {block["item"] for block in blocks if block["type"] == "practice"}


@each_module
def test_a_draw_of_the_graded_test_asks_12_to_15_and_covers_every_objective(folder: Path) -> None:
    known = bank(folder)
    path = folder / "graded.yaml"
    assert 12 <= sum(section["pick"] for section in sections(path)) <= 15
    for section in sections(path):
        assert len({known[key]["objective"] for key in section["items"]}) == 1
    assert {known[key]["objective"] for key in drawn(path)} == objectives(folder)


@each_module
def test_every_draw_is_as_hard_as_the_next(folder: Path) -> None:
    known = bank(folder)
    for section in sections(folder / "graded.yaml"):
        traits = {(known[key]["kind"], known[key]["difficulty"]) for key in section["items"]}
        assert len(traits) == 1, section["key"]


@each_module
@pytest.mark.parametrize("name", ["graded.yaml", "test.yaml"])
def test_a_pool_is_larger_than_what_is_drawn_from_it(folder: Path, name: str) -> None:
    assert all(len(each["items"]) > each["pick"] for each in sections(folder / name))


@each_module
def test_the_graded_test_has_its_terms(folder: Path) -> None:
    graded = load(folder / "graded.yaml")
    terms = [graded[name] for name in ("pass_mark", "attempts", "limit", "one_by_one")]
    assert terms == [80, 3, 30, folder.name == "investigation"]


def test_the_practice_test_of_module_2_draws_ten_on_every_objective() -> None:
    folder = CONTENT / "investigation"
    known = bank(folder)
    path = folder / "test.yaml"
    assert sum(section["pick"] for section in sections(path)) == 10
    assert {known[key]["objective"] for key in drawn(path)} == objectives(folder)
    assert not set(drawn(path)) & in_forms(folder)


def test_only_the_graded_test_of_module_2_waits_for_a_person() -> None:
    asked = {folder.name: drawn(folder / "graded.yaml") for folder in MODULES}
    long = {item["key"] for item in all_items("long")}
    assert not long & set(asked["introduction"])
    waiting = [
        section
        for section in sections(CONTENT / "investigation" / "graded.yaml")
        if long & set(section["items"])
    ]
    assert [section["pick"] for section in waiting] == [1]
