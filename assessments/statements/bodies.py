"""From the bytes of a request to its statements."""

import json
import zlib
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, UnreadablePostError
from django.utils.translation import gettext as _

from assessments.statements import canonical, multipart
from assessments.statements.errors import Refused, TooLarge

# The learner's app sends 100 at once, a site that forwards its log up to 500.
MOST = 500


@dataclass(frozen=True)
class Sent:
    """The statements of a request, not yet checked, and the attachments by their SHA-2 sum."""

    statements: list[Any]
    # Whether the request held one statement and no list.
    single: bool = False
    attachments: dict[str, bytes] = field(default_factory=dict, repr=False)


def sent(content_type: str, body: bytes) -> Sent:
    """Raises Refused (400) or TooLarge (413); `body` is without its gzip."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "multipart/mixed":
        parts = multipart.read(content_type, body)
        return _sent(parts.statements, parts.attachments)
    if kind != "application/json":
        raise Refused(
            "bad-content-type", _("Send statements as application/json or multipart/mixed.")
        )
    return _sent(body, {})


def _sent(text: bytes, attachments: dict[str, bytes]) -> Sent:
    try:
        found = json.loads(text, parse_float=canonical.number)
    except (ValueError, RecursionError) as error:
        raise Refused("bad-json", _("The request is not JSON.")) from error
    if isinstance(found, dict):
        return Sent([found], True, attachments)
    if not isinstance(found, list) or not found:
        raise Refused("no-statements", _("The request holds no list of statements."))
    if len(found) > MOST:
        raise TooLarge(
            "too-many",
            _("Send at most %(most)d statements at once.") % {"most": MOST},
        )
    return Sent(found, False, attachments)


@dataclass(frozen=True)
class Body:
    """The content of a request as it came, gzipped or not."""

    content: bytes = field(repr=False)
    packed: bool = False

    def weight(self, most: int) -> int:
        """Bytes without the gzip, counted up to `most`: so much work it is, however small it came."""
        if not self.packed:
            return len(self.content)
        try:
            return len(_unpacker().decompress(self.content, most))
        except zlib.error:
            # It will be refused before it costs anything.
            return 0

    def plain(self, most: int | None = None) -> bytes:
        """Without its gzip, never more than `most` or what a request may have, however small it was packed.

        Raises TooLarge (413) or Refused (400).
        """
        if not self.packed:
            return self.content
        unpacker = _unpacker()
        try:
            limit = most or settings.DATA_UPLOAD_MAX_MEMORY_SIZE
            unpacked = unpacker.decompress(self.content, limit)
        except zlib.error as error:
            raise Refused("bad-gzip", _("The request is not gzipped as it says.")) from error
        if unpacker.unconsumed_tail:
            raise TooLarge
        if not unpacker.eof:
            raise Refused("bad-gzip", _("The request is not gzipped as it says."))
        return unpacked


def whole(request: HttpRequest) -> bytes:
    """Waits for the last byte, which a tablet on a bad line may take long to send.

    Raises TooLarge (413), or UnreadablePostError where the line was cut before: Django would take
    what came until then for all of it.
    """
    try:
        content = request.body
    except RequestDataTooBig as error:
        raise TooLarge from error
    if len(content) < int(request.META.get("CONTENT_LENGTH") or 0):
        raise UnreadablePostError("cut short")
    return content


def received(request: HttpRequest) -> Body:
    """As `whole`; also raises Refused (400) for an encoding that nobody here knows."""
    content = whole(request)
    encoding = request.headers.get("Content-Encoding", "identity").lower()
    if encoding not in ("identity", "gzip"):
        raise Refused("unknown-encoding", _("Send the content plain or gzipped."))
    return Body(content, encoding == "gzip")


def _unpacker() -> "zlib._Decompress":
    return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
