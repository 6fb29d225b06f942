"""From a statement as it was sent to what is kept of it."""

import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import Scope
from assessments.rules.keys import agent_key
from assessments.rules.progress import plausible
from assessments.statements import canonical
from assessments.statements.errors import Foreign, Refused
from assessments.statements.table import Row
from assessments.statements.validation import Invalid, check
from assessments.statements.voiding import VOIDED
from assessments.xapi.clients import Client
from assessments.xapi.versions import V1

ADL = "http://adlnet.gov/expapi/verbs/"


@dataclass(frozen=True)
class Batch:
    """What all statements of a request have in common."""

    client: Client
    version: str
    authority: str
    attached: Mapping[str, bytes] = field(default_factory=dict)


class Prepared(NamedTuple):
    """A checked statement: its row but for the moment of storing, and what the client sent.

    `text` is canonical JSON without `timestamp` and without what the server sets.
    """

    id: uuid.UUID
    text: str
    digest: bytes
    timestamp: datetime | None
    # What stands in the payload as timestamp; empty to take the moment of storing.
    written: str
    version: str
    authority: str
    actor: uuid.UUID
    verb: str
    object: str
    registration: uuid.UUID | None
    target: uuid.UUID | None

    def row(self, stored: datetime, source: uuid.UUID) -> Row:
        """With what the server adds (xAPI 1.0.3, part two, 2.4.7 to 2.4.10), behind the canonical text."""
        moment = stored.isoformat()
        payload = (
            f'{self.text[:-1]},"authority":{self.authority},"stored":"{moment}",'
            f'"timestamp":"{self.written or moment}","version":"{self.version}"}}'
        )
        return Row(
            id=self.id,
            stored=stored,
            timestamp=self.timestamp or stored,
            actor=self.actor,
            verb=self.verb,
            object=self.object,
            registration=self.registration,
            target=self.target,
            source=source,
            digest=self.digest,
            payload=payload,
        )


def prepare(statement: Any, batch: Batch) -> Prepared:
    """One checked statement; raises Refused or Foreign."""
    client = batch.client
    try:
        check(statement, batch.version, require_id=client.tablet)
    except Invalid as error:
        raise Refused(
            error.code,
            _(error.sentence) % error.values,
            statement=_name(statement),
            path=".".join(error.path),
        ) from error
    verb = statement["verb"]["id"].removeprefix(ADL)
    if client.tablet and verb == VOIDED:
        raise Refused(
            "no-voiding",
            _("A tablet cannot void statements."),
            statement=statement["id"],
            path="verb",
        )
    if verb == VOIDED and not client.may(Scope.WRITE, Scope.FORWARD):
        # It could take away what was said of somebody else.
        raise Foreign(_name(statement) or "")
    actor = _actor(statement, client)
    return _as_prepared(statement, batch, verb, actor)


def _actor(statement: dict[str, Any], client: Client) -> uuid.UUID:
    """Its key; raises Foreign where the client may not write about it."""
    actor = statement["actor"]
    # A group that bears an officer's account is not the officer.
    if actor.get("account") == client.own and actor.get("objectType") != "Group":
        return client.person
    if not client.may(Scope.WRITE, Scope.FORWARD):
        raise Foreign(_name(statement) or "")
    try:
        return agent_key(actor, settings.XAPI_HOME_PAGE)
    except UnicodeEncodeError as error:
        raise _bad_text(_name(statement)) from error


def _as_prepared(statement: dict[str, Any], batch: Batch, verb: str, actor: uuid.UUID) -> Prepared:
    name = uuid.UUID(statement["id"]) if "id" in statement else uuid.uuid4()
    sent = canonical.listed(canonical.bare(statement))
    sent["id"] = str(name)
    given = statement.get("timestamp")
    moment = _moment(given) if given else None
    thing = statement["object"]
    kind = thing.get("objectType", "Activity")
    text, digest = _text(sent, None if _filled_in(statement, batch) else moment)
    registration = sent.get("context", {}).get("registration")
    return Prepared(
        id=name,
        text=text,
        digest=digest,
        timestamp=_happened(statement, moment, batch),
        written=_written(given, moment, batch.version),
        version=statement.get("version", "1.0.0" if batch.version == V1 else batch.version),
        authority=_authority(statement, batch),
        actor=actor,
        verb=verb,
        object=thing["id"] if kind == "Activity" else kind,
        registration=uuid.UUID(registration) if registration else None,
        target=uuid.UUID(thing["id"]) if kind == "StatementRef" else None,
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _happened(statement: dict[str, Any], moment: datetime | None, batch: Batch) -> datetime | None:
    """When readers take it to have happened; the payload keeps what the tablet said.

    A clock that can't be right was judged by the server that the tablet reached, which says so in
    `stored` (assessments.forwarding.batches): a week on the road to this one must not make the
    answer a week younger here. What may be right by this server's clock is believed, for that of
    the other one may be wrong as well.
    """
    if moment is None or "stored" not in statement or not batch.client.may(Scope.FORWARD):
        return moment
    if plausible(moment, timezone.now()) == moment:
        return moment
    return plausible(moment, _moment(statement["stored"]))


def _authority(statement: dict[str, Any], batch: Batch) -> str:
    """Who vouches: the client, but another server's log keeps who vouched there (part two, 2.4.9)."""
    if "authority" in statement and batch.client.may(Scope.FORWARD):
        return canonical.text(statement["authority"])
    return batch.authority


def _filled_in(statement: dict[str, Any], batch: Batch) -> bool:
    """Whether another server set the timestamp, because the client had sent none (2.4.7).

    It is then the moment of storing, to the letter. The digest leaves it out, as where the same
    statement comes without one, straight or by way of a third server: else each of them, right as
    it is, would seem to contradict the others. Only a server that passes on its log is asked:
    what any other client sends as `stored` means nothing.
    """
    if not batch.client.may(Scope.FORWARD):
        return False
    return "stored" in statement and statement["stored"] == statement.get("timestamp")


def _written(given: str | None, moment: datetime | None, version: str) -> str:
    """As the client wrote it; version 2.0 gives out UTC only (2.0, 4.2.7)."""
    if given is None or moment is None:
        return ""
    return given if version == V1 else moment.isoformat().replace("+00:00", "Z")


def _text(sent: dict[str, Any], moment: datetime | None) -> tuple[str, bytes]:
    """Canonical JSON, and the digest of that and the moment, which may be written in many ways."""
    try:
        text = canonical.text(sent)
        same = canonical.comparable(sent)
        compared = text if same is sent else canonical.text(same)
        return text, canonical.digest(f"{compared}{moment.isoformat() if moment else ''}")
    except RecursionError as error:
        raise Refused(
            "too-deep", _("It is nested too deeply to be stored."), statement=sent["id"]
        ) from error
    except ValueError as error:
        raise _bad_text(sent["id"]) from error


def digests_anew(payload: str) -> Iterator[bytes]:
    """Of a stored statement; also as of one that came without a timestamp, where it may have."""
    statement = json.loads(payload, parse_float=canonical.number)
    sent = canonical.listed(canonical.bare(statement))
    yield _text(sent, _moment(statement["timestamp"]))[1]
    if statement["timestamp"] == statement["stored"]:
        yield _text(sent, None)[1]


def _bad_text(statement: str | None) -> Refused:
    return Refused(
        "bad-text",
        _("It holds a character or a number that cannot be stored."),
        statement=statement,
    )


def _name(statement: Any) -> str | None:
    """The id of a statement that may be anything."""
    name = statement.get("id") if isinstance(statement, dict) else None
    return name[:64] if isinstance(name, str) else None
