"""The index: a reader of the log that notes what each statement can be found by.

A statement whose object is a reference to another one is found by all that the other one is
found by (xAPI 1.0.3, part three, 2.1.3), through any number of references, and whichever of them
comes first.
"""

import json
import uuid
from collections.abc import Mapping
from itertools import islice

from assessments import readers
from assessments.models import Cursor, Mention, Statement
from assessments.rules import mentions
from assessments.statements.table import mention

FARTHEST = 20
# What a statement says itself that it can be found by, and the one it refers to.
Known = tuple[set[int], uuid.UUID | None]


def _fold(rows: list[Statement], _cursor: Cursor) -> None:
    known: dict[uuid.UUID, Known] = {row.id: (_keys(row), row.target) for row in rows}
    found = {row.id: known[row.id][0] | _of_the_targets(row.target, known) for row in rows}
    mention((key, row.seq) for row in rows for key in found[row.id])
    _to_the_referrers(found)


def _keys(row: Statement) -> set[int]:
    return mentions.keys(json.loads(row.payload))


def _of_the_targets(target: uuid.UUID | None, known: dict[uuid.UUID, Known]) -> set[int]:
    """What the statement that is referred to is found by, and the one it refers to, and so on.

    What is looked up is added to `known`, so that many may refer to the same one.
    """
    keys: set[int] = set()
    for _step in range(FARTHEST):
        if target is None:
            break
        if target not in known:
            row = Statement.objects.filter(id=target).first()
            known[target] = (_keys(row), row.target) if row else (set(), None)
        own, target = known[target]
        keys |= own
    return keys


def _to_the_referrers(handed: Mapping[uuid.UUID, set[int]], step: int = 1) -> None:
    """Hand on what these are found by to the statements that refer to them, and so on.

    A batch of referrers is followed to its end before the next one is read: there may be any
    number of them, and no more than FARTHEST batches are in memory.
    """
    referrers = Statement.objects.filter(target__in=list(handed))
    places = referrers.values_list("seq", "id", "target").iterator(readers.BATCH)
    while some := list(islice(places, readers.BATCH)):
        keys = {name: handed[target] for _seq, name, target in some if target}
        mention((key, seq) for seq, name, _target in some for key in keys[name])
        if step < FARTHEST:
            _to_the_referrers(keys, step + 1)


def _clear() -> None:
    Mention.objects.all().delete()


INDEX = readers.Reader("index", _fold, _clear)
