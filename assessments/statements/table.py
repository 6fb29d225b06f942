"""The one statement of SQL that the write path hangs on.

`bulk_create` spends 66 µs of CPU on a row, as much as all the checking and packing; this spends 25
(scripts/bench/ingest.py shows what it is worth).
"""

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from assessments.models import Statement


class Row(NamedTuple):
    """The columns of assessments.models.Statement, but for `seq`, which the database gives."""

    id: uuid.UUID
    stored: datetime
    timestamp: datetime
    actor: uuid.UUID
    verb: str
    object: str
    registration: uuid.UUID | None
    device: uuid.UUID
    digest: bytes
    payload: str


def append(rows: Sequence[Row]) -> int:
    """Insert the rows whose id is not there yet, in this order; returns how many there were."""
    names = ", ".join(connection.ops.quote_name(name) for name in Row._fields)
    row = f"({', '.join(['%s'] * len(Row._fields))})"
    query = (
        f"INSERT INTO {Statement._meta.db_table} ({names})"  # noqa: S608 - no value is in it
        f" VALUES {', '.join([row] * len(rows))} ON CONFLICT (id) DO NOTHING"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [value for each in rows for value in _values(each)])
        return cursor.rowcount


def _values(row: Row) -> Iterator[Any]:
    """As the fields of the model would write them into this kind of database."""
    moment = connection.ops.adapt_datetimefield_value
    native = connection.features.has_native_uuid_field
    for value in row:
        if isinstance(value, uuid.UUID):
            yield value if native else value.hex
        else:
            yield moment(value) if isinstance(value, datetime) else value
