"""Long answers, and marking one of them.

An answer goes by a code until it is marked: who gave it must not weigh.
"""

import hashlib
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from assessments.attempts import tests
from assessments.attempts.keys import kept
from assessments.marking import services
from assessments.marking.outcomes import Answered, marks_of, outcome_of
from assessments.models import Attempt, AttemptAnswer, Mark
from assessments.results.contents import Content
from assessments.rules.moderation import Waits
from courses.markers import Marker, Whose, marker
from elearning.users.models import User

LONG = "long"


@dataclass(frozen=True)
class Long:
    """A long answer that was handed in, and what was given for it."""

    attempt: Attempt
    answer: AttemptAnswer
    content: Content
    marks: list[Mark]
    second_marker: bool
    whose: Whose

    @property
    def code(self) -> str:
        return code(self.attempt.pk)

    @property
    def waits(self) -> Waits:
        return outcome_of(self.content, self.marks, second_marker=self.second_marker).waits

    @property
    def response(self) -> str:
        return str(self.answer.response[0])

    @property
    def key(self) -> Answered:
        return key_of(self.answer)

    def role_of(self, who: Marker) -> str:
        return who.role(self.whose, self.waits, self.marks)


def key_of(row: AttemptAnswer | Mark) -> Answered:
    return row.attempt, row.item


def code(attempt: uuid.UUID) -> str:
    """The same for all answers of an attempt, and nothing that an officer or another page shows."""
    return hashlib.sha256(f"marking\n{attempt}".encode()).hexdigest()[:6].upper()


def long_answers(rows: Iterable[Any]) -> list[Long]:
    """Of answers as a Marker finds them, those that were really answered and whose rubric is on this
    server, in the same order. Four queries."""
    answers = [row for row in rows if row.response and str(row.response[0]).strip()]
    attempts = Attempt.objects.in_bulk({row.attempt for row in answers})
    contents = kept(row.item for row in answers)
    marks = marks_of(attempts)
    # As the edition that the officer took it in has it: what an author wants now is for later attempts.
    taken = tests.find(map(tests.Named.by, attempts.values()))
    return [
        Long(
            attempts[row.attempt],
            row,
            contents[str(row.item), row.version],
            marks.get(key_of(row), []),
            second_marker=_wants_second(taken, attempts[row.attempt]),
            whose=Whose(row.trained, row.nobodys),
        )
        for row in answers
        if contents.get((str(row.item), row.version), {}).get("kind") == LONG
    ]


def _wants_second(taken: Mapping[tests.Named, tests.Test], attempt: Attempt) -> bool:
    test = taken.get(tests.Named.by(attempt))
    return test is not None and test.second_marker


def one_long(who: Marker, attempt_id: uuid.UUID, item_id: uuid.UUID) -> Long:
    """Http404 where it is no answer that this person may see."""
    attempts = Attempt.objects.filter(pk=attempt_id, handed_in__isnull=False)
    for each in long_answers(who.answers(attempts).filter(item=item_id)):
        if who.may_see(each.whose):
            return each
    raise Http404


def mark(
    *, by: User, attempt_id: uuid.UUID, item_id: uuid.UUID, role: str, levels: dict[str, str],
    comment: str,
) -> Long:  # fmt: skip
    """Give a mark; returns the answer as it stands after it. Http404 for an answer or a role that is
    none of this person's; ServiceError as in assessments.marking.services."""
    who = marker(by)
    found = one_long(who, attempt_id, item_id)
    if role not in Mark.Role.values or not who.may_give(role, found.whose):
        raise Http404
    services.give_mark(
        by=by.pk,
        answer=found.answer,
        role=role,
        levels=levels,
        comment=comment,
        second_marker=found.second_marker,
    )
    return one_long(who, attempt_id, item_id)
