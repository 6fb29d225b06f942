"""Passing the log on to the next server, over the same protocol that tablets speak.

The forwarder is a reader of the log. No transaction is open while it sends: on SQLite every writer
would wait for the network. It moves its cursor after the next server has said that it has the
statements, and only from where it stood when they were read; whoever is killed in between, or runs
beside another forwarder, sends something twice, which the next server knows.
"""

import contextlib
import logging
import random
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from assessments.forwarding import batches, upstream
from assessments.forwarding.batches import Batch
from assessments.forwarding.errors import NotAllowed, NotSent, Refusal, Unavailable
from assessments.models import Cursor, Forwarding, SetAside
from assessments.readers import lag, locked_cursor
from assessments.statements import log
from assessments.statements.services import keep_aside
from assessments.statements.table import Row

CURSOR = "forward"
ASIDE = "upstream-"
# Seconds; the longest is 24 times the first, two minutes: a vehicle may pass a network in minutes.
FIRST_PAUSE = 5.0
LONGEST = 24
logger = logging.getLogger("elearning.forwarding")


@dataclass
class Done:
    """How many statements the next server took, and how many it refused for good."""

    sent: int = 0
    aside: int = 0


def forward(*, first_pause: float = FIRST_PAUSE) -> Done:
    """One pass: send all that the log holds now. Raises Unavailable or NotAllowed, and nothing is lost.

    `first_pause` is how many seconds after a failure the next try is due; each further one doubles it.
    """
    done = Done()
    if not lag(CURSOR):
        return done
    try:
        _send(done, until=log.high_water())
    except (Unavailable, NotAllowed) as error:
        _failed(error, first_pause)
        raise
    return done


def forward_when_due() -> None:
    """A pass, where there is a next server and it is not too early after a failure."""
    now = timezone.now()
    # No further ahead than any pause: a box whose clock was wrong by years must not wait for them.
    latest = now + timedelta(seconds=LONGEST * FIRST_PAUSE)
    early = Forwarding.objects.filter(next_try__gt=now, next_try__lte=latest)
    if settings.UPSTREAM_URL and not early.exists():
        # To be offline is normal, and noted already.
        with contextlib.suppress(NotSent):
            forward()


def start_again() -> None:
    """Send the whole log once more: to another server, or to one that went back to a backup."""
    with transaction.atomic():
        cursor = locked_cursor(CURSOR)
        cursor.seq = 0
        cursor.save()


def _send(done: Done, until: int) -> None:
    """Halve a batch that is refused until the guilty statement stands alone, and go on behind it."""
    most, failed = _most_at_first(), 0
    while batch := batches.next_batch(_position(), until=until, most=most):
        count = len(batch.items)
        try:
            upstream.post(batch)
        except Refusal as refusal:
            if count > 1:
                most, failed = count // 2, failed + 1
                continue
            if _settle(batch, refused=refusal.code):
                done.aside += 1
        except NotSent as error:
            error.tries += failed
            raise
        else:
            if _settle(batch):
                done.sent += count
        most, failed = min(2 * most, batches.MOST), 0


def _most_at_first() -> int:
    """Half as many for each try that has failed since one went well, as a tablet does it: a slow
    line may carry less, and a proxy may let less through, whatever else has failed meanwhile."""
    row = Forwarding.objects.filter(pk=Forwarding.THE_ROW).first()
    return max(1, batches.MOST >> (row.failures if row else 0))


def _position() -> int:
    return Cursor.objects.filter(reader=CURSOR).values_list("seq", flat=True).first() or 0


def _settle(batch: Batch, refused: str = "") -> bool:
    """Move the cursor behind the batch, unless another forwarder has moved it meanwhile."""
    with transaction.atomic():
        cursor = locked_cursor(CURSOR)
        if cursor.seq != batch.after:
            return False
        cursor.seq = batch.last
        cursor.save()
        well: dict[str, object] = {"error": "", "failures": 0, "next_try": None}
        if refused:
            (item,) = batch.items
            row = Row(*(getattr(item.row, name) for name in Row._fields))
            keep_aside(row, f"{ASIDE}{refused}"[:40])
            logger.warning("Statement %d is kept aside: %s", item.row.seq, refused)
        else:
            well["succeeded"] = timezone.now()
            # What was refused once and is taken now wants nobody's attention any more.
            SetAside.objects.filter(statement__in=batch.ids, code__startswith=ASIDE).delete()
        Forwarding.objects.update_or_create(pk=Forwarding.THE_ROW, defaults=well)
    return True


def _failed(error: NotSent, first_pause: float) -> None:
    with transaction.atomic():
        rows = Forwarding.objects.select_for_update()
        row, _new = rows.get_or_create(pk=Forwarding.THE_ROW)
        if row.error != error.code:
            # Once, not every two minutes for as long as there is no network.
            logger.warning("Nothing can be sent to the next server: %s", error)
        row.error = error.code
        row.failures += error.tries
        error.pause = _pause(row.failures, first_pause)
        row.next_try = timezone.now() + timedelta(seconds=error.pause)
        row.save()


def _pause(failures: int, first: float) -> float:
    """Longer each time, and never the same for two sites that lost the same centre."""
    longest = first * min(LONGEST, 2 ** min(failures - 1, 20))
    return longest * random.uniform(0.5, 1)  # noqa: S311 - no secret
