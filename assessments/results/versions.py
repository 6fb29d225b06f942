"""How each version of one item did, over all who took it anywhere."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from assessments.attempts.keys import kept
from assessments.attempts.voids import slices
from assessments.models import Attempt, AttemptAnswer, Standing
from assessments.results.analysis import AnalysedItem, as_taken, choice_ids, right_ids
from assessments.results.contents import Asked, Content, Contents, asked
from assessments.results.remarks import sentences
from assessments.results.sittings import MOST, first_marked
from assessments.rules.statistics import ItemFigures, Taken, analyse, remarks


@dataclass(frozen=True)
class VersionRow:
    number: int
    figures: ItemFigures
    remarks: list[str]


def by_version(item: UUID) -> list[VersionRow]:
    """The newest version first; empty for an item that nobody has taken. Three queries, or a few more, and
    no more rows than of the MOST attempts that count."""
    contents = kept([item])
    attempts = first_marked(_attempts(item))
    answers = {
        row.attempt: row
        for some in slices([each.pk for each in attempts])
        for row in AttemptAnswer.objects.filter(item=item, attempt__in=some)
    }
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


def _attempts(item: UUID) -> QuerySet[Attempt]:
    """The newest MOST marked attempts at the tests in which somebody answered it lately: also those who left
    it blank. Of each officer the first at each test."""
    answered = AttemptAnswer.objects.filter(item=item).order_by("-pk").values("attempt")[:MOST]
    tests = Attempt.objects.filter(pk__in=answered).values("test")
    marked = Attempt.objects.filter(standing=Standing.MARKED, scaled__isnull=False)
    earlier = marked.filter(
        learner=OuterRef("learner"), test=OuterRef("test"), handed_in__lt=OuterRef("handed_in")
    )
    found = marked.filter(~Exists(earlier), test__in=tests)
    return found.order_by("-handed_in", "-pk")[:MOST]


def _taken(
    attempt: Attempt, answer: AttemptAnswer | None, pair: Asked, contents: Contents
) -> Taken:
    """The total comes from the attempt's own mark: the other answers need not be read."""
    share = answer.points / answer.out_of if answer and answer.points else 0.0
    count = len(attempt.items)
    total = float(attempt.scaled or 0) * count
    return as_taken(answer, share, total, count, contents.get(pair, {}))
