"""The same content is the same bytes."""

import hashlib
import json
from collections.abc import Callable
from typing import Any


def to_bytes(document: dict[str, Any], default: Callable[[Any], Any] | None = None) -> bytes:
    """`default` writes what JSON has no word for, as in json.dumps."""
    return json.dumps(
        document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=default
    ).encode()


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
