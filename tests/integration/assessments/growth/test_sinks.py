"""A sink gets every statement at least once, in order, whatever fails; ClickHouse's part is played by a
small server that keeps one row for each id and fails as it is told."""

import gzip
import json
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from assessments.growth.clickhouse import ClickHouseSink, SinkFailed
from assessments.growth.records import from_line
from assessments.growth.sinks import JsonLinesSink, StatementSink, feed, forget
from assessments.models import Cursor, Statement
from assessments.statements import services
from elearning.errors import ServiceError
from tests.integration.assessments.conftest import Tablet, make_tablet
from tests.integration.assessments.growth.conftest import columns

SECRET = "a.person@example.org"  # stands for what a row holds and no error may tell


class Store(ThreadingHTTPServer):
    """`faults` are played one a request: "refuse", "late", "before", "after"; then all goes well."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.rows: dict[str, dict[str, Any]] = {}
        self.batches: list[int] = []
        self.requests: list[tuple[str, Any]] = []
        self.faults: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Store

    def do_POST(self) -> None:
        self.server.requests.append((self.path, self.headers))
        fault = self.server.faults.pop(0) if self.server.faults else ""
        body = gzip.decompress(self.rfile.read(int(self.headers["Content-Length"])))
        rows = [json.loads(line) for line in body.splitlines()]
        if fault == "before":
            return self.cut()
        if fault == "refuse":
            return self.answer(500, code="241")
        self.server.batches.append(len(rows))
        self.server.rows |= {row["id"]: row for row in rows}
        if fault == "after":
            return self.cut()
        return self.answer(200, code="159" if fault == "late" else "")

    def answer(self, status: int, code: str) -> None:
        self.send_response(status)
        if code:
            self.send_header("X-ClickHouse-Exception-Code", code)
        self.end_headers()
        self.wfile.write(f"Cannot parse {SECRET}".encode() if code else b"")

    def cut(self) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def store() -> Iterator[Store]:
    server = Store()
    thread = threading.Thread(target=server.serve_forever, args=[0.05])
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


class Memory:
    """A sink that keeps what it gets, and calls `meanwhile` before it does."""

    name = "memory"

    def __init__(self, meanwhile: Callable[[], object] = lambda: None) -> None:
        self.got: list[int] = []
        self.meanwhile = meanwhile

    def write(self, rows: Sequence[Statement]) -> None:
        self.meanwhile()
        self.got += [row.seq for row in rows]


def say(tablet: Tablet, number: int = 1) -> None:
    services.store(client=tablet.client, statements=[tablet.says() for _number in range(number)])


def seqs() -> list[int]:
    return list(Statement.objects.order_by("seq").values_list("seq", flat=True))


def test_a_sink_gets_what_is_there_and_then_what_is_new(tablet: Tablet) -> None:
    sink: StatementSink = Memory()
    say(tablet, 7)
    assert feed(sink, most=3) == 7
    assert feed(sink) == 0
    say(tablet, 2)
    assert feed(sink) == 2
    assert sink.got == seqs()
    assert Cursor.objects.get().reader == "sink:memory"


def test_a_batch_that_was_not_taken_comes_again(tablet: Tablet) -> None:
    def full() -> None:
        raise OSError("full")

    say(tablet, 5)
    with pytest.raises(OSError, match="full"):
        feed(Memory(full))
    sink = Memory()
    feed(sink)
    assert sink.got == seqs()


def test_one_that_is_killed_before_the_cursor_moves_sends_the_batch_again(
    tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(tablet, 5)
    sink = Memory()
    with monkeypatch.context() as killed:
        killed.setattr("assessments.growth.sinks.Cursor.objects.filter", _raises)
        with pytest.raises(KeyboardInterrupt):
            feed(sink, most=3)
    feed(sink, most=3)
    assert sink.got == [*seqs()[:3], *seqs()]


def _raises(**_filter: Any) -> None:
    raise KeyboardInterrupt


def test_two_feeders_at_once_leave_nothing_out(tablet: Tablet) -> None:
    say(tablet, 9)
    other = Memory()
    together = Memory(lambda: feed(other, most=2))
    feed(together, most=4)
    assert set(together.got) | set(other.got) == set(seqs())
    assert Cursor.objects.get().seq == seqs()[-1]


def test_a_sink_can_be_filled_anew(tablet: Tablet) -> None:
    say(tablet, 4)
    feed(Memory())
    sink = Memory()
    forget(sink)
    feed(sink)
    assert sink.got == seqs()


@pytest.mark.django_db(transaction=True)
def test_writers_do_not_wait_for_a_slow_sink(db: None) -> None:
    """Another connection stores while the sink is writing."""
    tablet = make_tablet("officer9")

    def store() -> None:
        say(tablet)
        connection.close()

    def meanwhile() -> None:
        thread = threading.Thread(target=store)
        thread.start()
        thread.join(10)
        assert not thread.is_alive()

    say(tablet, 3)
    sink = Memory(meanwhile)
    assert feed(sink) == 3
    assert len(seqs()) == 4


def test_lines_of_json_hold_the_whole_row(tablet: Tablet, tmp_path: Any) -> None:
    say(tablet, 3)
    with (tmp_path / "out").open("wb") as file:
        feed(JsonLinesSink(file))
    lines = (tmp_path / "out").read_bytes().splitlines()
    assert columns(map(from_line, lines)) == columns(Statement.objects.order_by("seq"))


def test_clickhouse_gets_each_statement(tablet: Tablet, store: Store) -> None:
    say(tablet, 5)
    row = Statement.objects.latest("seq")
    assert feed(ClickHouseSink(store.url, user="u", password="p"), most=3) == 5
    assert store.batches == [3, 2]
    assert [sent["seq"] for sent in store.rows.values()] == seqs()
    sent = store.rows[str(row.id)]
    assert sent["stored"] == row.stored.strftime("%Y-%m-%d %H:%M:%S.%f")
    assert sent["payload"] == row.payload
    assert "digest" not in sent
    path, headers = store.requests[0]
    asked = parse_qs(urlsplit(path).query)
    assert asked["query"] == ["INSERT INTO statements FORMAT JSONEachRow"]
    assert (headers["X-ClickHouse-User"], headers["X-ClickHouse-Key"]) == ("u", "p")


@pytest.mark.parametrize("fault", ["refuse", "late", "before", "after"])
def test_clickhouse_gets_it_again_after_a_fault(tablet: Tablet, store: Store, fault: str) -> None:
    say(tablet, 6)
    store.faults = ["", fault]
    sink = ClickHouseSink(store.url)
    with pytest.raises(SinkFailed) as failed:
        feed(sink, most=2)
    assert SECRET not in str(failed.value)
    assert Cursor.objects.get().seq == seqs()[1]
    assert feed(sink, most=2) == 4
    assert [sent["seq"] for sent in store.rows.values()] == seqs()


def test_clickhouse_that_is_not_there_is_said(tablet: Tablet, store: Store) -> None:
    say(tablet)
    url = store.url
    store.shutdown()
    store.server_close()
    with pytest.raises(SinkFailed, match="ConnectionRefusedError"):
        feed(ClickHouseSink(url))


@pytest.mark.parametrize(
    ("at", "sent"),
    [
        ("0001-01-02T00:00:00+00:00", "1900-01-01 00:00:00.000000"),
        ("9999-12-30T00:00:00+00:00", "2299-12-31 00:00:00.000000"),
        ("2026-10-01T02:00:00.5+02:00", "2026-10-01 00:00:00.500000"),
    ],
)
def test_no_clock_of_a_tablet_stops_clickhouse(
    tablet: Tablet, store: Store, at: str, sent: str
) -> None:
    services.store(client=tablet.client, statements=[tablet.says(timestamp=at)])
    feed(ClickHouseSink(store.url))
    assert [row["timestamp"] for row in store.rows.values()] == [sent]


@pytest.mark.parametrize("url", ["clickhouse:8123", "ftp://x", "http://", "http://u:p@host"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ServiceError):
        ClickHouseSink(url)


@pytest.mark.parametrize("table", ["", "a b", "a.b.c", "a; DROP TABLE b", "ж"])
def test_a_table_that_is_none_is_refused(table: str) -> None:
    with pytest.raises(ServiceError):
        ClickHouseSink("http://127.0.0.1:8123", table=table)


def test_the_command_feeds_and_feeds_again(
    tablet: Tablet, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    say(tablet, 3)
    for arguments in ([], [], ["--again"]):
        call_command("feed_sink", "clickhouse", "--url", store.url, *arguments)
    told = capsys.readouterr().err.splitlines()
    assert [line.split()[1] for line in told] == ["3", "0", "3"]
    assert len(store.rows) == 3


def test_the_command_says_that_it_failed(tablet: Tablet, store: Store) -> None:
    say(tablet)
    store.faults = ["refuse"]
    with pytest.raises(CommandError, match="HTTP 500, code 241"):
        call_command("feed_sink", "clickhouse", "--url", store.url)


def test_the_command_asks_for_the_address_of_clickhouse(tablet: Tablet) -> None:
    say(tablet)
    with pytest.raises(CommandError, match="Give --url"):
        call_command("feed_sink", "clickhouse")
    assert not Cursor.objects.exists()
