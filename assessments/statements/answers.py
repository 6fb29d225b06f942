"""Statements as they are given out."""

import json
from typing import Any

from django.utils.translation.trans_real import parse_accept_lang_header

from assessments import activities
from assessments.models import Statement
from assessments.rules import formats
from assessments.statements import asked, attachments, canonical
from assessments.xapi.resource import Call


def formed(call: Call, rows: list[Statement]) -> list[bytes]:
    """Each statement as JSON, in the format that the call asks for; `exact` is what is stored."""
    form = asked.one_of(call, "format", ("exact", "ids", "canonical"))
    if form == "exact":
        return [row.payload.encode() for row in rows]
    found = [_payload(row) for row in rows]
    if form == "ids":
        return [_text(formats.ids(each)) for each in found]
    wanted = {name for each in found for name in formats.activity_ids(each)}
    definitions = activities.definitions(wanted)
    languages = [tag for tag, _quality in parse_accept_lang_header(_accepted(call))]
    return [_text(formats.canonical(each, definitions, languages)) for each in found]


def attached(rows: list[Statement]) -> list[tuple[str, str, bytes]]:
    return attachments.kept(_payload(row) for row in rows)


def _accepted(call: Call) -> str:
    return call.headers.get("Accept-Language", "").lower()


def _payload(row: Statement) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(row.payload)
    return found


def _text(statement: dict[str, Any]) -> bytes:
    return canonical.text(statement).encode()
