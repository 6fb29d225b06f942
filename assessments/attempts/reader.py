"""The reader of the log that keeps Attempt and AttemptAnswer.

An attempt is made anew from all that the log has of it, whenever something new of it is read. So what
comes out depends on what was said, and not on the order or the batches in which it came.
"""

import uuid
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db import transaction

from assessments import readers
from assessments.attempts import remaking, rows, tablet_keys
from assessments.attempts.said import VERBS
from assessments.attempts.voids import slices
from assessments.attempts.writing import SOURCE
from assessments.models import Attempt, Cursor, Standing, Statement
from assessments.statements import log
from assessments.statements.voiding import VOIDED
from elearning.users.models import DeviceKey

# So many attempts are made anew in one transaction.
MOST = 100


def catch_up() -> None:
    """Two queries when there is nothing new."""
    ATTEMPTS.catch_up()
    known = DeviceKey.objects.values("name")
    sealed = Attempt.objects.exclude(missing_key="").filter(missing_key__in=known)
    remake_some(sealed.values_list("pk", flat=True))


def remake_some(attempts: Iterable[uuid.UUID]) -> None:
    """Because something else than the log has changed: a person has marked, a key has come."""
    _remake(dict.fromkeys(attempts, ()), Cursor())


def remake_unmarked() -> None:
    """Those that could not be marked here: an edition or a key may have come."""
    remake_some(Attempt.objects.filter(standing=Standing.ELSEWHERE).values_list("pk", flat=True))


def rebuild() -> int:
    """Make all anew from the log; returns how many statements of attempts were read.

    First it is gathered where in the log each attempt stands, eight bytes a statement. Then attempts
    are made anew, some at a time and each from all that was said of it: nobody waits for long, every row that
    is seen is right, and one that is killed is begun again. The reader's place is left alone, so
    what comes in meanwhile is read as ever.
    """
    until, counted = log.high_water(), Cursor()
    named = Statement.objects.filter(verb=tablet_keys.VERB, seq__lte=until).exclude(source=SOURCE)
    tablet_keys.hear(named.iterator(readers.BATCH))
    places = _places(until)
    known = Attempt.objects.values_list("pk", flat=True).iterator(readers.BATCH)
    places |= {name: array("q") for name in known if name not in places}
    _remake(places, counted)
    with transaction.atomic():
        cursor = readers.locked_cursor(ATTEMPTS.name)
        if cursor.seq <= until:
            cursor.seq, cursor.unreadable = until, counted.unreadable
            cursor.save()
    return sum(map(len, places.values()))


def _places(until: int) -> "dict[uuid.UUID, array[int]]":
    """Of the statements of each attempt."""
    found: dict[uuid.UUID, array[int]] = {}
    every = Statement.objects.filter(registration__isnull=False, verb__in=VERBS, seq__lte=until)
    after = 0
    while some := list(
        every.filter(seq__gt=after)
        .order_by("seq")
        .values_list("seq", "registration")[: readers.BATCH]
    ):
        for seq, name in some:
            if name:
                found.setdefault(name, array("q")).append(seq)
        after = some[-1][0]
    return found


def _remake(places: Mapping[uuid.UUID, Collection[int]], counted: Cursor) -> None:
    names = sorted(places)
    for first in range(0, len(names), MOST):
        with transaction.atomic():
            readers.locked_cursor(ATTEMPTS.name)
            remaking.remake(
                {each: places[each] for each in names[first : first + MOST]}, {}, counted
            )


def _fold(batch: list[Statement], cursor: Cursor) -> None:
    tablet_keys.hear(batch)
    said = {row.seq: each for row in batch if (each := remaking.readable(row, cursor))}
    places: dict[uuid.UUID, list[int]] = defaultdict(list)
    for each in said.values():
        places[each.attempt].append(each.seq)
    own = {row.seq for row in batch if row.source == SOURCE}
    touched = {each.attempt for each in said.values() if each.seq not in own}
    touched |= _of_the_voided(batch) | _not_noted(places, own)
    # What else of them can't be read was counted when it was read first.
    remaking.remake({name: places[name] for name in touched}, said, Cursor())


def _not_noted(places: Mapping[uuid.UUID, list[int]], own: set[int]) -> set[uuid.UUID]:
    """What this server has written itself was noted in the row when it was written: it is nothing new."""
    written = {name for name, some in places.items() if not own.isdisjoint(some)}
    known = rows.of(written)
    return {
        name
        for name in written
        if name not in known or not own.intersection(places[name]) <= set(known[name].statements)
    }


def _of_the_voided(batch: list[Statement]) -> set[uuid.UUID]:
    """The attempts of what others have voided; what this server overrules itself is known already."""
    targets = [
        row.target for row in batch if row.verb == VOIDED and row.target and row.source != SOURCE
    ]
    found: set[uuid.UUID] = set()
    for some in slices(targets):
        named = Statement.objects.filter(id__in=some, registration__isnull=False)
        found.update(name for name in named.values_list("registration", flat=True) if name)
    return set(rows.of(found))


ATTEMPTS = readers.Reader("attempts", _fold)
