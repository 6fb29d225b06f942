"""What is carried back: that a file with a log was taken in, and up to where that log is known now."""

import json
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from assessments.exchange import identity, sealed
from assessments.exchange.errors import Damaged, TooNew
from assessments.exchange.taking import Taken
from assessments.models import Partner, Statement

KIND = "receipt"
FORMAT = 1
LARGEST = 64 * 1024


@dataclass(frozen=True)
class Noted:
    """`moved`: whether the partner's mark is further now than it was."""

    partner: Partner
    moved: bool
    stored: int
    known: int
    aside: int


def give(path: Path, taken: Taken) -> None:
    """Raises ExchangeError and OSError."""
    content = {
        "format": FORMAT,
        "file": taken.sha256,
        "after": taken.after,
        "until": taken.until,
        "last": taken.last,
        "stored": taken.stored,
        "known": taken.known,
        "aside": taken.aside,
    }
    with sealed.sealed_file(
        path, kind=KIND, sender=identity.own(), receiver=taken.partner.keys
    ) as target:
        target.write(json.dumps(content).encode())


def note(path: Path) -> Noted:
    """Move the mark of the server that gave it: never backwards, and never over what it can't have.

    An older receipt, or one of a log that this server has not (it was restored from a backup),
    changes nothing. Raises ExchangeError and OSError.
    """
    with sealed.opened_file(
        path, kind=KIND, receiver=identity.own(), sender=identity.keys_of
    ) as opened:
        text = opened.content.read(LARGEST)
    try:
        return _noted(opened.header.sender, json.loads(text))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise Damaged from error


def _noted(sender: uuid.UUID, content: dict[str, Any]) -> Noted:
    if int(content["format"]) != FORMAT:
        raise TooNew(int(content["format"]))
    after, until, last = int(content["after"]), int(content["until"]), uuid.UUID(content["last"])
    with transaction.atomic():
        partner = Partner.objects.select_for_update().get(pk=sender)
        moved = after <= partner.received < until and _is_ours(until, last)
        if moved:
            partner.received = until
            partner.save(update_fields=["received"])
    counts = {name: int(content[name]) for name in ("stored", "known", "aside")}
    return Noted(partner, moved, **counts)


def _is_ours(seq: int, last: uuid.UUID) -> bool:
    """A log that was restored goes on with other statements under the same numbers."""
    return Statement.objects.filter(seq=seq, id=last).exists()
