"""The two statements of SQL that the log and its index hang on.

`bulk_create` spends 66 µs of CPU on a row, as much as all the checking and packing; this spends 25
(scripts/bench/ingest.py shows what it is worth).
"""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import psycopg
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


# What each column of Row is on PostgreSQL.
TYPES = [
    "uuid",
    "timestamptz",
    "timestamptz",
    "uuid",
    "text",
    "text",
    "uuid",
    "uuid",
    "uuid",
    "bytea",
    "text",
]


def append(rows: Sequence[Row]) -> int:
    """Insert the rows whose id is not there yet, in this order; returns how many there were."""
    native = connection.vendor == "postgresql"
    return _append_to_postgresql(rows) if native else _append_to_sqlite(rows)


def _insert(values: str) -> str:
    names = ", ".join(connection.ops.quote_name(name) for name in Row._fields)
    return f"INSERT INTO {Statement._meta.db_table} ({names}) {values} ON CONFLICT (id) DO NOTHING"


def _append_to_postgresql(rows: Sequence[Row]) -> int:
    """A list for each column, bound by the server: one short query for batches of any size.

    Django's own cursor would write 1,100 values into the text of the query, which costs more
    than all else of the request.
    """
    arrays = ", ".join(f"%b::{kind}[]" for kind in TYPES)
    query = _insert(f"SELECT * FROM unnest({arrays})")  # noqa: S608
    return _with_arrays(query, zip(*rows, strict=True))


def _append_to_sqlite(rows: Sequence[Row]) -> int:
    row = f"({', '.join(['%s'] * len(Row._fields))})"
    query = _insert(f"VALUES {', '.join([row] * len(rows))}")
    values: list[Any] = []
    for each in rows:
        values += map(_for_sqlite, each)
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.rowcount


def _for_sqlite(value: Any) -> Any:
    """As the fields of the model would write it."""
    kind = type(value)
    if kind is uuid.UUID:
        return value.hex
    return connection.ops.adapt_datetimefield_value(value) if kind is datetime else value


def mention(pairs: Iterable[tuple[int, int]]) -> None:
    """Note (key, seq) pairs; one that is there already stays. In the order of the primary key."""
    ordered = sorted(pairs)
    insert = f"INSERT INTO {Mention._meta.db_table} (key, seq)"
    if connection.vendor == "postgresql":
        arrays = zip(*ordered, strict=True) if ordered else ([], [])
        values = "SELECT * FROM unnest(%b::bigint[], %b::bigint[])"
        _with_arrays(f"{insert} {values} ON CONFLICT DO NOTHING", arrays)
    elif ordered:
        with connection.cursor() as cursor:
            cursor.executemany(f"{insert} VALUES (%s, %s) ON CONFLICT DO NOTHING", ordered)


def _with_arrays(query: str, columns: Iterable[Iterable[Any]]) -> int:
    """Run a query whose parameters are columns; returns how many rows were inserted."""
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(query.encode(), [list(column) for column in columns])
        return cursor.rowcount
