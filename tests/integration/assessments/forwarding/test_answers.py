"""What the forwarder makes of answers, most of which no next server gives."""

import contextlib
import json
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from assessments import upstream
from assessments.forwarding import services
from assessments.forwarding import upstream as requests
from assessments.forwarding.errors import Unavailable
from assessments.models import Cursor, Forwarding, SetAside, Statement
from tests.integration.assessments.conftest import Clock, Tablet, make_tablet
from tests.integration.assessments.forwarding.conftest import Answer, Asked, StandIn, stored
from tests.support.server import HOST

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (200, b"<html>Welcome to the hotel. Please sign in.</html>"),
        (200, b""),
        (200, [str(uuid.uuid4())]),
        (200, {"error": "no"}),
        (204, b""),
        (302, b""),
        (400, b"<html>400 The plain HTTP request was sent to HTTPS port</html>"),
        (400, {"error": "bad-json", "message": "", "statement": None}),
        (400, {"error": "bad-version", "message": "", "statement": None}),
        (401, b"<html>Sign in to the proxy</html>"),
        (403, b"<html>Blocked</html>"),
        (404, b"<html>Not found</html>"),
        (407, b""),
        (429, b""),
        (500, b"<html>Server error</html>"),
        (503, {"error": "busy", "message": ""}),
    ],
)
def test_an_answer_that_settles_nothing_moves_nothing(
    tablet: Tablet, stand_in: StandIn, status: int, said: bytes | list[str] | dict[str, Any]
) -> None:
    stored(tablet, 3)
    stand_in.answer = lambda _asked: (status, said)
    with pytest.raises(Unavailable):
        services.forward()
    assert len(stand_in.asked) == 1
    assert not Cursor.objects.filter(reader="forward", seq__gt=0).exists()
    assert not SetAside.objects.exists()
    stand_in.answer = lambda asked: (200, asked.ids)
    assert services.forward() == services.Done(sent=3)


def test_the_credential_does_not_follow_a_redirect(tablet: Tablet, stand_in: StandIn) -> None:
    stored(tablet)
    stand_in.headers["Location"] = f"{stand_in.url}/elsewhere"
    stand_in.answer = lambda _asked: (307, b"")
    with pytest.raises(Unavailable):
        services.forward()
    assert len(stand_in.asked) == 1


def test_each_guilty_statement_is_found_and_the_rest_arrives(
    tablet: Tablet, stand_in: StandIn
) -> None:
    made = stored(tablet, 250)
    guilty = {made[number]["id"] for number in (0, 99, 100, 249)}
    taken: list[str] = []

    def judge(asked: Asked) -> Answer:
        if guilty.intersection(asked.ids):
            return 400, {"error": "missing", "message": "", "statement": None}
        taken.extend(asked.ids)
        return 200, asked.ids

    stand_in.answer = judge
    assert services.forward() == services.Done(sent=246, aside=4)
    assert taken == [each["id"] for each in made if each["id"] not in guilty]
    assert {str(row.statement) for row in SetAside.objects.all()} == guilty
    assert {row.code for row in SetAside.objects.all()} == {"upstream-missing"}
    assert len(stand_in.asked) < 60


def test_what_was_refused_and_is_taken_at_last_is_settled(
    tablet: Tablet, stand_in: StandIn
) -> None:
    stored(tablet, 2)
    stand_in.answer = lambda _asked: (400, {"error": "too-deep", "message": ""})
    assert services.forward() == services.Done(aside=2)
    stand_in.answer = lambda asked: (200, asked.ids)
    services.start_again()
    assert services.forward() == services.Done(sent=2)
    assert not SetAside.objects.exists()


def test_pauses_grow_to_two_minutes_and_end_with_a_success(
    tablet: Tablet, stand_in: StandIn
) -> None:
    stored(tablet)
    stand_in.answer = lambda _asked: (503, b"")
    pauses = []
    for _try in range(8):
        with pytest.raises(Unavailable) as failed:
            services.forward()
        pauses.append(failed.value.pause)
    assert 2.5 <= pauses[0] <= 5
    assert all(60 <= pause <= 120 for pause in pauses[5:])
    services.forward_when_due()
    assert len(stand_in.asked) == 8
    stand_in.answer = lambda asked: (200, asked.ids)
    Forwarding.objects.update(next_try=timezone.now())
    services.forward_when_due()
    row = Forwarding.objects.get()
    assert (row.error, row.failures, row.next_try) == ("", 0, None)


def test_a_box_whose_clock_was_years_ahead_does_not_wait_for_them(
    tablet: Tablet, stand_in: StandIn, clock: Clock
) -> None:
    clock.set("2031-06-01T08:00:00")
    stored(tablet)
    stand_in.answer = lambda _asked: (503, b"")
    services.forward_when_due()
    services.forward_when_due()
    assert len(stand_in.asked) == 1
    clock.set("2026-11-24T08:00:00")
    stand_in.answer = lambda asked: (200, asked.ids)
    services.forward_when_due()
    assert len(stand_in.asked) == 2


@pytest.mark.django_db(transaction=True)
def test_tablets_write_while_a_batch_is_under_way(stand_in: StandIn) -> None:
    """On SQLite nobody could, if a transaction were open meanwhile."""
    tablet = make_tablet("officer1")
    stored(tablet)

    def slow(asked: Asked) -> Answer:
        try:
            stored(tablet)
        finally:
            connection.close()
        return 200, asked.ids

    stand_in.answer = slow
    assert services.forward() == services.Done(sent=1)
    assert Statement.objects.count() == 2


def test_the_command_says_what_came_of_it(
    tablet: Tablet, stand_in: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    stored(tablet, 2)
    call_command("forward_statements")
    assert "2 statements sent, 0 kept aside" in capsys.readouterr().out
    stored(tablet)
    stand_in.answer = lambda _asked: (200, b"<html>")
    with pytest.raises(CommandError, match="not as the next server does"):
        call_command("forward_statements")


@pytest.mark.parametrize(
    ("url", "credential"),
    [
        ("", "name:secret"),
        ("https://learn.example.org", ""),
        ("http://learn.example.org", "name:secret"),
        ("file:///etc/passwd", "name:secret"),
        ("https://[", "name:secret"),
    ],
)
def test_wrong_settings_are_refused_before_anything_is_sent(
    tablet: Tablet,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    url: str,
    credential: str,
) -> None:
    stored(tablet)
    settings.UPSTREAM_URL, settings.UPSTREAM_CREDENTIAL = url, credential
    monkeypatch.setattr(upstream.opener, "open", lambda *_, **__: pytest.fail("It was sent."))
    with pytest.raises(Unavailable) as failed:
        services.forward()
    assert failed.value.code == Forwarding.objects.get().error == "bad-upstream"
    for more in ([], ["--loop"]):
        with pytest.raises(CommandError, match="UPSTREAM_URL"):
            call_command("forward_statements", *more)


def test_an_answer_that_comes_by_drops_does_not_hold_the_forwarder(
    tablet: Tablet, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "LONGEST_ANSWER", 0)
    stored(tablet)
    with pytest.raises(Unavailable, match="too long"):
        services.forward()


@pytest.mark.parametrize("drop", [b"HTTP/1.1 100 Continue\r\n\r\n", b"X-Drop: 1\r\n"])
def test_headers_that_come_by_drops_do_not_hold_the_forwarder(
    tablet: Tablet, settings: Settings, monkeypatch: pytest.MonkeyPatch, drop: bytes
) -> None:
    """Each drop is a sign of life; all of them together are no answer."""
    monkeypatch.setattr(upstream, "LONGEST_HEADERS", 0.3)
    (made,) = stored(tablet)
    text = json.dumps([made["id"]]).encode()
    ok = b"HTTP/1.1 200 OK\r\n"
    rest = b"Content-Length: %d\r\n\r\n%b" % (len(text), text)
    first, last = (ok, rest) if drop.startswith(b"X-") else (b"", ok + rest)
    with dripping([first, *[drop] * 20, last], every=0.1) as port:
        settings.UPSTREAM_URL, settings.UPSTREAM_CREDENTIAL = f"http://{HOST}:{port}", "name:secret"
        with pytest.raises(Unavailable, match="too long"):
            services.forward()
    assert not Cursor.objects.filter(reader="forward", seq__gt=0).exists()


@contextmanager
def dripping(drops: list[bytes], every: float) -> Iterator[int]:
    """A server, by its port, that says these one after the other to the first who comes."""

    def say(listener: socket.socket) -> None:
        connection, _address = listener.accept()
        # Whoever does not wait to the end may hang up.
        with connection, contextlib.suppress(OSError):
            connection.recv(65_536)
            for drop in drops:
                connection.sendall(drop)
                time.sleep(every)

    with socket.create_server((HOST, 0)) as listener:
        thread = threading.Thread(target=say, args=[listener])
        thread.start()
        yield listener.getsockname()[1]
        thread.join()
