"""Marking an attempt as it stands: by the key where there is one, by what people gave a long answer."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from assessments.attempts import keys
from assessments.attempts.keys import Keys
from assessments.attempts.said import Said, clean
from assessments.attempts.sitting import Sitting
from assessments.attempts.tests import Item, Test
from assessments.marking import outcomes
from assessments.models import Mark
from assessments.rules import scoring
from assessments.rules.marking import Marked, mark
from assessments.rules.mastery import mastery
from assessments.rules.scoring import rounded


@dataclass(frozen=True)
class Given:
    """What a person gave an answer, here or at another server; the newest has the word."""

    at: datetime
    points: int
    out_of: int
    comment: str


# By item.
Hands = Mapping[str, Given]


@dataclass(frozen=True)
class Result:
    """`marks` of the items asked, None where a person has yet to mark. `score` is None where this
    server has not all keys, and says nothing until the attempt is handed in."""

    asked: Sequence[str] = ()
    marks: Mapping[str, Marked | None] = field(default_factory=dict)
    score: scoring.Score | None = None
    objectives: list[dict[str, Any]] = field(default_factory=list)
    hands: Hands = field(default_factory=dict)


def result_of(sitting: Sitting, test: Test, found: Keys, hands: Hands) -> Result:
    responses = {str(item): said.response for item, said in sitting.answers.items()}
    form = sitting.form or test.form_of(responses)
    asked = test.asked(sitting.attempt, form)
    contents = {item: keys.content(test, item, found) for item in asked}
    known = {item: content for item, content in contents.items() if content}
    marks = {item: _mark(content, responses.get(item), hands) for item, content in known.items()}
    if len(known) < len(asked) or not asked:
        return Result(asked, marks)
    return Result(
        asked=asked,
        marks=marks,
        score=scoring.score([marks[item] for item in asked], test.pass_mark),
        objectives=_objectives(known, marks),
        hands={
            item: given for item, given in hands.items() if _is_for_a_person(known, item, responses)
        },
    )


def _mark(content: Item, response: list[str] | None, hands: Hands) -> Marked | None:
    if response is None:
        return Marked(0, 1)
    marked = mark(content, response)
    given = hands.get(content["id"])
    return Marked(given.points, given.out_of) if marked is None and given else marked


def _is_for_a_person(
    contents: Mapping[str, Item], item: str, responses: Mapping[str, list[str]]
) -> bool:
    return item in contents and mark(contents[item], responses.get(item)) is None


def _objectives(
    contents: Mapping[str, Item], marks: Mapping[str, Marked | None]
) -> list[dict[str, Any]]:
    """In the order in which they come up."""
    grouped: dict[str, list[Marked | None]] = {}
    for item, content in contents.items():
        if content.get("objective"):
            grouped.setdefault(content["objective"], []).append(marks[item])
    return [
        {"objective": name, "share": float(rounded(each.share)), "mastered": each.mastered}
        for name, each in mastery(grouped).items()
    ]


def hands_of(sitting: Sitting, test: Test, found: Keys, marks: Iterable[Mark]) -> dict[str, Given]:
    """By item: of this server's markers and of those of others, as their marks in the log tell."""
    known: dict[str, Given] = {}
    for said in sitting.marks:
        for item, given in elsewhere(said):
            _keep_newest(known, item, given)
    for item, some in _by_item(marks).items():
        content = keys.content(test, item, found)
        last = outcomes.final(content or {}, some, second_marker=test.second_marker)
        if last:
            _keep_newest(known, item, Given(last.at, last.points, last.out_of, last.comment))
        else:
            # Two differ here, and no mark from elsewhere settles that.
            known.pop(item, None)
    return known


def _keep_newest(found: dict[str, Given], item: str, given: Given) -> None:
    if item not in found or found[item].at < given.at:
        found[item] = given


def _by_item(marks: Iterable[Mark]) -> dict[str, list[Mark]]:
    grouped: dict[str, list[Mark]] = {}
    for each in marks:
        grouped.setdefault(str(each.item), []).append(each)
    return grouped


def elsewhere(said: Said) -> Iterator[tuple[str, Given]]:
    """What people gave, as the mark of a server tells."""
    for item, points, out_of, entry in _entries(said):
        try:
            at, comment = datetime.fromisoformat(entry["marked"]), clean(str(entry["comment"]))
        except (KeyError, TypeError, ValueError):
            continue
        if at.tzinfo:
            yield item, Given(at, points, out_of, comment)


def _entries(said: Said) -> Iterator[tuple[str, int, int, dict[str, Any]]]:
    """Item, points, what they are out of, and the whole entry."""
    for each in said.marked or []:
        try:
            item = str(uuid.UUID(each["item"]))
            points, out_of = int(each["points"]), int(each["out_of"])
        except (KeyError, TypeError, ValueError, AttributeError):
            continue
        if 0 <= points <= out_of < 2**31 and out_of:
            yield item, points, out_of, each


def marks_of(said: Said) -> dict[str, Marked]:
    """By item, as the mark of a server tells."""
    return {item: Marked(points, out_of) for item, points, out_of, _more in _entries(said)}
