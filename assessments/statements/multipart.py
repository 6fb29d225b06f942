"""Statements with attachments: multipart/mixed (xAPI 1.0.3, part three, 1.5.2; RFC 2046, 5.1)."""

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser

from django.utils.translation import gettext as _

from assessments.statements.errors import Refused

# The lengths of a SHA-2 sum in hexadecimal digits, and its function.
SUMS = {56: hashlib.sha224, 64: hashlib.sha256, 96: hashlib.sha384, 128: hashlib.sha512}


@dataclass(frozen=True)
class Parts:
    """The first part and the others by the sum that they are named by."""

    statements: bytes
    attachments: dict[str, bytes]


def read(content_type: str, body: bytes) -> Parts:
    """Raises Refused for anything that is not as 1.5.2 demands, and for bytes that don't have their sum."""
    first, *others = _split(_boundary(content_type), body)
    headers, statements = _part(first)
    if headers.get_content_type() != "application/json":
        raise _bad(_("The first part must be application/json."))
    return Parts(statements, dict(_attachment(*_part(other)) for other in others))


def _boundary(content_type: str) -> bytes:
    message = Message()
    message["Content-Type"] = content_type
    try:
        boundary = message.get_boundary()
    except ValueError:
        boundary = None
    if not boundary:
        raise _bad(_("The content type names no boundary."))
    return boundary.encode(errors="replace")


def _split(boundary: bytes, body: bytes) -> list[bytes]:
    """What stands between the boundaries; each part begins after its line break."""
    mark = b"\r\n--" + boundary
    pieces = (b"\r\n" + body).split(mark)
    if len(pieces) < 3 or not pieces[-1].startswith(b"--"):
        raise _bad(_("The request holds no parts, or its last boundary is missing."))
    return pieces[1:-1]


def _part(piece: bytes) -> tuple[Message, bytes]:
    head, gap, content = piece.lstrip(b" \t").partition(b"\r\n\r\n")
    if not gap or not head.startswith(b"\r\n"):
        raise _bad(_("A part has no headers."))
    return BytesHeaderParser().parsebytes(head[2:]), content


def _attachment(headers: Message, content: bytes) -> tuple[str, bytes]:
    if str(headers.get("Content-Transfer-Encoding", "")).strip().lower() != "binary":
        raise _bad(_("An attachment must have Content-Transfer-Encoding: binary."))
    named = str(headers.get("X-Experience-API-Hash", "")).strip().lower()
    if not named:
        raise _bad(_("An attachment has no X-Experience-API-Hash."))
    function = SUMS.get(len(named))
    if function is None or function(content).hexdigest() != named:
        raise _bad(_("An attachment does not have the sum that its X-Experience-API-Hash says."))
    return named, content


def _bad(sentence: str) -> Refused:
    return Refused("bad-multipart", sentence)


def write(statements: object, attachments: Iterable[tuple[str, str, bytes]]) -> tuple[str, bytes]:
    """The content type and the body; `attachments` are (sum, content type, bytes)."""
    boundary = secrets.token_hex(16)
    text = statements if isinstance(statements, bytes) else json.dumps(statements).encode()
    pieces = [_piece(boundary, {"Content-Type": "application/json"}, text)]
    for name, content_type, content in attachments:
        headers = {
            "Content-Type": content_type,
            "Content-Transfer-Encoding": "binary",
            "X-Experience-API-Hash": name,
        }
        pieces.append(_piece(boundary, headers, content))
    body = b"".join(pieces) + f"--{boundary}--\r\n".encode()
    return f"multipart/mixed; boundary={boundary}", body


def _piece(boundary: str, headers: dict[str, str], content: bytes) -> bytes:
    lines = [f"--{boundary}", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode() + content + b"\r\n"
