"""Voided statements (xAPI 1.0.3, part two, 2.3.2)."""

import uuid
from collections.abc import Iterable

from assessments.models import Statement

VOIDED = "voided"


def voided_among(ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Those of the statements that another one voids, wherever in the log that stands.

    A statement that voids can't be voided: leave it out.
    """
    voiding = Statement.objects.filter(target__in=list(ids), verb=VOIDED)
    return {target for target in voiding.values_list("target", flat=True) if target}
