"""The queue of long answers, and one of them."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from assessments.attempts import reader
from assessments.marking.outcomes import Answered, rubric_of
from assessments.models import Attempt, AttemptAnswer, Mark
from assessments.results.parts import Parts, parts_of
from assessments.rules.moderation import Waits
from courses.markers import Marker, marker
from courses.marking import Long, key_of, long_answers, one_long
from courses.selectors.standings import headings_of
from elearning.users.models import User

# The page has so many answers that wait, so many that may be marked again, and so many of the own marks.
MOST = 100
FREE = 20
LATELY = 10


@dataclass(frozen=True)
class QueueRow:
    long: Long
    module: str
    test: str
    role: str

    @property
    def wanted(self) -> bool:
        """Whether somebody waits for it; a second mark that the test does not ask for is free to give."""
        return self.long.waits != Waits.NOBODY


@dataclass(frozen=True)
class Queue:
    """`nobodys`: what has no trainer left to mark it, for coordinators. `lately`: what the person marked
    last. `more`: the lists hold the oldest MOST of what waits."""

    first: list[QueueRow]
    second: list[QueueRow]
    moderate: list[QueueRow]
    nobodys: list[QueueRow]
    lately: list[QueueRow]
    trains: bool
    more: bool


@dataclass(frozen=True)
class MarkPage:
    """`role` is the mark to give, or that was tried and refused; "" for one who has given theirs,
    who is then told whose answer it is."""

    row: QueueRow
    criteria: list[dict[str, Any]]
    given: list[Mark]
    officer: User | None
    words: int
    role: str


def queue(person: User) -> Queue:
    """The oldest first. Neither the queries nor the rows read grow with what was ever marked."""
    who = marker(person)
    reader.catch_up()
    waiting = list(who.waiting()[: MOST + 1])
    free = [key_of(mark) for mark in who.free()[:FREE]]
    own = [
        key_of(mark) for mark in Mark.objects.filter(by=person.pk).order_by("-at", "-pk")[:LATELY]
    ]
    longs = long_answers([*waiting[:MOST], *_answers(who, {*free, *own})])
    known = {row.long.key: row for row in _rows(who, longs)}

    def rows(keys: Iterable[Answered], *roles: str) -> list[QueueRow]:
        found = [known[key] for key in keys if key in known]
        return [row for row in found if row.role in roles]

    keys = [key_of(row) for row in waiting[:MOST]]
    first, second = rows(keys, Mark.Role.FIRST), rows(keys, Mark.Role.SECOND)
    return Queue(
        first=[row for row in first if row.long.whose.trained],
        second=[row for row in second if row.long.whose.trained] + rows(free, Mark.Role.SECOND),
        moderate=rows(keys, Mark.Role.MODERATOR),
        nobodys=[row for row in [*first, *second] if not row.long.whose.trained],
        lately=rows(own, ""),
        trains=who.trains,
        more=len(waiting) > MOST,
    )


def mark_page(person: User, attempt_id: uuid.UUID, item_id: uuid.UUID, tried: str = "") -> MarkPage:
    """Http404 where there is nothing for this person to mark, and nothing they have marked or `tried`."""
    who = marker(person)
    (row,) = _rows(who, [one_long(who, attempt_id, item_id)])
    own = [mark for mark in row.long.marks if mark.by == person.pk]
    role = row.role or tried
    if not role and not own:
        raise Http404
    officer = None if role else User.objects.filter(pk=row.long.attempt.learner).first()
    given = row.long.marks if row.role == Mark.Role.MODERATOR else own
    criteria = [_criterion(each, given) for each in rubric_of(row.long.content)]
    words = len(row.long.response.split())
    return MarkPage(row, criteria, given, officer, words, role)


def _answers(who: Marker, keys: Collection[Answered]) -> list[AttemptAnswer]:
    attempts = Attempt.objects.filter(pk__in={attempt for attempt, _item in keys})
    return [row for row in who.answers(attempts) if key_of(row) in keys]


def _rows(who: Marker, found: list[Long]) -> list[QueueRow]:
    modules = {each.attempt.module for each in found}
    headings = headings_of(modules)
    parts: Parts = parts_of(modules, {each.attempt.test for each in found})
    return [
        QueueRow(
            long=each,
            module=headings[each.attempt.module],
            test=parts.test(each.attempt.test, each.attempt.module).heading,
            role=each.role_of(who),
        )
        for each in found
        if who.may_see(each.whose)
    ]


def _criterion(criterion: dict[str, Any], given: list[Mark]) -> dict[str, Any]:
    """With what was given for it, for a moderator and for one who looks back."""
    texts = {level["id"]: level for level in criterion["levels"]}
    levels = [
        {"role": mark.get_role_display(), "level": texts.get(mark.levels.get(criterion["id"], ""))}
        for mark in given
    ]
    return criterion | {"given": levels}
