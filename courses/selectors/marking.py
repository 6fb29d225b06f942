"""The queue of long answers, and one of them."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from assessments.attempts import reader
from assessments.marking.outcomes import rubric_of
from assessments.models import Attempt, Mark, Standing
from assessments.results.parts import Parts, parts_of
from assessments.rules.moderation import Waits
from courses.marking import Long, Marker, long_answers, marker, one_long
from courses.selectors.standings import headings_of
from elearning.users.models import User

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
    """`trains`: whether the person has officers to mark. `lately`: what they marked last."""

    first: list[QueueRow]
    second: list[QueueRow]
    moderate: list[QueueRow]
    lately: list[QueueRow]
    trains: bool


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
    """Oldest first; the number of queries does not grow."""
    who = marker(person)
    reader.catch_up()
    attempts = {each.pk: each for each in _attempts(who)}
    rows = _rows(who, long_answers(attempts))
    own = {each.pk for each in Mark.objects.filter(by=person.pk).order_by("-at")[:LATELY]}
    lately = [row for row in rows if own & {mark.pk for mark in row.long.marks}]
    return Queue(
        first=[row for row in rows if row.role == Mark.Role.FIRST],
        second=sorted(
            (row for row in rows if row.role == Mark.Role.SECOND), key=lambda row: not row.wanted
        ),
        moderate=[row for row in rows if row.role == Mark.Role.MODERATOR],
        lately=lately,
        trains=bool(who.officers),
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


def _attempts(who: Marker) -> QuerySet[Attempt]:
    """Those that wait, and those that somebody has marked."""
    marked = Mark.objects.values("attempt")
    found = Attempt.objects.filter(handed_in__isnull=False).exclude(learner=who.person.pk)
    if not who.coordinates:
        return found.filter(
            Q(standing=Standing.TO_MARK) | Q(pk__in=marked), learner__in=who.officers
        )
    own = Q(standing=Standing.TO_MARK, learner__in=who.officers)
    return found.filter(own | Q(pk__in=marked))


def _rows(who: Marker, found: list[Long]) -> list[QueueRow]:
    modules = {each.attempt.module for each in found}
    headings = headings_of(modules)
    parts: Parts = parts_of(modules, {each.attempt.test for each in found})
    return [
        QueueRow(
            long=each,
            module=headings[each.attempt.module],
            test=parts.test(each.attempt.test, each.attempt.module).heading,
            role=who.role(each.attempt.learner, each.waits, each.marks),
        )
        for each in found
    ]


def _criterion(criterion: dict[str, Any], given: list[Mark]) -> dict[str, Any]:
    """With what was given for it, for a moderator and for one who looks back."""
    texts = {level["id"]: level for level in criterion["levels"]}
    levels = [
        {"role": mark.get_role_display(), "level": texts.get(mark.levels.get(criterion["id"], ""))}
        for mark in given
    ]
    return criterion | {"given": levels}
