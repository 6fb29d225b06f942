"""The log of another server, taken from its sealed file as if each statement had come over the network."""

import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from assessments.exchange import archive, identity, sealed
from assessments.exchange.errors import Damaged, TooNew
from assessments.exchange.up import ABOUT, ATTACHMENTS, BATCHES, FORMAT, KIND
from assessments.models import Partner, Scope, Statement
from assessments.statements import attachments, canonical, services
from assessments.statements.bodies import Body
from assessments.statements.errors import Conflict, Refused
from assessments.statements.multipart import SUMS
from assessments.statements.table import Row
from assessments.xapi import versions
from assessments.xapi.clients import Client

# Of a batch without its gzip, in bytes: four times what is written (readers.MOST_BYTES).
LARGEST = 20_000_000


@dataclass
class Taken:
    """What became of a file. All of it was stored, known already, or set aside for a person."""

    partner: Partner
    sha256: str
    # As the sender's log counts: what the file begins behind, and the `seq` and id of its last statement.
    after: int
    until: int
    last: str
    stored: int = 0
    known: int = 0
    aside: int = 0


def take(path: Path) -> Taken:
    """Verify the whole file, then store what it holds, batch by batch; again, it changes nothing.

    Raises ExchangeError and OSError; before the first statement, unless the stick fails while it is
    read, and then importing once more does the rest.
    """
    with (
        sealed.opened_file(
            path, kind=KIND, receiver=identity.own(), sender=identity.keys_of
        ) as opened,
        archive.read(opened.content) as reader,
    ):
        partner = Partner.objects.get(pk=opened.header.sender)
        taken = _begun(reader.json(ABOUT), partner, opened.sha256)
        batches = _Batches(reader, partner, taken)
        for name in reader.names():
            if name.startswith(BATCHES):
                batches.take(name)
    return taken


def _begun(about: Any, partner: Partner, sha256: str) -> Taken:
    try:
        version = int(about["format"])
        after, until, last = int(about["after"]), int(about["until"]), uuid.UUID(about["last"])
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise Damaged from error
    if version != FORMAT:
        raise TooNew(version)
    return Taken(partner, sha256, after=after, until=until, last=str(last))


@dataclass(frozen=True)
class _Attached(Mapping[str, bytes]):
    """Read from the file whenever it is asked for: what is attached to a batch is not in memory together."""

    reader: archive.Reader
    names: frozenset[str]

    def __getitem__(self, name: str) -> bytes:
        if name not in self.names:
            raise KeyError(name)
        return self.reader.bytes(f"{ATTACHMENTS}{name}")

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def of(self, names: Iterable[str]) -> "_Attached":
        """Those of them that are among `names`."""
        return replace(self, names=self.names.intersection(names))

    def is_right(self, name: str) -> bool:
        """Whether it is there, has its sum, and is no larger than any request that brought it to the sender."""
        member, function = f"{ATTACHMENTS}{name}", SUMS.get(len(name))
        if not function or not self.reader.has(member):
            return False
        if self.reader.size(member) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return False
        return function(self[name]).hexdigest() == name


@dataclass
class _Batches:
    """Stores batches as a client that passes on another server's log (scope `forward`)."""

    reader: archive.Reader
    partner: Partner
    taken: Taken

    @property
    def client(self) -> Client:
        scopes = frozenset({Scope.FORWARD.value})
        return Client(self.partner.pk, self.partner.pk, {}, scopes, tablet=False)

    def take(self, name: str) -> None:
        if self.reader.size(name) > LARGEST:
            raise Damaged
        for version, group in groupby(_statements(self.reader.bytes(name)), _version):
            self._store(list(group), version)

    def _store(self, statements: list[Any], version: str) -> None:
        """All that can be stored; each that can't is kept aside, once."""
        unnamed = [each for each in statements if _id(each) is None]
        for statement in unnamed:
            # Without an id the server would make one, another at each import.
            self._set_aside(statement, "no-id")
        left = [each for each in statements if _id(each) is not None]
        attached = self._attached(left)
        while left:
            try:
                self._count(left, version, attached)
                return
            except Refused as error:
                refused = _refused(left, error)
                if refused is None:
                    half = len(left) // 2
                    self._store(left[:half], version)
                    left = left[half:]
                else:
                    # The service has kept a conflict aside itself.
                    self._set_aside(refused, error.code, kept=isinstance(error, Conflict))
                    left.remove(refused)

    def _count(self, statements: list[Any], version: str, attached: "_Attached") -> None:
        sent = attached.of(_sums(statements))
        known = Statement.objects.filter(id__in=map(_id, statements)).count()
        services.store(client=self.client, statements=statements, version=version, attached=sent)
        self.taken.known += known
        self.taken.stored += len(statements) - known

    def _attached(self, statements: list[Any]) -> "_Attached":
        """What came with them and has the sum that it is named by."""
        every = _Attached(self.reader, frozenset(_sums(statements)))
        return every.of(name for name in every.names if every.is_right(name))

    def _set_aside(self, statement: Any, code: str, *, kept: bool = False) -> None:
        self.taken.aside += 1
        if not kept:
            services.keep_aside(_row(statement, self.partner.pk), code)


def _statements(packed: bytes) -> list[Any]:
    try:
        text = Body(packed, packed=True).plain(LARGEST)
        found = json.loads(text, parse_float=canonical.number)
    except (Refused, ValueError, RecursionError) as error:
        raise Damaged from error
    if not isinstance(found, list):
        raise Damaged
    return found


def _version(statement: Any) -> str:
    named = statement.get("version") if isinstance(statement, dict) else None
    return (versions.spoken(named) if isinstance(named, str) else None) or versions.V1


def _id(statement: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(statement["id"])
    except (ValueError, LookupError, TypeError, AttributeError):
        return None


def _refused(statements: list[Any], error: Refused) -> Any | None:
    """The statement that the error names, or the only one; None when it may be any."""
    if len(statements) == 1:
        return statements[0]
    name = error.detail.get("statement")
    return next((each for each in statements if name and each["id"] == name), None)


def _sums(statements: list[Any]) -> set[str]:
    return {name for statement in statements for name in _declared(statement)}


def _declared(statement: Any) -> Iterator[str]:
    """Of a statement that was not checked yet."""
    try:
        yield from [attachment["sha2"].lower() for attachment in attachments.declared(statement)]
    except (LookupError, TypeError, AttributeError):
        return


def _row(statement: Any, source: uuid.UUID) -> Row:
    """What can be kept of a statement that may be anything: its text, under its id or that of its text."""
    text = json.dumps(statement, sort_keys=True)
    now = timezone.now()
    return Row(
        id=_id(statement) or uuid.uuid5(uuid.NAMESPACE_OID, text),
        stored=now,
        timestamp=now,
        actor=uuid.UUID(int=0),
        verb="",
        object="",
        registration=None,
        target=None,
        source=source,
        digest=hashlib.sha256(text.encode()).digest(),
        payload=text,
    )
