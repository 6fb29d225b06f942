"""Appending to the log."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import Attachment, SetAside, Statement
from assessments.statements import attachments, canonical, log
from assessments.statements.errors import Conflict, Refused
from assessments.statements.preparing import Batch, Prepared, digests_anew, prepare
from assessments.statements.table import Row, append
from assessments.statements.together import in_one_transaction
from assessments.xapi.clients import Client
from assessments.xapi.versions import V1


def store(
    *,
    client: Client,
    statements: Sequence[Any],
    version: str = V1,
    attached: Mapping[str, bytes] | None = None,
) -> list[str]:
    """Store what is new of a batch, all in one transaction, and return the ids in its order.

    A statement that is stored already counts as stored. Raises Refused, Foreign or Conflict, and
    then nothing of the batch is stored; a conflict is kept aside for a person to look at.
    """
    batch = Batch(client, version, canonical.text(client.authority), attached or {})
    prepared = [prepare(statement, batch) for statement in statements]
    attachments.check(statements, batch.attached)
    digests = _digests(prepared)
    kept = attachments.keep_bytes(batch.attached)
    try:
        in_one_transaction(lambda: _append(prepared, digests, client.source, kept))
    except Conflict as conflict:
        _set_aside(conflict, prepared, client)
        # Said again here: the transaction may have been made by a request in another language.
        raise Conflict(conflict.statement) from conflict
    return [str(each.id) for each in prepared]


def _append(
    prepared: Iterable[Prepared],
    digests: Mapping[uuid.UUID, bytes],
    source: uuid.UUID,
    attached: Sequence[Attachment],
) -> None:
    """Raises Conflict."""
    if attached:
        attachments.keep_rows(attached)
    log.hold_open()
    # Now, not before: what is stored later in the log was stored later in time.
    stored = timezone.now()
    # In the order of ids: two batches with the same statements can't wait for each other.
    rows = [each.row(stored, source) for each in sorted(prepared)]
    if append(rows) < len(rows):
        _same_as_stored(digests)


def _digests(prepared: Iterable[Prepared]) -> dict[uuid.UUID, bytes]:
    """By id; raises Refused when an id stands twice in the batch."""
    digests: dict[uuid.UUID, bytes] = {}
    for each in prepared:
        if each.id in digests:
            raise Refused(
                "repeated-id",
                _("The same id stands twice in one request."),
                statement=str(each.id),
                path="id",
            )
        digests[each.id] = each.digest
    return digests


def _same_as_stored(digests: Mapping[uuid.UUID, bytes]) -> None:
    """Raise Conflict when the log holds something else under one of the ids."""
    stored = Statement.objects.filter(id__in=digests).values_list("id", "digest")
    for name, digest in stored:
        if bytes(digest) != digests[name] and digests[name] not in _digests_anew(name):
            raise Conflict(str(name))


def _digests_anew(name: uuid.UUID) -> Iterator[bytes]:
    """A digest may have been made by an older rule: then what is stored decides, and is read."""
    (payload,) = Statement.objects.filter(id=name).values_list("payload", flat=True)
    return digests_anew(payload)


def _set_aside(conflict: Conflict, prepared: Iterable[Prepared], client: Client) -> None:
    """Keep what was refused; the same again is counted, not kept again."""
    refused = next(each for each in prepared if str(each.id) == conflict.statement)
    keep_aside(refused.row(timezone.now(), client.source), conflict.code)


def keep_aside(row: Row, code: str) -> None:
    kept, new = SetAside.objects.get_or_create(
        statement=row.id,
        code=code,
        digest=row.digest,
        defaults={"source": row.source, "payload": row.payload},
    )
    if not new:
        SetAside.objects.filter(pk=kept.pk).update(times=F("times") + 1, last=timezone.now())
