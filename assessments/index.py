"""The index: a reader of the log that notes what each statement can be found by.

A statement whose object is a reference to another one is found by all that the other one is
found by (xAPI 1.0.3, part three, 2.1.3), through any number of references, and whichever of them
comes first.
"""

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable

from assessments.models import Cursor, Mention, Statement
from assessments.readers import Reader
from assessments.rules import mentions
from assessments.statements.table import mention

FARTHEST = 20
Keys = dict[int, set[int]]


def _fold(rows: list[Statement], _cursor: Cursor) -> None:
    found: Keys = defaultdict(set)
    for row in rows:
        found[row.seq] |= _keys(row)
    for row in rows:
        if row.target:
            found[row.seq] |= _of_the_targets(row.target)
    _to_the_referrers(rows, found)
    mention((key, seq) for seq, keys in found.items() for key in keys)


def _keys(row: Statement) -> set[int]:
    return mentions.keys(json.loads(row.payload))


def _of_the_targets(target: uuid.UUID | None) -> set[int]:
    """What the statement that is referred to is found by, and the one it refers to, and so on."""
    keys: set[int] = set()
    for _step in range(FARTHEST):
        row = Statement.objects.filter(id=target).first() if target else None
        if row is None:
            break
        keys |= _keys(row)
        target = row.target
    return keys


def _to_the_referrers(rows: Iterable[Statement], found: Keys) -> None:
    """Hand on what these are found by to the statements that refer to them, and so on."""
    handed = {row.id: found[row.seq] for row in rows}
    for _step in range(FARTHEST):
        referrers = list(Statement.objects.filter(target__in=handed).only("seq", "id", "target"))
        if not referrers:
            break
        for row in referrers:
            if row.target:
                found[row.seq] |= handed[row.target]
        handed = {row.id: found[row.seq] for row in referrers}


def _clear() -> None:
    Mention.objects.all().delete()


INDEX = Reader("index", _fold, _clear)
