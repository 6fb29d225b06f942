"""Progress: a reader of the statement log.

A voided statement counts for nothing, whether the statement that voids it comes before or after.
"""

import json
import logging
import uuid
from collections.abc import Iterable, Iterator
from typing import TypeVar

from django.db import transaction

from assessments import readers
from assessments.attempts import reader as attempts
from assessments.attempts.unreadable import UNREADABLE
from assessments.models import Cursor, Progress, State, Statement
from assessments.rules import progress as rules
from assessments.statements import log, weights
from assessments.statements.voiding import VOIDED, voided_among

T = TypeVar("T")
UPDATED = ["state", "score", "lessons", "answers", "first_seen", "last_seen"]
logger = logging.getLogger("elearning.progress")


def catch_up() -> None:
    """Attempts first: the marks that they write are what passes a module. Three queries when there is
    nothing new."""
    attempts.catch_up()
    PROGRESS.catch_up()


def rebuild() -> int:
    """Make all anew from the log; returns how many statements were read.

    The log is read without holding anybody up, and what it says is put together in memory: as
    much as there are rows of progress, however long the log is. Then one short transaction reads
    what came in meanwhile and writes the rows that differ. Until it commits others see the old
    rows, and one that is killed has changed nothing.
    """
    found: dict[rules.Key, rules.Summary] = {}
    place, began = Cursor(), log.high_water()
    read = 0
    # As long as much comes in meanwhile, the reading of it holds nobody up either.
    while (until := log.high_water()) - place.seq > readers.BATCH:
        read += _gather(found, place, until)
    with transaction.atomic():
        cursor = readers.locked_cursor(PROGRESS.name)
        read += _gather(found, place, log.high_water())
        _replace(found)
        # These came after the first statements were read, and may void what was counted.
        voiding = Statement.objects.filter(seq__gt=began, seq__lte=place.seq, verb=VOIDED)
        targets = voiding.values_list("target", flat=True)
        _take_back([target for target in targets if target], place.seq)
        cursor.seq, cursor.unreadable = place.seq, place.unreadable
        cursor.save()
    return read


def _gather(found: dict[rules.Key, rules.Summary], place: Cursor, until: int) -> int:
    """Add what the log says from `place` to `until`, and move the place; how many were read."""
    read = 0
    while rows := _next(place.seq, until):
        void = voided_among(row.id for row in rows)
        rules.merge_into(found, _readable((row for row in rows if row.id not in void), place))
        place.seq = rows[-1].seq
        read += len(rows)
    return read


def _next(seq: int, until: int) -> list[Statement]:
    return readers.after(seq, until=until, most=readers.BATCH, most_bytes=readers.MOST_BYTES)


def _replace(found: dict[rules.Key, rules.Summary]) -> None:
    """Write what differs from what is known, and take away what nothing is found of."""
    missing = dict(found)
    gone = []
    for row in Progress.objects.iterator():
        summary = missing.pop(key_of(row), None)
        if summary is None:
            gone.append(row.pk)
        elif not _says(row, summary):
            missing[key_of(row)] = summary
    for some in _slices(gone):
        Progress.objects.filter(pk__in=some).delete()
    for keys in _slices(list(missing)):
        _write({key: missing[key] for key in keys})


def _says(row: Progress, summary: rules.Summary) -> bool:
    made = _row(key_of(row), summary)
    return all(getattr(row, name) == getattr(made, name) for name in UPDATED)


def _slices(values: list[T]) -> Iterator[list[T]]:
    for first in range(0, len(values), readers.BATCH):
        yield values[first : first + readers.BATCH]


def _fold(rows: list[Statement], cursor: Cursor) -> None:
    void = voided_among(row.id for row in rows)
    found: dict[rules.Key, rules.Summary] = {}
    rules.merge_into(found, _readable([row for row in rows if row.id not in void], cursor))
    _keep(found)
    _take_back([row.target for row in rows if row.verb == VOIDED and row.target], rows[-1].seq)


def _take_back(targets: Iterable[uuid.UUID], until: int) -> None:
    """What was counted before it was voided: its learner's progress is made anew up to here.

    What a summary says can't be taken out of it again: the best score may have been this one.
    """
    learners: set[uuid.UUID] = set()
    for some in _slices(list(targets)):
        counted = Statement.objects.filter(id__in=some, seq__lte=until)
        learners.update(counted.values_list("actor", flat=True))
    for learner in learners:
        found: dict[rules.Key, rules.Summary] = {}
        for rows in _history(learner, until):
            void = voided_among(row.id for row in rows)
            # Counted as unreadable when they were read first.
            rules.merge_into(
                found, _readable((row for row in rows if row.id not in void), Cursor())
            )
        Progress.objects.filter(learner=learner).delete()
        _write(found)


def _history(learner: uuid.UUID, until: int) -> Iterator[list[Statement]]:
    """All that the log has of one actor, so many at a time: it may be a system that never ends."""
    every = Statement.objects.filter(actor=learner, seq__lte=until).order_by("seq")
    rest = every
    while rows := weights.first(rest, readers.BATCH, readers.MOST_BYTES):
        yield rows
        rest = every.filter(seq__gt=rows[-1].seq)


def _readable(
    rows: Iterable[Statement], cursor: Cursor
) -> Iterator[tuple[rules.Key, rules.Summary]]:
    """What each statement says; one that says nothing is counted and named by its place only."""
    for row in rows:
        try:
            module, summary = rules.read(
                verb=row.verb,
                payload=json.loads(row.payload),
                timestamp=row.timestamp,
                stored=row.stored,
            )
        except rules.Elsewhere:
            continue
        except UNREADABLE as error:
            cursor.unreadable += 1
            logger.warning("Statement %d tells no progress: %s", row.seq, type(error).__name__)
        else:
            yield (row.actor, module), summary


def _keep(found: dict[rules.Key, rules.Summary]) -> None:
    """Write what was found on top of what is known: one read and one write."""
    learners = {learner for learner, _module in found}
    modules = {module for _learner, module in found}
    known = Progress.objects.filter(learner__in=learners, module__in=modules)
    rules.merge_into(found, [(key_of(row), _summary(row)) for row in known if key_of(row) in found])
    _write(found)


def _write(found: dict[rules.Key, rules.Summary]) -> None:
    Progress.objects.bulk_create(
        [_row(key, summary) for key, summary in found.items()],
        update_conflicts=True,
        unique_fields=["learner", "module"],
        update_fields=UPDATED,
    )


def key_of(row: Progress) -> rules.Key:
    return row.learner, row.module


def _summary(row: Progress) -> rules.Summary:
    return rules.Summary(
        first=row.first_seen,
        last=row.last_seen,
        passed=row.state == State.PASSED,
        failed=row.state == State.FAILED,
        score=row.score,
        lessons=frozenset(row.lessons),
        answers=row.answers,
    )


def _row(key: rules.Key, summary: rules.Summary) -> Progress:
    learner, module = key
    return Progress(
        learner=learner,
        module=module,
        state=summary.state,
        score=summary.score,
        lessons=sorted(summary.lessons),
        answers=summary.answers,
        first_seen=summary.first,
        last_seen=summary.last,
    )


PROGRESS = readers.Reader("progress", _fold)
