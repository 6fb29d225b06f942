"""Who sends by drops is waited for, but not for ever, and nobody else has to wait for it."""

import contextlib
import json
import random
import socket
import threading
import time
import urllib.request
import uuid
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest

from scripts.worker import MOMENT
from tests.support import database
from tests.support.log import Log
from tests.support.server import HOST, Server
from tests.support.statements import statement

pytestmark = pytest.mark.own_databases
SECONDS = 2


@dataclass(frozen=True)
class Store:
    server: Server
    credential: str

    def head(
        self, size: int, line: str = "POST /xapi/statements", kind: str = "application/json"
    ) -> bytes:
        basic = b64encode(self.credential.encode()).decode()
        lines = (
            f"{line} HTTP/1.1",
            f"Host: {HOST}",
            f"Authorization: Basic {basic}",
            "X-Experience-API-Version: 1.0.3",
            f"Content-Type: {kind}",
            f"Content-Length: {size}",
        )
        return "\r\n".join([*lines, "", ""]).encode()

    def count(self) -> int:
        ((found,),) = Log(self.server.database).rows("SELECT count(*) FROM assessments_statement")
        return int(found)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = database.fresh("sqlite", tmp_path_factory.mktemp("slow"))
    with Server(made, env={"UPLOAD_SECONDS": str(SECONDS)}) as server:
        yield Store(server, made.manage("make_credential", "a system").strip())


def connected(store: Store) -> socket.socket:
    line = socket.create_connection((HOST, store.server.port))
    line.settimeout(20)
    return line


def drip(line: socket.socket, drops: bytes, every: float) -> bytes:
    """Send byte by byte, until the last one or until the other side hangs up; what it answers."""
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        for number in range(len(drops)):
            line.sendall(drops[number : number + 1])
            time.sleep(every)
    return answer(line)


def answer(line: socket.socket) -> bytes:
    said = b""
    with contextlib.suppress(ConnectionResetError):
        while some := line.recv(4096):
            said += some
    return said


def body_of(count: int) -> bytes:
    made = [statement(uuid.uuid4(), module=uuid.uuid4()) for _one in range(count)]
    return json.dumps(made).encode()


def test_a_body_that_comes_byte_by_byte_is_not_waited_for_without_end(store: Store) -> None:
    before, body = store.count(), body_of(1)
    began = time.monotonic()
    with connected(store) as line:
        line.sendall(store.head(len(body)))
        said = drip(line, body, every=0.2)
    assert said.startswith(b"HTTP/1.1 408 ")
    assert b"X-Experience-API-Version: 1.0.3" in said
    # Nothing that a tablet would take for a refusal of what it has sent.
    assert said.endswith(b"\r\n\r\n")
    assert SECONDS <= time.monotonic() - began < SECONDS + 3
    assert store.count() == before


@pytest.mark.parametrize("came", [0, 200_000])
def test_a_size_that_is_only_said_earns_no_time(store: Store, came: int) -> None:
    """A line that dies in the middle of an upload, or somebody who never meant to send it."""
    with connected(store) as line:
        line.sendall(store.head(4_000_000) + b"[" * came)
        began = time.monotonic()
        assert answer(line).startswith(b"HTTP/1.1 408 ")
    assert time.monotonic() - began < SECONDS + 3


def test_headers_that_come_byte_by_byte_are_not_waited_for_without_end(store: Store) -> None:
    began = time.monotonic()
    with connected(store) as line:
        assert drip(line, store.head(10), every=0.2) == b""
    assert time.monotonic() - began < SECONDS + 3


def test_a_line_that_is_slow_and_steady_is_waited_for(store: Store) -> None:
    before, body = store.count(), body_of(3)
    step = len(body) // 15
    with connected(store) as line:
        line.sendall(store.head(len(body)))
        for first in range(0, len(body), step):
            line.sendall(body[first : first + step])
            time.sleep(0.1)
        assert line.recv(4096).startswith(b"HTTP/1.1 200 ")
    assert store.count() == before + 3


@contextmanager
def crowd(store: Store, first: bytes, drops: bytes, count: int) -> Iterator[None]:
    """So many that send `first` at once and then drops; sent away, they come again in seconds."""
    over = threading.Event()

    def bother() -> None:
        while not over.wait(random.uniform(0, 2)):
            with contextlib.suppress(OSError), connected(store) as line:
                line.sendall(first)
                for number in range(len(drops)):
                    if over.wait(0.3):
                        return
                    line.sendall(drops[number : number + 1])
                over.wait(5)

    threads = [threading.Thread(target=bother) for _one in range(count)]
    for each in threads:
        each.start()
    try:
        yield
    finally:
        over.set()
        for each in threads:
            each.join()


def test_many_slow_lines_keep_nobody_from_the_pages(store: Store) -> None:
    """Of the sixteen threads some are left, whether a line is slow with its body, its headers or all."""
    head, drops = store.head(20_000), b"[" * 100
    waits = []
    with ExitStack() as crowds:
        for first, rest, count in ((head, drops, 30), (b"G", head, 10), (b"", b"", 10)):
            crowds.enter_context(crowd(store, first, rest, count))
        until = time.monotonic() + 8
        while time.monotonic() < until:
            began = time.monotonic()
            with urllib.request.urlopen(f"{store.server.url}/sign-in/", timeout=60) as page:
                page.read()
            waits.append(time.monotonic() - began)
            time.sleep(0.2)
    # Fifty lines, a moment each, in the four of eight threads that they leave.
    assert max(waits) < 50 * MOMENT / 4, waits
    # And when they have gone all is as it was.
    test_a_line_that_is_slow_and_steady_is_waited_for(store)


FILM = """
import hashlib
from modules.editions.files import keep
content = bytes(12_000_000)
name = hashlib.sha256(content).hexdigest()
keep(name, "webm", content)
print(name)
"""


def test_tablets_that_are_carried_away_in_the_middle_of_a_film_keep_no_thread(store: Store) -> None:
    made = store.server.database
    name = made.manage("shell", "-c", FILM).split()[-1]
    with (
        Server(made, workers=1, env={"UPLOAD_SECONDS": str(SECONDS)}) as server,
        ExitStack() as lines,
    ):
        for _tablet in range(12):
            line = lines.enter_context(socket.socket())
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            line.connect((HOST, server.port))
            line.sendall(store.head(0, f"GET /editions/files/{name}.webm"))
        # Until each of the eight threads has begun to send.
        time.sleep(1)
        began = time.monotonic()
        with urllib.request.urlopen(f"{server.url}/sign-in/", timeout=60) as page:
            page.read()
        assert 0.5 < time.monotonic() - began < 30


STATE = {
    "activityId": "http://a.example/1",
    "agent": '{"mbox": "mailto:a@a.example"}',
    "stateId": "s",
}
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("alternate", [False, True])
def test_a_line_that_is_cut_in_the_middle_replaces_no_document(
    store: Store, alternate: bool
) -> None:
    content = "all-of-what-was-thought-of-so-far"
    if alternate:
        line, kind = "POST /xapi/activities/state?method=PUT", FORM
        body = urlencode({**STATE, "content": content}).encode()
    else:
        line, kind = f"PUT /xapi/activities/state?{urlencode(STATE)}", "text/plain"
        body = content.encode()
    head = store.head(len(body), line, kind)
    with connected(store) as first:
        first.sendall(head + body)
        assert first.recv(4096).startswith(b"HTTP/1.1 204 ")
    with connected(store) as second:
        second.sendall(head + body[:-10])
        second.shutdown(socket.SHUT_WR)
        assert answer(second).startswith(b"HTTP/1.1 408 ")
    with connected(store) as third:
        third.sendall(store.head(0, f"GET /xapi/activities/state?{urlencode(STATE)}"))
        third.shutdown(socket.SHUT_WR)
        assert answer(third).endswith(b"\r\n\r\n" + content.encode())
