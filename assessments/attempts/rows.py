"""What was found of attempts, written to the tables: only what differs."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import Model

from assessments.attempts.voids import slices
from assessments.models import Attempt, AttemptAnswer

FIELDS = [field.name for field in Attempt._meta.fields if not field.primary_key]
OF_ANSWERS = [field.name for field in AttemptAnswer._meta.fields if not field.primary_key]


def of(attempts: Iterable[uuid.UUID]) -> dict[uuid.UUID, Attempt]:
    return {
        row.pk: row
        for some in slices(list(attempts))
        for row in Attempt.objects.filter(pk__in=some)
    }


def write(attempts: dict[uuid.UUID, Attempt | None], before: dict[uuid.UUID, Attempt]) -> None:
    """None for an attempt of which nothing is left. `before`: the rows as they are."""
    gone = [name for name, row in attempts.items() if row is None and name in before]
    for some in slices(gone):
        Attempt.objects.filter(pk__in=some).delete()
    changed = [
        row
        for name, row in attempts.items()
        if row and (name not in before or not _same(row, before[name], FIELDS))
    ]
    Attempt.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["id"], update_fields=FIELDS
    )


def write_answers(attempts: Iterable[uuid.UUID], answers: Sequence[AttemptAnswer]) -> None:
    """Make these the answers of these attempts."""
    key: Callable[[AttemptAnswer], Any] = lambda row: (row.attempt, row.item)  # noqa: E731
    wanted = {key(row): row for row in answers}
    stale = []
    for some in slices(list(attempts)):
        for row in AttemptAnswer.objects.filter(attempt__in=some):
            made = wanted.get(key(row))
            if made and _same(row, made, OF_ANSWERS):
                del wanted[key(row)]
            else:
                stale.append(row.pk)
    for lost in slices(stale):
        AttemptAnswer.objects.filter(pk__in=lost).delete()
    AttemptAnswer.objects.bulk_create(wanted.values())


def _same(one: Model, other: Model, fields: Iterable[str]) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in fields)
