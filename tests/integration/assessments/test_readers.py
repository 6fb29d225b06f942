"""However heavy the statements of the log are, whoever reads it has few bytes of them at a time."""

import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest

from assessments import index, progress, readers
from assessments.exchange import up
from assessments.growth import archive, sinks
from assessments.growth.months import Month
from assessments.index import INDEX
from assessments.models import Progress, Statement
from assessments.statements import log, services
from tests.integration.assessments.conftest import Tablet
from tests.integration.assessments.systems import System, voiding

HEAVY = 100_000


@pytest.fixture
def heavy(tablet: Tablet, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of sixty statements, of which a batch may hold two, though many more would be read."""
    for module in (readers, sinks, archive):
        monkeypatch.setattr(module, "MOST_BYTES", 250_000)
    made = [tablet.says(response="x" * HEAVY) for _number in range(60)]
    for first in range(0, 60, 10):
        services.store(client=tablet.client, statements=made[first : first + 10])
    return [each["id"] for each in made]


def peak(does: Callable[[], object]) -> int:
    """The most bytes that were in memory meanwhile; what they are of SQLite is not counted."""
    tracemalloc.start()
    try:
        does()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


class Nowhere:
    name = "nowhere"

    def __init__(self) -> None:
        self.batches: list[int] = []

    def write(self, rows: Any) -> None:
        self.batches.append(len(rows))


READERS: dict[str, Callable[[], object]] = {
    "the index": INDEX.catch_up,
    "the index, made anew": index.rebuild,
    "progress": progress.catch_up,
    "progress, made anew": progress.rebuild,
    "a sink": lambda: sinks.feed(Nowhere()),
    "an export": lambda: list(up._batches(0, log.high_water())),
    "an archive": lambda: [
        row.seq for row in archive._rows(Month.of(Statement.objects.latest("seq").stored), 1, 10**9)
    ],
}


@pytest.mark.parametrize("read", READERS.values(), ids=READERS.keys())
def test_a_reader_has_few_bytes_of_heavy_statements_at_a_time(
    heavy: list[str], monkeypatch: pytest.MonkeyPatch, read: Callable[[], object]
) -> None:
    batches = up._batches
    monkeypatch.setattr(up, "_batches", lambda *place: map(len, batches(*place)))
    assert peak(read) < 2_000_000


def test_what_was_counted_is_taken_back_with_few_bytes_at_a_time(
    heavy: list[str], system: System
) -> None:
    progress.catch_up()
    assert Progress.objects.get().answers == 60
    system.stores(voiding(heavy[0]))
    assert peak(progress.catch_up) < 2_000_000
    assert Progress.objects.get().answers == 59


def test_every_heavy_statement_is_read_once_and_in_order(heavy: list[str]) -> None:
    sink = Nowhere()
    assert sinks.feed(sink) == 60
    assert sink.batches == [2] * 30
    every = list(Statement.objects.order_by("seq").values_list("seq", flat=True))
    found, seq = [], 0
    while rows := readers.after(seq, until=every[-2], most=9, most_bytes=250_000):
        found += [row.seq for row in rows]
        seq = found[-1]
    assert found == every[:-1]


def test_a_statement_heavier_than_a_batch_may_be_is_a_batch_of_its_own(heavy: list[str]) -> None:
    assert len(readers.after(0, until=log.high_water(), most=9, most_bytes=1)) == 1


def test_small_statements_are_read_as_many_at_a_time_as_ever(tablet: Tablet) -> None:
    services.store(client=tablet.client, statements=[tablet.says() for _number in range(300)])
    rows = readers.after(0, until=log.high_water(), most=250, most_bytes=readers.MOST_BYTES)
    assert len(rows) == 250
