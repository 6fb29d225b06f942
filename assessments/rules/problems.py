"""What an author must mend before an item can be asked and marked."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import combinations
from typing import Any

from assessments.rules.numbers import exact
from assessments.rules.text import normal_text

Item = Mapping[str, Any]
# All that a picture is wide and high.
FULL = 1000
SCORINGS = {"multiple": ("all", "partial", "penalty")}


class Problem(StrEnum):
    UNKNOWN_KIND = "unknown-kind"
    TEXT_MISSING = "text-missing"
    EXPLANATION_MISSING = "explanation-missing"
    LABEL_MISSING = "label-missing"
    LABELS_ALIKE = "labels-alike"
    FEEDBACK_MISSING = "feedback-missing"
    TOO_FEW = "too-few"
    ONE_RIGHT = "one-right"
    SOME_RIGHT_SOME_WRONG = "some-right-some-wrong"
    KEY_INCOMPLETE = "key-incomplete"
    SCORING_UNKNOWN = "scoring-unknown"
    NOT_A_NUMBER = "not-a-number"
    UNIT_MISSING = "unit-missing"
    PICTURE_MISSING = "picture-missing"
    DESCRIPTION_MISSING = "description-missing"
    AREA_OUTSIDE = "area-outside"
    AREAS_OVERLAP = "areas-overlap"
    WORDS_MISSING = "words-missing"
    RUBRIC_INCOMPLETE = "rubric-incomplete"


def problems(item: Item) -> list[Problem]:
    """Of an item with its key, each once; empty when it can be used."""
    body = BODIES.get(item["kind"])
    if not body:
        return [Problem.UNKNOWN_KIND]
    return list(dict.fromkeys([*_common(item), *body(item)]))


def _common(item: Item) -> Iterator[Problem]:
    if _blank(item.get("text")):
        yield Problem.TEXT_MISSING
    if _blank(item.get("explanation")):
        yield Problem.EXPLANATION_MISSING
    allowed = SCORINGS.get(item["kind"], ("all", "partial"))
    if item["key"].get("scoring", "all") not in allowed:
        yield Problem.SCORING_UNKNOWN


def _choices(item: Item) -> Iterator[Problem]:
    yield from _labels(item["choices"], least=2)
    yield from _feedback(item, item["choices"])
    if item["kind"] == "truefalse" and len(item["choices"]) != 2:
        yield Problem.TOO_FEW
    if item["kind"] == "multiple":
        yield from _some_right(item, item["choices"])
    elif len(item["key"]["right"]) != 1 or not _known(item["key"]["right"], item["choices"]):
        yield Problem.ONE_RIGHT


def _steps(item: Item) -> Iterator[Problem]:
    yield from _labels(item["steps"], least=2)
    if sorted(item["key"]["order"]) != sorted(_ids(item["steps"])):
        yield Problem.KEY_INCOMPLETE


def _match(item: Item) -> Iterator[Problem]:
    pairs = item["key"]["pairs"]
    yield from _labels(item["left"], least=2)
    yield from _labels(item["right"], least=2)
    # Two on the left with the same one on the right would be for `groups`.
    if (
        set(pairs) != _ids(item["left"])
        or not _known(pairs.values(), item["right"])
        or len(set(pairs.values())) < len(pairs)
    ):
        yield Problem.KEY_INCOMPLETE


def _groups(item: Item) -> Iterator[Problem]:
    key = item["key"]["groups"]
    yield from _labels(item["groups"], least=2)
    yield from _labels(item["cards"], least=2)
    if set(key) != _ids(item["cards"]) or not _known(key.values(), item["groups"]):
        yield Problem.KEY_INCOMPLETE


def _gaps(item: Item) -> Iterator[Problem]:
    gaps = [part["gap"] for part in item["parts"] if "gap" in part]
    accepted = item["key"]["accepted"]
    if not gaps or all(_blank(part.get("text")) for part in item["parts"]):
        yield Problem.TOO_FEW
    if sorted(accepted) != sorted(gaps) or not all(map(_spelt, accepted.values())):
        yield Problem.KEY_INCOMPLETE


def _short(item: Item) -> Iterator[Problem]:
    if not _spelt(item["key"]["accepted"]):
        yield Problem.KEY_INCOMPLETE


def _number(item: Item) -> Iterator[Problem]:
    key, units = item["key"], item.get("units", [])
    yield from _labels(units, least=0)
    factors = [exact(factor) for factor in key.get("factors", {}).values()]
    tolerance = exact(key.get("tolerance", "0"))
    if exact(key.get("value")) is None or tolerance is None or tolerance < 0 or None in factors:
        yield Problem.NOT_A_NUMBER
    elif units and not any(factors):
        yield Problem.UNIT_MISSING
    if not _known(key.get("factors", {}), units):
        yield Problem.UNIT_MISSING


def _spot(item: Item) -> Iterator[Problem]:
    areas, picture = item["areas"], item.get("picture") or {}
    yield from _labels(areas, least=2)
    yield from _feedback(item, areas)
    yield from _some_right(item, areas)
    if not picture.get("svg") and not picture.get("file"):
        yield Problem.PICTURE_MISSING
    if _blank(item.get("description")):
        yield Problem.DESCRIPTION_MISSING
    if not all(map(_inside, areas)):
        yield Problem.AREA_OUTSIDE
    if any(_overlap(one, other) for one, other in combinations(areas, 2)):
        yield Problem.AREAS_OVERLAP


def _long(item: Item) -> Iterator[Problem]:
    rubric = item["key"].get("rubric", [])
    if item.get("words", 0) < 1:
        yield Problem.WORDS_MISSING
    if not rubric or not all(_markable(criterion) for criterion in rubric):
        yield Problem.RUBRIC_INCOMPLETE


BODIES: dict[str, Callable[[Item], Iterator[Problem]]] = {
    "single": _choices,
    "multiple": _choices,
    "truefalse": _choices,
    "order": _steps,
    "match": _match,
    "groups": _groups,
    "gaps": _gaps,
    "number": _number,
    "spot": _spot,
    "short": _short,
    "long": _long,
}


def _labels(entries: Sequence[Item], least: int) -> Iterator[Problem]:
    """Nobody can choose between two that read alike."""
    texts = [normal_text(entry.get("text", "")) for entry in entries]
    if len(entries) < least:
        yield Problem.TOO_FEW
    if "" in texts:
        yield Problem.LABEL_MISSING
    if len(set(texts)) < len(texts) or len(_ids(entries)) < len(entries):
        yield Problem.LABELS_ALIKE


def _feedback(item: Item, entries: Sequence[Item]) -> Iterator[Problem]:
    feedback = item["key"].get("feedback", {})
    if any(_blank(feedback.get(entry["id"])) for entry in entries):
        yield Problem.FEEDBACK_MISSING


def _some_right(item: Item, entries: Sequence[Item]) -> Iterator[Problem]:
    right = item["key"]["right"]
    if not _known(right, entries) or len(set(right)) in (0, len(entries)):
        yield Problem.SOME_RIGHT_SOME_WRONG


def _markable(criterion: Item) -> bool:
    """Levels that differ in points, none below 0, and named."""
    levels = criterion["levels"]
    points = {level["points"] for level in levels}
    named = all(normal_text(entry.get("text", "")) for entry in [criterion, *levels])
    return named and len(levels) >= 2 and len(points) == len(levels) and min(points) >= 0


def _inside(area: Item) -> bool:
    across = 0 <= area["x"] < area["x"] + area["width"] <= FULL
    return across and 0 <= area["y"] < area["y"] + area["height"] <= FULL


def _overlap(one: Item, other: Item) -> bool:
    def apart(start: str, size: str) -> bool:
        return bool(
            one[start] + one[size] <= other[start] or other[start] + other[size] <= one[start]
        )

    return not (apart("x", "width") or apart("y", "height"))


def _spelt(spellings: Sequence[str]) -> bool:
    return bool(spellings) and all(normal_text(spelling) for spelling in spellings)


def _blank(text: Any) -> bool:
    return not isinstance(text, str) or not normal_text(text)


def _ids(entries: Iterable[Item]) -> set[str]:
    return {entry["id"] for entry in entries}


def _known(ids: Iterable[str], entries: Iterable[Item]) -> bool:
    return set(ids) <= _ids(entries)
