"""What is void, and by whom."""

import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from assessments import readers
from assessments.attempts.sitting import Voided
from assessments.models import Statement
from assessments.rules.authority import by_server
from assessments.statements.voiding import VOIDED

T = TypeVar("T")


def voided(ids: Iterable[uuid.UUID]) -> Voided:
    """Of these statements. Where a server and somebody else void one, it is void."""
    void: set[uuid.UUID] = set()
    overruled: set[uuid.UUID] = set()
    for some in slices(list(ids)):
        voiding = Statement.objects.filter(target__in=some, verb=VOIDED)
        for target, payload in voiding.values_list("target", "payload"):
            if target:
                (overruled if by_server(json.loads(payload)) else void).add(target)
    return Voided(frozenset(void), frozenset(overruled - void))


def slices(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for first in range(0, len(values), readers.BATCH):
        yield values[first : first + readers.BATCH]
