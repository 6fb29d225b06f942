"""The index: a reader of the log that notes what each statement can be found by.

A statement whose object is a reference to another one is found by all that the other one is
found by (xAPI 1.0.3, part three, 2.1.3), through any number of references, and whichever of them
comes first.
"""

import json
import uuid
from collections.abc import Mapping
from itertools import islice

from django.db import transaction

from assessments import readers
from assessments.models import Cursor, Mention, Statement
from assessments.rules import mentions
from assessments.statements import log
from assessments.statements.table import mention

FARTHEST = 20
# How many places of the log are made anew in one transaction, of a log that is not long; and into how
# many parts a longer one is cut, for each means a look through the whole index.
PART = 20_000
PARTS = 50
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


INDEX = readers.Reader("index", _fold)


def rebuild() -> int:
    """Make all anew from the log; returns how many statements were read.

    Part by part, each in a transaction of its own: on SQLite a writer waits for no more than one, and
    whoever asks meanwhile finds each statement by what was known of it or by what is. One that is
    killed is begun again.
    """
    until = _without_what_is_no_more()
    part = max(PART, -(-until // PARTS))
    return sum(_made_anew(after, min(after + part, until)) for after in range(0, until, part))


def _without_what_is_no_more() -> int:
    """The end of the log; nothing is found, and the reader stands nowhere, behind it."""
    with transaction.atomic():
        cursor = readers.locked_cursor(INDEX.name)
        until = log.high_water()
        Mention.objects.filter(seq__gt=until).delete()
        cursor.seq = min(cursor.seq, until)
        cursor.save()
    return until


def _made_anew(after: int, until: int) -> int:
    read = 0
    with transaction.atomic():
        cursor = readers.locked_cursor(INDEX.name)
        Mention.objects.filter(seq__gt=after, seq__lte=until).delete()
        while rows := readers.after(
            after, until=until, most=readers.BATCH, most_bytes=readers.MOST_BYTES
        ):
            _fold(rows, cursor)
            after = rows[-1].seq
            read += len(rows)
        cursor.seq = max(cursor.seq, until)
        cursor.save()
    return read
