"""The keys of a server: Ed25519 to sign with, X25519 to be written to. No Django in this file."""

import base64
import binascii
import hashlib
import uuid
from dataclasses import dataclass, field
from typing import Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from assessments.exchange.errors import ExchangeError

PUBLIC = "elx1-public-"
PRIVATE = "elx1-private-"
KEY = 32
CHECK = 4


class BadKey(ExchangeError):
    pass


@dataclass(frozen=True)
class Public:
    """What another server must know of this one; each key is 32 bytes."""

    signing: bytes
    exchange: bytes

    @property
    def id(self) -> uuid.UUID:
        """A server's name everywhere: made of its keys, so nobody else can have it."""
        digest = hashlib.sha256(PUBLIC.encode() + self.signing + self.exchange).digest()
        return uuid.UUID(bytes=digest[:16], version=5)

    @property
    def text(self) -> str:
        """One line to carry to the other side."""
        return _line(PUBLIC, self.signing + self.exchange)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises BadKey."""
        keys = _keys(PUBLIC, text, "The public line is not right. Copy the whole line")
        return cls(keys[:KEY], keys[KEY:])


@dataclass(frozen=True)
class Identity:
    """The private half."""

    signing: bytes = field(repr=False)
    exchange: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> Self:
        return cls(
            Ed25519PrivateKey.generate().private_bytes_raw(),
            X25519PrivateKey.generate().private_bytes_raw(),
        )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises BadKey."""
        keys = _keys(PRIVATE, text, "The private key is damaged. Take it from a backup")
        return cls(keys[:KEY], keys[KEY:])

    @property
    def text(self) -> str:
        return _line(PRIVATE, self.signing + self.exchange)

    @property
    def signer(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.signing)

    @property
    def receiver(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(self.exchange)

    @property
    def public(self) -> Public:
        return Public(
            self.signer.public_key().public_bytes_raw(),
            self.receiver.public_key().public_bytes_raw(),
        )


def _line(prefix: str, keys: bytes) -> str:
    return prefix + base64.urlsafe_b64encode(keys + _check(prefix, keys)).decode().rstrip("=")


def _keys(prefix: str, text: str, otherwise: str) -> bytes:
    """Both keys; a letter that was typed wrong is found by the check at the end."""
    wrong = BadKey(f"{otherwise}: it begins with {prefix}.")
    line = text.strip()
    if not line.startswith(prefix):
        raise wrong
    value = line.removeprefix(prefix)
    try:
        found = base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error) as error:
        raise wrong from error
    keys, check = found[: 2 * KEY], found[2 * KEY :]
    if len(keys) != 2 * KEY or check != _check(prefix, keys) or _line(prefix, keys) != line:
        raise wrong
    return keys


def _check(prefix: str, keys: bytes) -> bytes:
    return hashlib.sha256(b"check" + prefix.encode() + keys).digest()[:CHECK]
