"""Attempts with their answers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from assessments.models import Attempt, AttemptAnswer, Standing
from assessments.results.contents import Asked, asked

# A page must open at once, and figures are no better for more: of more attempts the newest count.
MOST = 5000


@dataclass(frozen=True)
class Sitting:
    """One attempt; an item that was not answered is worth nothing."""

    attempt: Attempt
    answers: dict[str, AttemptAnswer]

    @property
    def asked(self) -> list[Asked]:
        return asked(self.attempt)

    def share(self, item: str) -> float:
        answer = self.answers.get(item)
        return answer.points / answer.out_of if answer and answer.points else 0.0

    @property
    def total(self) -> float:
        return sum(self.share(item) for item, _version in self.asked)


def sittings(attempts: Iterable[Attempt]) -> list[Sitting]:
    """One query, however many."""
    found = list(attempts)
    answers: dict[UUID, dict[str, AttemptAnswer]] = defaultdict(dict)
    for answer in AttemptAnswer.objects.filter(attempt__in=[each.pk for each in found]):
        answers[answer.attempt][str(answer.item)] = answer
    return [Sitting(each, answers.get(each.pk, {})) for each in found]


def first_marked(attempts: Iterable[Attempt]) -> list[Attempt]:
    """The first attempt of each officer at each test that is marked: a repeat is made by somebody
    who knows the items, so figures about items and about learning are made without it.

    In the order of their ids, which says nothing about the officers.
    """
    chosen: dict[tuple[UUID, UUID], Attempt] = {}
    for each in sorted(attempts, key=by_time):
        if each.standing == Standing.MARKED and each.items:
            chosen.setdefault((each.learner, each.test), each)
    return sorted(chosen.values(), key=lambda one: one.pk)


def by_time(attempt: Attempt) -> tuple[bool, Any, UUID]:
    return attempt.handed_in is None, attempt.handed_in or 0, attempt.pk


def newest(attempts: Iterable[Attempt]) -> list[Attempt]:
    """MOST of what first_marked has found, in its order."""
    found = list(attempts)
    if len(found) <= MOST:
        return found
    kept = {each.pk for each in sorted(found, key=by_time)[-MOST:]}
    return [each for each in found if each.pk in kept]
