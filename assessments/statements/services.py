"""Appending to the log."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import Statement
from assessments.statements import canonical, log
from assessments.statements.errors import Conflict, Foreign, Refused
from assessments.statements.table import Row, append
from assessments.statements.validation import VOIDED, Invalid, check
from elearning.users.models import Grant

ADL = "http://adlnet.gov/expapi/verbs/"


@dataclass(frozen=True)
class Receipt:
    """What all statements of a batch have in common."""

    grant: Grant
    stored: datetime
    account: dict[str, str]
    # The end of each payload, as canonical JSON: authority and stored (2.4.8, 2.4.9).
    added: str


def store(*, grant: Grant, statements: list[Any]) -> list[str]:
    """Store what is new of a batch, all in one transaction, and return the ids in its order.

    A statement that is stored already counts as stored. Raises Refused, Foreign or Conflict, and
    then nothing of the batch is stored.
    """
    receipt = _receipt(grant)
    rows = [_row(statement, receipt) for statement in statements]
    digests = _digests(rows)
    with transaction.atomic():
        log.hold_open()
        # In the order of ids: two batches with the same statements can't wait for each other.
        if append(sorted(rows)) < len(rows):
            _same_as_stored(digests)
    return [str(row.id) for row in rows]


def _receipt(grant: Grant) -> Receipt:
    stored = timezone.now()
    authority = {
        "objectType": "Agent",
        "account": {"homePage": settings.WAGTAILADMIN_BASE_URL, "name": str(grant.device)},
    }
    added = canonical.text({"authority": authority, "stored": stored.isoformat()})
    account = {"homePage": settings.XAPI_HOME_PAGE, "name": str(grant.user_id)}
    return Receipt(grant, stored, account, added[1:-1])


def _row(statement: Any, receipt: Receipt) -> Row:
    """One checked statement as a row; raises Refused or Foreign."""
    try:
        check(statement, require_id=True)
    except Invalid as error:
        raise Refused(
            error.code,
            _(error.sentence) % error.values,
            statement=_name(statement),
            path=".".join(error.path),
        ) from error
    _permitted(statement, receipt)
    payload, digest = _payload(statement, receipt)
    registration = statement.get("context", {}).get("registration")
    given = statement.get("timestamp")
    return Row(
        id=uuid.UUID(statement["id"]),
        stored=receipt.stored,
        timestamp=datetime.fromisoformat(given) if given else receipt.stored,
        actor=receipt.grant.user_id,
        verb=statement["verb"]["id"].removeprefix(ADL),
        # People and sub-statements have no id.
        object=statement["object"].get("id", ""),
        registration=uuid.UUID(registration) if registration else None,
        device=receipt.grant.device,
        digest=digest,
        payload=payload,
    )


def _permitted(statement: dict[str, Any], receipt: Receipt) -> None:
    """A tablet says what its officer did, and takes nothing back; raises Foreign or Refused."""
    actor = statement["actor"]
    if actor.get("objectType") == "Group" or actor.get("account") != receipt.account:
        raise Foreign(statement["id"])
    if statement["verb"]["id"] == VOIDED:
        raise Refused(
            "no-voiding",
            _("A tablet cannot void statements."),
            statement=statement["id"],
            path="verb",
        )


def _payload(statement: dict[str, Any], receipt: Receipt) -> tuple[str, bytes]:
    """The text to keep, with what the server adds (xAPI 1.0.3, part two, 2.4.7 to 2.4.10).

    The digest is of what the client sent. Both come of one pass: the additions are written
    behind the canonical text, not into it.
    """
    sent = {key: value for key, value in statement.items() if key not in canonical.BY_SERVER}
    sent["id"] = statement["id"].lower()
    try:
        text = canonical.text(sent)
        digest = canonical.digest(text)
    except RecursionError as error:
        raise Refused(
            "too-deep", _("It is nested too deeply to be stored."), statement=sent["id"]
        ) from error
    except ValueError as error:
        raise Refused(
            "bad-text",
            _("It holds a character or a number that cannot be stored."),
            statement=sent["id"],
        ) from error
    version = statement.get("version", "1.0.0")
    missing = "" if "timestamp" in sent else f',"timestamp":"{receipt.stored.isoformat()}"'
    return f'{text[:-1]},{receipt.added}{missing},"version":"{version}"}}', digest


def _digests(rows: Iterable[Row]) -> dict[uuid.UUID, bytes]:
    """By id; raises Refused when an id stands twice in the batch."""
    digests: dict[uuid.UUID, bytes] = {}
    for row in rows:
        if row.id in digests:
            raise Refused(
                "repeated-id",
                _("The same id stands twice in one request."),
                statement=str(row.id),
                path="id",
            )
        digests[row.id] = row.digest
    return digests


def _same_as_stored(digests: dict[uuid.UUID, bytes]) -> None:
    """Raise Conflict when the log holds something else under one of the ids."""
    stored = Statement.objects.filter(id__in=digests).values_list("id", "digest")
    for statement, digest in stored:
        if bytes(digest) != digests[statement]:
            raise Conflict(str(statement))


def _name(statement: Any) -> str | None:
    """The id of a statement that may be anything."""
    name = statement.get("id") if isinstance(statement, dict) else None
    return name[:64] if isinstance(name, str) else None
