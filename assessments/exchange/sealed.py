"""One signed and encrypted file from one server to another (docs/formats.md). No Django in this file.

    magic (8) · version (2) · size of the header (4) · header · chunks · signature (64)

The signature is Ed25519 by the sender over the SHA-256 of all before it. The key of the chunks
comes from an X25519 key made for this file and the receiver's, through HKDF bound to the header.
docs/decisions/0010-sealed-files.md says why it is so.
"""

import contextlib
import hashlib
import io
import json
import struct
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from assessments.exchange.chunks import Body, Opening, Sealing
from assessments.exchange.errors import (
    Damaged,
    ForAnother,
    NotOurs,
    TooNew,
    UnknownSender,
    WrongKind,
)
from assessments.exchange.keys import Identity, Public
from elearning.whole import written_whole

# As PNG has it: a program that takes it for text spoils the first eight bytes already.
MAGIC = b"\x89ELX\r\n\x1a\n"
VERSION = 1
FRONT = struct.Struct(">8sHI")
LONGEST_HEADER = 4096
SIGNATURE = 64
SIGNED = b"elearning sealed file 1\0"


@dataclass(frozen=True)
class Header:
    """What stands outside the encryption: anybody who finds the file can read it."""

    kind: str
    sender: uuid.UUID
    receiver: uuid.UUID
    # Another name for every file that is made.
    serial: uuid.UUID
    created: datetime
    # The public half of the key made for this file.
    ephemeral: bytes

    def to_bytes(self) -> bytes:
        fields = {
            "kind": self.kind,
            "sender": str(self.sender),
            "receiver": str(self.receiver),
            "serial": str(self.serial),
            "created": self.created.isoformat(),
            "ephemeral": self.ephemeral.hex(),
        }
        return json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Header":
        """Raises Damaged."""
        try:
            fields: Any = json.loads(data)
            return cls(
                kind=str(fields["kind"]),
                sender=uuid.UUID(fields["sender"]),
                receiver=uuid.UUID(fields["receiver"]),
                serial=uuid.UUID(fields["serial"]),
                created=datetime.fromisoformat(fields["created"]).astimezone(UTC),
                ephemeral=bytes.fromhex(fields["ephemeral"]),
            )
        except (ValueError, LookupError, TypeError, AttributeError, OverflowError) as error:
            raise Damaged from error


@dataclass(frozen=True)
class Opened:
    """A file that was verified whole; `content` can be read and sought in until the block ends."""

    header: Header
    content: BinaryIO
    # Of the whole file, in hexadecimal digits.
    sha256: str


@contextlib.contextmanager
def sealed_file(
    path: Path, *, kind: str, sender: Identity, receiver: Public
) -> Iterator[io.RawIOBase]:
    """Write into what this gives; the file appears at `path` when the block ends without an error."""
    ephemeral = X25519PrivateKey.generate()
    header = Header(
        kind=kind,
        sender=sender.public.id,
        receiver=receiver.id,
        serial=uuid.uuid4(),
        created=datetime.now(UTC),
        ephemeral=ephemeral.public_key().public_bytes_raw(),
    ).to_bytes()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(receiver.exchange))
    digest = hashlib.sha256()
    with written_whole(path) as file:

        def write_out(data: bytes) -> None:
            digest.update(data)
            file.write(data)

        front = FRONT.pack(MAGIC, VERSION, len(header)) + header
        write_out(front)
        body = Sealing(_cipher(shared, front, receiver.exchange), write_out)
        yield body
        body.finish()
        file.write(sender.signer.sign(SIGNED + digest.digest()))


@contextlib.contextmanager
def opened_file(
    path: Path, *, kind: str, receiver: Identity, sender: Callable[[uuid.UUID], Public | None]
) -> Iterator[Opened]:
    """Verify the whole file, then give what is inside; `sender` finds the keys of a server that is trusted.

    Raises Unreadable before anything inside can be read. A stick that gives other bytes when they are
    read again is found too, as Damaged, and then the block must undo what it did.
    """
    with path.open("rb") as file:
        front, header = _front(file)
        if header.receiver != receiver.public.id:
            raise ForAnother
        public = sender(header.sender)
        if public is None:
            raise UnknownSender(header.sender)
        body = Body(len(front), _size(file) - len(front) - SIGNATURE)
        cipher = _key_for(receiver, header, front)
        sha256 = _verified(file, front, body, cipher, public)
        if header.kind != kind:
            raise WrongKind(header.kind, kind)
        with io.BufferedReader(Opening(file, body, cipher)) as content:
            yield Opened(header, content, sha256)


def _front(file: BinaryIO) -> tuple[bytes, Header]:
    """The bytes before the body, and what they say; raises Unreadable."""
    fixed = file.read(FRONT.size)
    if not fixed.startswith(MAGIC):
        raise NotOurs
    if len(fixed) < FRONT.size:
        raise Damaged
    _magic, version, size = FRONT.unpack(fixed)
    if version > VERSION:
        raise TooNew(version)
    if version < VERSION or size > LONGEST_HEADER:
        raise Damaged
    header = file.read(size)
    if len(header) < size:
        raise Damaged
    return fixed + header, Header.from_bytes(header)


def _size(file: BinaryIO) -> int:
    return file.seek(0, io.SEEK_END)


def _verified(
    file: BinaryIO, front: bytes, body: Body, cipher: ChaCha20Poly1305, sender: Public
) -> str:
    """The SHA-256 of the file, read once from its beginning to its end; raises Damaged."""
    digest = hashlib.sha256(front)
    file.seek(len(front))
    for number in range(body.chunks):
        sealed = file.read(body.place(number)[1])
        digest.update(sealed)
        body.decrypt(cipher, number, sealed)
    signature = file.read()
    try:
        key = Ed25519PublicKey.from_public_bytes(sender.signing)
        key.verify(signature, SIGNED + digest.digest())
    except (InvalidSignature, ValueError) as error:
        raise Damaged from error
    digest.update(signature)
    return digest.hexdigest()


def _key_for(receiver: Identity, header: Header, front: bytes) -> ChaCha20Poly1305:
    try:
        ephemeral = X25519PublicKey.from_public_bytes(header.ephemeral)
        shared = receiver.receiver.exchange(ephemeral)
    except ValueError as error:
        raise Damaged from error
    return _cipher(shared, front, receiver.public.exchange)


def _cipher(shared: bytes, front: bytes, receiver: bytes) -> ChaCha20Poly1305:
    """Bound to the header, and so to sender, receiver, kind and the key made for this file."""
    info = SIGNED + hashlib.sha256(front).digest() + receiver
    return ChaCha20Poly1305(HKDF(hashes.SHA256(), 32, salt=None, info=info).derive(shared))
