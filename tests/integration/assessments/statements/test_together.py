"""On SQLite, threads that wait to write share one transaction and none of its errors."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import OperationalError, connection

from assessments.models import Statement
from assessments.statements import services, together
from tests.integration.assessments.conftest import Tablet

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL shares flushes by itself"),
]


def at_once(tablet: Tablet, batches: list[list[dict[str, Any]]]) -> list[int]:
    """The statuses of requests that all wait while somebody else writes."""

    def post(batch: list[dict[str, Any]]) -> int:
        try:
            return tablet.posts(batch).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(batches)) as threads:
        with together._turn:
            answers = [threads.submit(post, batch) for batch in batches]
            while len(together._waiting) < len(batches):
                threading.Event().wait(0.01)
        return [answer.result() for answer in answers]


def test_waiting_writers_are_stored_with_one_moment_each_and_in_full(tablet: Tablet) -> None:
    batches = [[tablet.says() for _one in range(3)] for _batch in range(4)]
    assert at_once(tablet, batches) == [200] * 4
    assert Statement.objects.count() == 12


def test_a_conflict_of_one_undoes_only_its_own_batch(tablet: Tablet) -> None:
    first = tablet.says()
    tablet.posts([first])
    other = json.loads(json.dumps(first)) | {"verb": {"id": "http://example.org/other"}}
    batches = [[tablet.says()], [tablet.says(), other], [tablet.says()]]
    assert at_once(tablet, batches) == [200, 409, 200]
    assert Statement.objects.count() == 3


def test_a_repeat_among_those_that_wait_is_stored_once(tablet: Tablet) -> None:
    batch = [tablet.says() for _one in range(3)]
    assert at_once(tablet, [batch, batch, batch]) == [200] * 3
    assert Statement.objects.count() == 3


def test_a_disk_that_fills_during_one_request_leaves_nobody_with_a_wrong_yes(
    tablet: Tablet,
) -> None:
    """SQLite then gives up the whole transaction, with what the requests before it had stored."""

    usual = "PRAGMA max_page_count = 1073741823"

    def much() -> None:
        with connection.cursor() as cursor:
            (pages,) = cursor.execute("PRAGMA page_count").fetchone()
            cursor.execute(f"PRAGMA max_page_count = {pages + 20}")
        services.store(client=tablet.client, statements=[tablet.says(response="x" * 3_000_000)])

    def little() -> None:
        services.store(client=tablet.client, statements=[tablet.says()])

    works = [together._Work(work) for work in (little, little, much)]
    try:
        together._do(works)
    finally:
        connection.cursor().execute(usual)
    assert all(isinstance(each.error, OperationalError) for each in works)
    assert not Statement.objects.exists()
