"""What of a statement of an attempt is sealed, and by what name the next one calls it."""

import hashlib
import json
import re
from dataclasses import dataclass

from assessments.rules.hashing import sha256

# Half of a pair, which UTF-8 cannot write; JSON.stringify writes it so.
HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Facts:
    """In the order in which they are sealed. `actor` is the account's name, `response` and `previous` may be empty."""

    id: str
    timestamp: str
    actor: str
    verb: str
    object: str
    registration: str
    response: str
    elapsed: int
    n: int
    previous: str


def text(facts: Facts) -> str:
    """The very bytes (in UTF-8) that are signed."""
    # Not astuple, which copies each of them deeply: this is done twice for every statement of an attempt.
    written = json.dumps(list(vars(facts).values()), ensure_ascii=False, separators=(",", ":"))
    return HALF.sub(lambda half: f"\\u{ord(half[0]):x}", written)


def digest(facts: Facts) -> str:
    """SHA-256 of the text, in hex: `previous` of the statement after."""
    return sha256(text(facts))


def key_name(spki: bytes) -> str:
    """The name of a device's public key: the first 16 bytes of its SHA-256, in hex."""
    return hashlib.sha256(spki).hexdigest()[:32]
