"""From the bytes of a request to its statements."""

import json
import zlib
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.utils.translation import gettext as _

from assessments.statements import canonical
from assessments.statements.errors import Refused, TooLarge

MOST = 100


def statements(request: HttpRequest) -> list[Any]:
    """The statements of the request, not yet checked; raises Refused or TooLarge."""
    try:
        found = json.loads(_plain(request), parse_float=canonical.number)
    except (ValueError, RecursionError) as error:
        raise Refused("bad-json", _("The request is not JSON.")) from error
    if isinstance(found, dict):
        found = [found]
    if not isinstance(found, list) or not found:
        raise Refused("no-statements", _("The request holds no list of statements."))
    if len(found) > MOST:
        raise TooLarge(
            "too-many",
            _("Send at most %(most)d statements at once.") % {"most": MOST},
        )
    return found


def _plain(request: HttpRequest) -> bytes:
    """The body without its gzip, never more than the limit, however small it was packed."""
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    try:
        body = request.body
    except RequestDataTooBig as error:
        raise TooLarge from error
    if request.headers.get("Content-Encoding", "identity").lower() == "identity":
        return body
    if request.headers["Content-Encoding"].lower() != "gzip":
        raise Refused("unknown-encoding", _("Send the statements plain or gzipped."))
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        plain = unpacker.decompress(body, limit)
    except zlib.error as error:
        raise Refused("bad-gzip", _("The request is not gzipped as it says.")) from error
    if unpacker.unconsumed_tail:
        raise TooLarge
    if not unpacker.eof:
        raise Refused("bad-gzip", _("The request is not gzipped as it says."))
    return plain
