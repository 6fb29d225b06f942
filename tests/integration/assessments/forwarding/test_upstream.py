"""What the forwarder makes of answers that no next server gives, and what it asks."""

import contextlib
import hashlib
import json
import socket
import threading
import time
import tracemalloc
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from assessments import upstream
from assessments.forwarding import batches, services
from assessments.forwarding import upstream as requests
from assessments.forwarding.batches import outgoing
from assessments.forwarding.errors import Unavailable
from assessments.models import Attachment, Cursor, Forwarding, Scope, SetAside, Statement
from assessments.statements import log, multipart, weights
from assessments.statements.services import store
from assessments.xapi.clients import Client, person_account
from tests.integration.assessments.conftest import Clock, Tablet, make_tablet
from tests.integration.assessments.forwarding.conftest import Answer, Asked, StandIn
from tests.support.server import HOST

pytestmark = pytest.mark.django_db


def stored(tablet: Tablet, count: int = 1, **more: Any) -> list[dict[str, Any]]:
    """In the order of the log: a batch enters it by its ids."""
    made = sorted((tablet.says(**more) for _number in range(count)), key=lambda each: each["id"])
    store(client=tablet.client, statements=made)
    return made


def rewrite(statement: dict[str, Any], **changes: Any) -> None:
    """Give the log something that a tablet cannot write."""
    row = Statement.objects.get(id=statement["id"])
    row.payload = json.dumps(json.loads(row.payload) | changes)
    row.save()


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


def test_a_proxy_that_finds_a_request_too_large_gets_smaller_ones(
    tablet: Tablet, stand_in: StandIn
) -> None:
    stored(tablet, 40)
    stand_in.answer = lambda asked: (200, asked.ids) if len(asked.ids) <= 10 else (413, b"<html>")
    assert services.forward() == services.Done(sent=40)


def test_large_statements_travel_in_small_batches(tablet: Tablet, stand_in: StandIn) -> None:
    for _number in range(4):
        stored(tablet, response="x" * 900_000)
    assert services.forward() == services.Done(sent=4)
    assert [len(asked.ids) for asked in stand_in.asked] == [2, 2]


def test_what_is_attached_weighs_what_it_has_not_what_it_says(
    tablet: Tablet, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two of the same weigh once, and what is not kept here nothing."""
    monkeypatch.setattr(batches, "MOST_BYTES", 250_000)
    made = stored(tablet, 5)
    contents = [bytes([number]) * 100_000 for number in (0, 1, 1, 2)]
    rows = [Attachment(sha2=hashlib.sha256(each).hexdigest(), size=100_000) for each in contents]
    described = [{"sha2": row.sha2, "contentType": "image/png", "length": 1} for row in rows]
    described.append({"sha2": "0" * 64, "contentType": "image/png", "length": 10**12})
    for each, attached in zip(made, described, strict=True):
        rewrite(each, attachments=[attached])
    Attachment.objects.bulk_create({row.sha2: row for row in rows}.values())
    batch = batches.next_batch(0, until=log.high_water(), most=9)
    assert batch and batch.ids == [each["id"] for each in made[:3]]
    batch = batches.next_batch(batch.last, until=log.high_water(), most=9)
    assert batch and batch.ids == [each["id"] for each in made[3:]]


def test_what_a_batch_does_not_hold_is_not_read(
    tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "MOST_BYTES", 250_000)
    for _number in range(6):
        stored(tablet, 10, response="x" * 100_000)
    tracemalloc.start()
    batch = batches.next_batch(0, until=log.high_water(), most=batches.MOST)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert batch and len(batch.items) == 2
    assert peak < 2_000_000


def test_a_batch_speaks_the_version_of_its_statements(tablet: Tablet, stand_in: StandIn) -> None:
    made = stored(tablet, 5)
    for each in made[2:4]:
        rewrite(each, version="2.0.0")
    services.forward()
    spoken = [asked.headers["X-Experience-Api-Version"] for asked in stand_in.asked]
    assert spoken == ["1.0.3", "2.0.0", "1.0.3"]
    assert [len(asked.ids) for asked in stand_in.asked] == [2, 2, 1]


@pytest.mark.parametrize("lost", [False, True])
def test_what_is_attached_goes_along_unless_the_storage_has_lost_it(
    tablet: Tablet, stand_in: StandIn, lost: bool
) -> None:
    content = b"a photograph"
    name = hashlib.sha256(content).hexdigest()
    (made,) = stored(tablet)
    described = {"sha2": name, "contentType": "image/png", "length": len(content)}
    rewrite(made, attachments=[described])
    row = Attachment.objects.create(sha2=name, size=len(content))
    if not lost:
        default_storage.save(row.path, ContentFile(content))
    stand_in.answer = lambda _asked: (200, [made["id"]])
    try:
        services.forward()
    finally:
        default_storage.delete(row.path)
    (asked,) = stand_in.asked
    if lost:
        assert asked.ids == [made["id"]]
        return
    parts = multipart.read(asked.headers["Content-Type"], asked.body)
    assert parts.attachments == {name: content}
    assert [each["id"] for each in json.loads(parts.statements)] == [made["id"]]


def test_what_can_be_had_elsewhere_stays_behind_where_a_request_would_be_too_large(
    tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One statement may name any number of attachments that are kept here."""
    monkeypatch.setattr(weights, "MOST", 250_000)
    (made,) = stored(tablet)
    described = []
    for number in range(5):
        content = b"%d" % number * 100_000
        row = Attachment.objects.create(sha2=hashlib.sha256(content).hexdigest(), size=100_000)
        default_storage.save(row.path, ContentFile(content))
        described.append({"sha2": row.sha2, "contentType": "image/png"})
    urls = [each | {"fileUrl": "https://a.example/photo.png"} for each in described[1:]]
    rewrite(made, attachments=[*urls, described[0]])
    batch = batches.next_batch(0, until=log.high_water(), most=9)
    assert batch
    parts = multipart.read(*batch.body())
    assert described[0]["sha2"] in parts.attachments
    assert len(parts.attachments) == 2


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


def pass_on() -> Statement:
    """This database plays the next server too: what it has stored is taken out of it and sent on."""
    row = Statement.objects.get()
    sent = json.loads(outgoing(row).text)
    row.delete()
    scopes = frozenset({Scope.FORWARD.value})
    account = person_account(uuid.uuid4())
    passing = Client(uuid.uuid4(), uuid.uuid4(), account, scopes, tablet=False)
    store(client=passing, statements=[sent])
    return Statement.objects.get()


@pytest.mark.parametrize("wrong", ["1970-01-02T03:04:05Z", "2099-12-31T23:59:59Z"])
def test_a_clock_that_cannot_be_right_was_judged_by_the_first_server_for_all_further_on(
    tablet: Tablet, clock: Clock, wrong: str
) -> None:
    """However long the way: each server must take it to have happened when the first one had it."""
    clock.set("2026-11-01T08:00:00")
    store(client=tablet.client, statements=[tablet.says(timestamp=wrong)])
    for day in ("2026-11-08", "2026-11-20", "2026-12-24"):
        clock.set(f"{day}T08:00:00")
        row = pass_on()
        assert row.timestamp == datetime(2026, 11, 1, 8, tzinfo=UTC)
        assert json.loads(row.payload)["timestamp"] == wrong


@pytest.mark.parametrize(
    "site", ["2026-01-05T08:00:00", "1970-01-01T00:05:00", "2028-06-01T00:00:00"]
)
def test_a_site_with_a_wrong_clock_does_not_make_a_right_time_wrong(
    tablet: Tablet, clock: Clock, site: str
) -> None:
    clock.set(site)
    store(client=tablet.client, statements=[tablet.says(timestamp="2026-11-01T08:00:00Z")])
    for day in ("2026-11-08", "2026-11-20"):
        clock.set(f"{day}T08:00:00")
        assert pass_on().timestamp == datetime(2026, 11, 1, 8, tzinfo=UTC)


def test_a_timestamp_that_a_server_filled_in_is_known_as_such_three_servers_on(
    tablet: Tablet,
) -> None:
    made = tablet.says()
    del made["timestamp"]
    original = made
    store(client=tablet.client, statements=[made])
    first = Statement.objects.get()
    for _server in range(3):
        pass_on()
    last = Statement.objects.get()
    assert last.timestamp == first.timestamp < last.stored
    assert store(client=tablet.client, statements=[original]) == [made["id"]]


def test_a_tablet_cannot_pretend_that_a_server_filled_in_the_time(tablet: Tablet) -> None:
    made = tablet.says(timestamp="2026-11-20T10:00:00Z")
    tablet.posts([made | {"stored": made["timestamp"]}])
    assert tablet.posts([made]).status_code == 200
    timeless = {key: value for key, value in made.items() if key != "timestamp"}
    assert tablet.posts([timeless]).status_code == 409


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


def test_a_proxy_that_finds_even_one_statement_too_large_settles_nothing(
    tablet: Tablet, stand_in: StandIn
) -> None:
    """It does not speak for the next server: an operator lets it take more, and all arrives."""
    stored(tablet, 3)
    stand_in.answer = lambda _asked: (413, b"<html>Request Entity Too Large</html>")
    with pytest.raises(Unavailable):
        services.forward()
    assert not SetAside.objects.exists()
    stand_in.answer = lambda asked: (200, asked.ids)
    assert services.forward() == services.Done(sent=3)


def test_what_a_proxy_finds_too_large_is_not_sent_at_full_size_at_each_pass(
    tablet: Tablet, stand_in: StandIn
) -> None:
    """On a line that is paid by the megabyte."""
    stored(tablet, 20)
    stand_in.answer = lambda _asked: (413, b"<html>Request Entity Too Large</html>")
    for _pass in range(3):
        stand_in.asked.clear()
        with pytest.raises(Unavailable):
            services.forward()
    assert [len(asked.ids) for asked in stand_in.asked] == [1]
    stand_in.asked.clear()
    stand_in.answer = lambda asked: (200, asked.ids)
    assert services.forward() == services.Done(sent=20)
    assert [len(asked.ids) for asked in stand_in.asked] == [1, 2, 4, 8, 5]


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
