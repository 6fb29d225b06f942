"""Voided statements (xAPI 1.0.3, part two, 2.3.2)."""

import uuid
from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from assessments.models import Statement

VOIDED = "voided"


def voids() -> Exists:
    """For a query of statements: another one voids it. A statement that voids can't be voided."""
    return Exists(Statement.objects.filter(target=OuterRef("id"), verb=VOIDED))


def voided_among(ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Those of the statements that another one voids, wherever in the log that stands."""
    voiding = Statement.objects.filter(target__in=list(ids), verb=VOIDED)
    return {target for target in voiding.values_list("target", flat=True) if target}
