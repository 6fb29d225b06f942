"""What statements weigh, known before they are read: a payload may have 5 MB, and what is attached more."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, IntegerField, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from assessments.models import Statement
from assessments.statements import attachments

# Of the statements of one answer, in bytes, with what is attached to them.
MOST = 5_000_000
# So many are asked for at once.
STEP = 100
# So many more than fit are weighed where that means to read them.
FEW = 10
T = TypeVar("T")


class Bytes(Func):
    """Of a text; PostgreSQL knows them without reading it."""

    function = "octet_length"
    output_field = IntegerField()

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> Any:
        """SQLite has octet_length since 3.43 only."""
        blob = "length(CAST(%(expressions)s AS BLOB))"
        return self.as_sql(compiler, connection, template=blob, **context)


def fitting(weighed: Iterable[tuple[T, int]], most: int) -> Iterator[T]:
    """As many of the first as weigh no more than `most` together; of a first one that does, only that."""
    weight, any_yet = 0, False
    for item, size in weighed:
        weight += size
        if any_yet and weight > most:
            return
        any_yet = True
        yield item


def first(rows: QuerySet[Statement], count: int, most: int) -> list[Statement]:
    """The first `count` of the rows, which come in the order of the log, or as many as fit.

    Two queries however many there are: a reader of the log has a thousand small ones at a time.
    """
    sizes = rows.values_list("seq", Bytes("payload"))[:count]
    # SQLite reads a text to know its length, as far as it is asked for rows. PostgreSQL does not.
    weighed = sizes.iterator(FEW) if connection.vendor == "sqlite" else sizes
    places = list(fitting(weighed, most))
    return list(rows.filter(seq__lte=places[-1])[:count]) if places else []


def filled(rows: list[Statement], most: int) -> list[Statement]:
    """As many of the first as fit, with their payloads, which were deferred."""
    light = list(fitting(_weighed(rows), most))
    for some in _steps(light):
        payloads = _values(some, "payload")
        for row in some:
            row.payload = payloads[row.seq]
    return light


def _weighed(rows: list[Statement]) -> Iterator[tuple[Statement, int]]:
    for some in _steps(rows):
        sizes = _values(some, Bytes("payload"))
        for row in some:
            yield row, sizes[row.seq]


def _steps(values: list[T]) -> Iterator[list[T]]:
    for first in range(0, len(values), STEP):
        yield values[first : first + STEP]


def _values(rows: list[Statement], what: str | Bytes) -> dict[int, Any]:
    found = Statement.objects.filter(seq__in=[row.seq for row in rows])
    return dict(found.values_list("seq", what))


def attached(rows: Iterable[Statement]) -> list[int]:
    """What the bytes kept here weigh that each names, and none before it."""
    named = [_named(row) for row in rows]
    sizes = {row.sha2: row.size for row in attachments.here(set().union(*named))}
    return [sum(sizes.pop(name, 0) for name in sums) for sums in named]


def _named(row: Statement) -> set[str]:
    if '"attachments"' not in row.payload:
        return set()
    return {each["sha2"].lower() for each in attachments.declared(json.loads(row.payload))}
