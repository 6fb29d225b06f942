"""A row of the log as JSON and back, nothing lost: moments to the microsecond, the payload byte for byte."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from assessments.models import Statement

FIELDS = {field.attname: field for field in Statement._meta.concrete_fields}


def as_json(row: Statement) -> dict[str, Any]:
    """Every column; ids in hyphens, moments in ISO 8601, the digest in hexadecimal digits."""
    return {name: _plain(getattr(row, name)) for name in FIELDS}


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else value


def as_line(row: Statement) -> bytes:
    return json.dumps(as_json(row), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def from_line(line: bytes) -> Statement:
    """As it was in the log; not saved. A column that came later has its default."""
    columns = json.loads(line)
    columns["digest"] = bytes.fromhex(columns["digest"])
    return Statement(**{name: FIELDS[name].to_python(value) for name, value in columns.items()})
