"""How each version of one item did, over all who took it anywhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from assessments.attempts.keys import kept
from assessments.models import Attempt, AttemptAnswer, Standing
from assessments.results.analysis import AnalysedItem, as_taken, choice_ids, right_ids
from assessments.results.contents import Asked, Content, Contents, asked
from assessments.results.remarks import sentences
from assessments.results.sittings import first_marked
from assessments.rules.statistics import ItemFigures, Taken, analyse, remarks

# An author's page must open at once: the newest attempts are enough to judge an item.
MOST = 5000


@dataclass(frozen=True)
class VersionRow:
    number: int
    figures: ItemFigures
    remarks: list[str]


def by_version(item: UUID) -> list[VersionRow]:
    """The newest version first; empty for an item that nobody has taken. Four queries."""
    contents = kept([item])
    answers = {row.attempt: row for row in AttemptAnswer.objects.filter(item=item)}
    attempts = _attempts(answers)
    taken: dict[Asked, list[Taken]] = {}
    for attempt in attempts:
        for pair in asked(attempt):
            if pair[0] == str(item):
                one = _taken(attempt, answers.get(attempt.pk), pair, contents)
                taken.setdefault(pair, []).append(one)
    rows = [
        _row(pair, contents.get(pair, {}), figures)
        for pair, found in taken.items()
        if (figures := analyse(found, choice_ids(contents.get(pair, {}))))
    ]
    return sorted(rows, key=lambda row: -row.number)


def _row(pair: Asked, content: Content, figures: ItemFigures) -> VersionRow:
    """Whether it is slow is told beside the other items of a test, which this page does not have."""
    item = AnalysedItem(pair, content, figures, remarks(figures, right_ids(content)))
    return VersionRow(pair[1], figures, sentences(item))


def _attempts(answers: Iterable[UUID]) -> list[Attempt]:
    """The marked attempts at every test in which somebody answered it: also those who left it blank."""
    tests = Attempt.objects.filter(pk__in=list(answers)).values_list("test", flat=True)
    found = Attempt.objects.filter(test__in=set(tests), standing=Standing.MARKED)
    return first_marked(found.exclude(scaled=None).order_by("-handed_in")[:MOST])


def _taken(
    attempt: Attempt, answer: AttemptAnswer | None, pair: Asked, contents: Contents
) -> Taken:
    """The total comes from the attempt's own mark: the other answers need not be read."""
    share = answer.points / answer.out_of if answer and answer.points else 0.0
    count = len(attempt.items)
    total = float(attempt.scaled or 0) * count
    return as_taken(answer, share, total, count, contents.get(pair, {}))
