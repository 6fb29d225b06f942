"""docs/operations/partition-statements.sql, run as it is; the test's own transaction takes it back."""

import json
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from assessments import progress
from assessments.index import INDEX
from assessments.models import Progress, Statement
from assessments.progress import PROGRESS
from assessments.rules import mentions
from assessments.statements import log, services
from assessments.statements.errors import Conflict
from assessments.statements.queries import Query, find
from tests.integration.assessments.conftest import Tablet

SCRIPT = Path(settings.BASE_DIR, "docs/operations/partition-statements.sql")


@pytest.fixture(autouse=True)
def postgresql(db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no partitions")


def run_the_script() -> None:
    with connection.cursor() as cursor:
        cursor.execute(SCRIPT.read_text())


def rows_of(query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def everything() -> list[dict[str, Any]]:
    rows = Statement.objects.order_by("seq").values()
    return [row | {"digest": bytes(row["digest"])} for row in rows]


@pytest.fixture
def said(tablet: Tablet) -> list[dict[str, Any]]:
    """Statements that are in the log already when it is split, and read."""
    said = [tablet.says() for _number in range(60)]
    services.store(client=tablet.client, statements=said)
    PROGRESS.catch_up()
    INDEX.catch_up()
    return said


def test_every_row_is_where_it_was_and_spread_evenly(said: list[dict[str, Any]]) -> None:
    before = everything()
    run_the_script()
    assert everything() == before
    partitions = rows_of(
        "SELECT tableoid::regclass::text, count(*) FROM assessments_statement GROUP BY 1"
    )
    assert len(partitions) > 8
    assert sum(rows for _name, rows in partitions) == len(said)


def test_storing_goes_on_behind_the_last_row(said: list[dict[str, Any]], tablet: Tablet) -> None:
    newest = log.newest()
    run_the_script()
    services.store(client=tablet.client, statements=[tablet.says() for _number in range(40)])
    added = Statement.objects.filter(seq__gt=newest).values_list("seq", flat=True)
    assert sorted(added) == list(range(newest + 1, newest + 41))
    assert log.high_water() == newest + 40


def test_a_repeat_is_known_and_a_conflict_refused(
    said: list[dict[str, Any]], tablet: Tablet
) -> None:
    run_the_script()
    fresh = tablet.says()
    services.store(client=tablet.client, statements=[*said, fresh])
    services.store(client=tablet.client, statements=[*said, fresh])
    assert Statement.objects.count() == len(said) + 1
    with pytest.raises(Conflict):
        services.store(client=tablet.client, statements=[said[0] | {"result": {"response": "b"}}])
    row = Statement.objects.get(id=said[0]["id"])
    row.seq = log.newest() + 1
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_readers_read_on_and_begin_anew(said: list[dict[str, Any]], tablet: Tablet) -> None:
    run_the_script()
    services.store(client=tablet.client, statements=[tablet.says()])
    tablet.is_marked("passed")
    PROGRESS.catch_up()
    row = Progress.objects.values("answers", "state", "learner").get()
    assert (row["answers"], row["state"]) == (61, "passed")
    assert progress.rebuild() == 62
    assert Progress.objects.values("answers", "state", "learner").get() == row


def test_statements_are_found(said: list[dict[str, Any]], tablet: Tablet) -> None:
    run_the_script()
    fresh = tablet.says()
    services.store(client=tablet.client, statements=[fresh])
    ids = [row["id"] for row in [*said, fresh]]
    key = min(mentions.keys(json.loads(Statement.objects.get(id=fresh["id"]).payload)))
    by_seq = find(Query(limit=20))
    assert by_seq.more
    assert str(by_seq.rows[0].id) == fresh["id"]
    assert len(find(Query(ascending=True, limit=500)).rows) == len(ids)
    assert str(find(Query(keys=frozenset({key}))).rows[0].id) == fresh["id"]
    assert Statement.objects.filter(actor=tablet.officer.id).count() == len(ids)
    assert len(Statement.objects.in_bulk([uuid.UUID(name) for name in ids], field_name="id")) == 61


def test_a_look_for_an_id_opens_one_partition(said: list[dict[str, Any]]) -> None:
    run_the_script()
    plan = Statement.objects.filter(id=said[0]["id"]).explain()
    assert len(set(re.findall(r"assessments_statement_\d\d", plan))) == 1


def test_the_names_that_migrations_ask_for_are_there(said: list[dict[str, Any]]) -> None:
    names = "SELECT indexname FROM pg_indexes WHERE tablename = 'assessments_statement'"
    before = {name for (name,) in rows_of(names)}
    run_the_script()
    after = {name for (name,) in rows_of(names)}
    assert before - after == {"assessments_statement_pkey"}
    assert after - before == {"assessments_statement_seq"}
    owned = rows_of("SELECT pg_get_serial_sequence('assessments_statement', 'seq')")
    assert owned == [("public.assessments_statement_seq_seq",)]


def test_a_migration_can_add_a_column_and_an_index(said: list[dict[str, Any]]) -> None:
    run_the_script()
    index = models.Index(fields=["verb"], name="statement_verb")
    field = models.TextField(default="")
    field.set_attributes_from_name("later")
    with connection.schema_editor() as editor:
        editor.add_index(Statement, index)
        editor.add_field(Statement, field)
    assert rows_of("SELECT count(*) FROM assessments_statement WHERE later = ''") == [(len(said),)]


def test_it_is_refused_the_second_time(said: list[dict[str, Any]]) -> None:
    run_the_script()
    with pytest.raises(DatabaseError, match="partitioned already"), transaction.atomic():
        run_the_script()
    assert Statement.objects.count() == len(said)
