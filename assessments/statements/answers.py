"""Statements as they are given out."""

import itertools
import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation.trans_real import parse_accept_lang_header

from assessments import activities
from assessments.models import Statement
from assessments.rules import formats
from assessments.statements import asked, attachments, canonical, weights
from assessments.xapi.resource import Call


def formed(call: Call, rows: list[Statement]) -> list[bytes]:
    """As many of the first as fit into one answer, each as JSON in the format that the call asks for."""
    attached = weights.attached(rows) if asked.truth(call, "attachments") else itertools.repeat(0)
    texts = _formed(call, rows)
    weighed = ((text, len(text) + more) for text, more in zip(texts, attached, strict=False))
    return list(weights.fitting(weighed, weights.MOST))


def _formed(call: Call, rows: list[Statement]) -> Iterator[bytes]:
    """`exact` is what is stored."""
    form = asked.one_of(call, "format", ("exact", "ids", "canonical"))
    if form == "exact":
        return (row.payload.encode() for row in rows)
    if form == "ids":
        return (_text(formats.ids(_payload(row))) for row in rows)
    wanted = {name for row in rows for name in formats.activity_ids(_payload(row))}
    definitions = activities.definitions(wanted)
    accepted = parse_accept_lang_header(_accepted(call))
    languages = [tag for tag, quality in accepted if quality]
    return (_text(formats.canonical(_payload(row), definitions, languages)) for row in rows)


def attached(rows: list[Statement]) -> list[tuple[str, str, bytes]]:
    return attachments.kept(map(_payload, rows), weights.MOST)


def _accepted(call: Call) -> str:
    return call.headers.get("Accept-Language", "").lower()


def _payload(row: Statement) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(row.payload)
    return found


def _text(statement: dict[str, Any]) -> bytes:
    return canonical.text(statement).encode()
