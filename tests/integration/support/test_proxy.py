"""The bad network does what it says, or the tests that trust it prove nothing."""

import http.client
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.support import wire
from tests.support.proxy import HOST, Proxy
from tests.support.server import free_port

BODY = bytes(range(256)) * 400


class Echo(BaseHTTPRequestHandler):
    """Answers BODY to GET, and the number of bytes it got to POST."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.answer(BODY)

    def do_POST(self) -> None:
        self.answer(b"%d" % len(self.rfile.read(int(self.headers["Content-Length"]))))

    def answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def upstream() -> Iterator[int]:
    server = ThreadingHTTPServer((HOST, 0), Echo)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def line(upstream: int) -> Iterator[Proxy]:
    with Proxy(upstream, seed=1) as proxy:
        yield proxy


def test_what_was_heard_is_all_that_the_server_said(line: Proxy) -> None:
    get(line)
    line.heard = []
    assert get(line) == get(line) == BODY
    assert wire.texts(line.heard) == [BODY.decode(errors="replace")] * 2


def get(proxy: Proxy) -> bytes:
    with urllib.request.urlopen(proxy.url, timeout=10) as response:
        return response.read()


def outcome(proxy: Proxy) -> str:
    """How a POST of 10,000 bytes went."""
    try:
        with urllib.request.urlopen(proxy.url, BODY[:10_000], timeout=10) as response:
            # A response that is cut among its headers seems to have no body.
            return response.read().decode() or "cut"
    except (OSError, http.client.HTTPException):
        return "cut"


def test_a_good_line_changes_nothing_and_counts_bytes(line: Proxy) -> None:
    assert get(line) == BODY
    assert line.count.responses > len(BODY)
    assert 0 < line.count.requests < 1000
    assert line.count.connections == 1


def test_one_connection_carries_many_requests(line: Proxy) -> None:
    connection = http.client.HTTPConnection(HOST, line.port, timeout=10)
    for _request in range(3):
        connection.request("GET", "/")
        assert connection.getresponse().read() == BODY
    connection.close()
    assert line.count.connections == 1


def test_a_response_is_cut_once_after_so_many_bytes(line: Proxy) -> None:
    line.faults.cut_response_once_after = 50_000
    with pytest.raises(http.client.IncompleteRead) as caught:
        get(line)
    assert 49_000 < len(caught.value.partial) <= 50_000
    assert line.count.responses == 50_000
    assert get(line) == BODY


def test_requests_and_responses_are_cut_as_often_as_asked(line: Proxy) -> None:
    line.faults.cut_requests, line.faults.request_window = 0.5, 8_000
    requests = [outcome(line) for _request in range(40)]
    assert 10 <= requests.count("cut") <= 30
    assert line.count.cuts["response"] == 0
    line.faults.cut_requests, line.faults.cut_responses = 0, 0.5
    line.faults.response_window = 80
    responses = [outcome(line) for _request in range(40)]
    assert 10 <= responses.count("cut") <= 30
    assert {"10000", "cut"} == set(requests + responses)


def test_the_same_seed_cuts_the_same_way(upstream: int) -> None:
    schedules = []
    for seed in (7, 7, 8):
        with Proxy(upstream, seed=seed) as proxy:
            proxy.faults.cut_requests = 0.5
            proxy.faults.request_window = 8_000
            schedules.append([outcome(proxy) for _request in range(20)])
    assert schedules[0] == schedules[1] != schedules[2]


def test_a_slow_line_takes_its_time(line: Proxy) -> None:
    line.faults.bytes_per_second = 200_000
    line.faults.latency = 0.1
    start = time.monotonic()
    assert get(line) == BODY
    # 0.5 s for the bytes, and two round trips of 0.2 s: one to connect, one to ask.
    assert 0.85 < time.monotonic() - start < 3


def test_offline_ends_what_is_open_and_refuses_what_is_new(line: Proxy) -> None:
    line.faults.bytes_per_second = 20_000
    slow = threading.Thread(target=lambda: outcome(line))
    slow.start()
    time.sleep(0.1)
    line.go_offline()
    slow.join(2)
    assert not slow.is_alive()
    with pytest.raises(OSError):
        get(line)
    line.faults.bytes_per_second = None
    line.go_online()
    assert get(line) == BODY


def test_a_dead_server_looks_like_a_cut(line: Proxy) -> None:
    line.upstream = free_port()
    with pytest.raises((OSError, http.client.HTTPException)):
        get(line)
