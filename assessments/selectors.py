"""What others may ask about how learning goes."""

import uuid
from collections.abc import Iterable

from assessments.models import Progress


def progress_of(
    learners: Iterable[uuid.UUID], modules: Iterable[uuid.UUID] | None = None
) -> dict[tuple[uuid.UUID, uuid.UUID], Progress]:
    """By learner and module, all modules where none are named; no row means not started.

    One query. Call progress.catch_up() first where the newest answers must count.
    """
    rows = Progress.objects.filter(learner__in=set(learners))
    if modules is not None:
        rows = rows.filter(module__in=set(modules))
    return {(row.learner, row.module): row for row in rows}
