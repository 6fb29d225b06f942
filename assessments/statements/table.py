"""The two statements of SQL that the log and its index hang on.

`bulk_create` spends 66 µs of CPU on a row, as much as all the checking and packing; this spends 25
(scripts/bench/ingest.py shows what it is worth).
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from assessments.models import Mention, Statement


class Row(NamedTuple):
    """The columns of assessments.models.Statement, but for `seq`, which the database gives."""

    id: uuid.UUID
    stored: datetime
    timestamp: datetime
    actor: uuid.UUID
    verb: str
    object: str
    registration: uuid.UUID | None
    target: uuid.UUID | None
    source: uuid.UUID
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


def mention(pairs: Iterable[tuple[int, int]]) -> None:
    """Note (key, seq) pairs; one that is there already stays. In the order of the primary key."""
    ordered = sorted(pairs)
    table = Mention._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"INSERT INTO {table} (key, seq) SELECT * FROM unnest(%s::bigint[], %s::bigint[])"  # noqa: S608
                " ON CONFLICT DO NOTHING",
                [[key for key, _seq in ordered], [seq for _key, seq in ordered]],
            )
        elif ordered:
            cursor.executemany(
                f"INSERT INTO {table} (key, seq) VALUES (%s, %s) ON CONFLICT DO NOTHING",  # noqa: S608
                ordered,
            )
