"""Progress: a reader of the statement log.

The cursor moves in the same transaction as the rows, behind a lock on its own row, so each
statement counts once, whoever reads and however often it is interrupted.
"""

import json
import logging
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Subquery

from assessments.models import Cursor, Progress, State, Statement
from assessments.rules import progress as rules
from assessments.statements import log

READER = "progress"
BATCH = 1000
UPDATED = ["state", "score", "lessons", "answers", "first_seen", "last_seen"]
# A shape that no rule foresaw must not stop the reader for everybody.
UNREADABLE = (
    rules.Unreadable,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)
logger = logging.getLogger("elearning.progress")


def catch_up() -> None:
    """Read what the log holds and progress does not know yet; one query when there is nothing."""
    while _behind():
        with transaction.atomic():
            cursor = _locked_cursor()
            _read_batch(cursor, log.high_water())
            cursor.save()


def rebuild() -> int:
    """Make all progress anew from the log; returns how many statements were read.

    In one transaction: readers see the old rows until the new ones are complete. On SQLite,
    writers wait for it, and a tablet whose sending times out sends again.
    """
    with transaction.atomic():
        cursor = _locked_cursor()
        Progress.objects.all().delete()
        cursor.seq = cursor.unreadable = read = 0
        until = log.high_water()
        while batch := _read_batch(cursor, until):
            read += batch
        cursor.save()
    return read


def _behind() -> bool:
    newest = Statement.objects.order_by("-seq").values("seq")[:1]
    cursor = Cursor.objects.filter(reader=READER).values_list("seq", Subquery(newest)).first()
    if cursor is None:
        return Statement.objects.exists()
    read, last = cursor
    return last is not None and last > read


def _locked_cursor() -> Cursor:
    return Cursor.objects.select_for_update().get_or_create(reader=READER)[0]


def _read_batch(cursor: Cursor, until: int) -> int:
    """Fold the next statements and move the cursor, which the caller saves; how many were read."""
    rows = list(
        Statement.objects.filter(seq__gt=cursor.seq, seq__lte=until).order_by("seq")[:BATCH]
    )
    if rows:
        found: dict[rules.Key, rules.Summary] = {}
        rules.merge_into(found, _readable(rows, cursor))
        _keep(found)
        cursor.seq = rows[-1].seq
    return len(rows)


def _readable(rows: list[Statement], cursor: Cursor) -> Iterator[tuple[rules.Key, rules.Summary]]:
    """What each statement says; one that says nothing is counted and named by its place only."""
    for row in rows:
        try:
            module, summary = rules.read(
                verb=row.verb,
                payload=json.loads(row.payload),
                timestamp=row.timestamp,
                stored=row.stored,
            )
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
