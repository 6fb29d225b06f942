"""What a document holds, and the merging of two that are JSON (xAPI 1.0.3, part three, 2.2)."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any, NoReturn

from django.conf import settings
from django.utils.translation import gettext as _

from assessments.statements import bodies
from assessments.statements.errors import Refused, TooLarge
from assessments.xapi.resource import Call

JSON = "application/json"
# What RFC 9110, 8.3, says of content without a type.
UNKNOWN = "application/octet-stream"
TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+ *(;[ -~]*)?", re.ASCII)
LONGEST_TYPE = 200


@dataclass(frozen=True)
class Content:
    type: str
    body: bytes = field(repr=False)

    @property
    def is_json(self) -> bool:
        return self.type.partition(";")[0].strip().lower() == JSON

    @property
    def etag(self) -> str:
        """Version 1.0.3 prescribes SHA-1, so that a client may reckon it itself (3.1.s4.b2)."""
        return hashlib.sha1(self.body, usedforsecurity=False).hexdigest()


def sent(call: Call) -> Content:
    """Raises Refused (400) or TooLarge (413)."""
    content_type = call.headers.get("Content-Type", "") or UNKNOWN
    if len(content_type) > LONGEST_TYPE or not TYPE.fullmatch(content_type):
        raise Refused("bad-content-type", _("The header Content-Type is not well formed."))
    body = bodies.received(call.request).plain() if call.content is None else call.content
    return Content(content_type, body)


def check_posted(content: Content) -> None:
    """What is posted as JSON must be an object; raises Refused (400)."""
    if content.is_json:
        _members(content)


def merged(older: Content, newer: Content) -> Content:
    """The members of both, those of the newer first: whole, however deep they are.

    Raises Refused (400) unless both are JSON objects, TooLarge (413) when the two are too much.
    """
    if not older.is_json or not newer.is_json:
        raise Refused(
            "not-mergeable", _("Only documents of the type application/json can be merged.")
        )
    members = _members(older) | _members(newer)
    try:
        body = json.dumps(members, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:
        raise _no_object() from error
    if len(body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        raise TooLarge
    return Content(JSON, body)


def _members(content: Content) -> dict[str, Any]:
    try:
        found = json.loads(content.body, parse_constant=_constant)
    except (ValueError, RecursionError) as error:
        raise _no_object() from error
    if not isinstance(found, dict):
        raise _no_object()
    return found


def _constant(name: str) -> NoReturn:
    """NaN and the infinities are no JSON."""
    raise ValueError(name)


def _no_object() -> Refused:
    return Refused("no-object", _("The document is not a JSON object."))
