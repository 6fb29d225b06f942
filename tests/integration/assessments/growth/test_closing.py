"""A month is not archived before those who took a time in it have committed."""

import threading
import time

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction

from assessments.growth.archive import Manifest, archive
from assessments.growth.months import Month
from assessments.statements import services
from tests.integration.assessments.conftest import Clock, make_tablet

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_archive_waits_for_a_writer_under_way(clock: Clock) -> None:
    writer = make_tablet("officer1")
    services.store(client=writer.client, statements=[writer.says()])
    inserted, may_commit = threading.Event(), threading.Event()
    made: list[Manifest] = []

    def slow() -> None:
        with transaction.atomic():
            services.store(client=writer.client, statements=[writer.says()])
            inserted.set()
            may_commit.wait(15)
        connection.close()

    def copy() -> None:
        made.append(archive(Month(2026, 9)))
        connection.close()

    writing, copying = threading.Thread(target=slow), threading.Thread(target=copy)
    writing.start()
    assert inserted.wait(15)
    clock.set("2026-10-01T01:00:00")
    copying.start()
    time.sleep(0.5)
    assert copying.is_alive()
    may_commit.set()
    writing.join(20)
    copying.join(20)
    assert [manifest.rows for manifest in made] == [2]
    for name in ("manifest.json", "0001.jsonl.gz"):
        default_storage.delete(f"xapi/archive/2026-09/{name}")
