"""How each item of a test did."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from assessments.models import AttemptAnswer
from assessments.results.contents import Asked, Content, Contents
from assessments.results.sittings import Sitting
from assessments.rules.statistics import ItemFigures, Remark, Taken, analyse, remarks

# The kinds whose answer is the ids of what was chosen.
CHOSEN = ("single", "truefalse", "multiple", "spot")


@dataclass(frozen=True)
class AnalysedItem:
    """One version of an item; `content` is empty where this server has none of it."""

    asked: Asked
    content: Content
    figures: ItemFigures
    remarks: list[Remark] = field(default_factory=list)

    @property
    def right(self) -> frozenset[str]:
        return right_ids(self.content)


def analysed(sittings: Iterable[Sitting], contents: Contents) -> list[AnalysedItem]:
    """In the order in which the sittings met them."""
    taken: dict[Asked, list[Taken]] = {}
    for sitting in sittings:
        total, count = sitting.total, len(sitting.asked)
        for pair in sitting.asked:
            answer = sitting.answers.get(pair[0])
            one = as_taken(answer, sitting.share(pair[0]), total, count, contents.get(pair, {}))
            taken.setdefault(pair, []).append(one)
    return with_remarks(
        [
            AnalysedItem(pair, contents.get(pair, {}), figures)
            for pair, found in taken.items()
            if (figures := analyse(found, choice_ids(contents.get(pair, {}))))
        ]
    )


def with_remarks(items: list[AnalysedItem]) -> list[AnalysedItem]:
    """What is slow is told beside the other items."""
    medians = [each.figures.times.median for each in items if each.figures.times]
    usual = median(medians) if medians else None
    return [
        AnalysedItem(
            each.asked, each.content, each.figures, remarks(each.figures, each.right, usual)
        )
        for each in items
    ]


def as_taken(
    answer: AttemptAnswer | None, share: float, total: float, count: int, content: Content
) -> Taken:
    response = answer.response if answer else []
    return Taken(
        share=share,
        total=total,
        asked=count,
        chosen=tuple(response) if content.get("kind") in CHOSEN else (),
        spent=answer.spent if answer else None,
        confidence=answer.confidence if answer else None,
    )


def choices_of(content: Content) -> list[dict[str, Any]]:
    """What could be chosen, each with `id` and `text`; empty for the kinds without choices."""
    if content.get("kind") not in CHOSEN:
        return []
    found: list[dict[str, Any]] = content.get("choices") or content.get("areas") or []
    return found


def choice_ids(content: Content) -> list[str]:
    return [choice["id"] for choice in choices_of(content)]


def right_ids(content: Content) -> frozenset[str]:
    if content.get("kind") not in CHOSEN:
        return frozenset()
    return frozenset(content.get("key", {}).get("right", []))
