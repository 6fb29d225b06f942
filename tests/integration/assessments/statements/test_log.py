"""A reader never skips a statement that commits late: two real connections, overlapping."""

import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import ProgrammingError, connection, transaction

from assessments import progress
from assessments.models import Progress, Scope, Statement
from assessments.statements import log, services
from tests.integration.assessments.conftest import Tablet, make_tablet
from tests.integration.assessments.systems import make_system
from tests.support.threads import beside

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def writer() -> Tablet:
    """Made after the database allows transactions of its own, unlike the shared fixture."""
    return make_tablet("officer1")


@pytest.fixture
def postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: nothing can commit late")


@contextmanager
def writing(writer: Tablet) -> Iterator[threading.Event]:
    """Another connection has stored a statement, and commits when the event is set."""
    inserted, may_commit = threading.Event(), threading.Event()

    def store() -> None:
        with transaction.atomic():
            services.store(client=writer.client, statements=[writer.says()])
            inserted.set()
            may_commit.wait(20)

    with beside(store):
        assert inserted.wait(20)
        yield may_commit


def test_a_reader_waits_for_a_writer_under_way(postgresql: None, writer: Tablet) -> None:
    """The writer holds the lower `seq`; another has committed a higher one; nothing is lost."""
    with writing(writer) as may_commit:
        services.store(client=writer.client, statements=[writer.says()])
        assert Statement.objects.count() == 1
        with beside(progress.catch_up) as reader:
            time.sleep(0.5)
            assert reader.is_alive()
            may_commit.set()
    progress.catch_up()
    low, high = Statement.objects.order_by("seq")
    assert low.seq < high.seq
    assert Progress.objects.get().answers == 2


def test_a_writer_waits_for_a_look_and_not_for_a_reading(postgresql: None, writer: Tablet) -> None:
    with transaction.atomic():
        assert log.high_water() == 0
        with beside(
            lambda: services.store(client=writer.client, statements=[writer.says()])
        ) as thread:
            thread.join(10)
            assert not thread.is_alive()
    assert log.high_water() > 0


def test_a_writer_that_gives_up_lets_the_reader_go_on(postgresql: None, writer: Tablet) -> None:
    with pytest.raises(services.Refused), transaction.atomic():
        services.store(client=writer.client, statements=[writer.says()])
        services.store(client=writer.client, statements=[{}])
    services.store(client=writer.client, statements=[writer.says()])
    progress.catch_up()
    assert Progress.objects.get().answers == 1


def test_readers_and_writers_at_once_count_everything_once(writer: Tablet) -> None:
    """Four writers and two readers, on either database."""
    writing = threading.Barrier(6)

    def write() -> None:
        writing.wait(20)
        for _number in range(5):
            services.store(
                client=writer.client, statements=[writer.says() for _statement in range(4)]
            )

    def read() -> None:
        writing.wait(20)
        for _number in range(10):
            progress.catch_up()

    with beside(write), beside(write), beside(write), beside(write), beside(read), beside(read):
        pass
    progress.catch_up()
    assert Progress.objects.get().answers == Statement.objects.count() == 80


def test_one_statement_sent_twice_at_once_is_stored_once(writer: Tablet) -> None:
    batch = [writer.says() for _number in range(50)]
    together = threading.Barrier(4)
    answers: list[list[str]] = []

    def send(statements: list[dict[str, object]]) -> None:
        together.wait(20)
        answers.append(services.store(client=writer.client, statements=statements))

    there, back = batch, batch[::-1]
    with (
        beside(lambda: send(there)),
        beside(lambda: send(back)),
        beside(lambda: send(there)),
        beside(lambda: send(back)),
    ):
        pass
    assert len(answers) == 4
    assert {row.id for row in Statement.objects.all()} == {uuid.UUID(made["id"]) for made in batch}


def test_a_look_that_fails_gives_its_lock_back(postgresql: None) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), log._alone():
        connection.cursor().execute("SELECT nothing FROM nowhere")
    with connection.cursor() as cursor:
        held = (
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
        )
        cursor.execute(held)
        assert cursor.fetchone() == (0,)


def test_what_is_said_to_be_consistent_leaves_out_nobody_who_writes_now(writer: Tablet) -> None:
    """Who polls with `since` where the last answer was consistent through misses nothing."""
    services.store(client=writer.client, statements=[writer.says()])
    moments = []
    with writing(writer) as may_commit, beside(lambda: moments.append(log.consistent_through())):
        time.sleep(0.3)
        seen = Statement.objects.count()
        may_commit.set()
    through = moments[0]
    late = Statement.objects.order_by("seq").last()
    assert late is not None
    # On PostgreSQL the look has waited for the writer, on SQLite it answers with an earlier moment.
    assert seen == 1
    assert through < late.stored or connection.vendor == "postgresql"
    assert log.consistent_through() > late.stored


def test_a_reading_credential_does_not_wait_for_a_writer(writer: Tablet) -> None:
    system = make_system(Scope.READ)
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL lets many write at once")
    with writing(writer) as may_commit:
        began = time.monotonic()
        assert system.asks().status_code == 200
        assert time.monotonic() - began < 5
        may_commit.set()
