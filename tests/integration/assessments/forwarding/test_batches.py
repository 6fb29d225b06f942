"""What goes out in one request, and how large it may be."""

import hashlib
import json
import tracemalloc
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from assessments.forwarding import batches, services
from assessments.forwarding.errors import NotSent, Unavailable
from assessments.models import Attachment, Cursor, SetAside, Statement
from assessments.statements import log, multipart, weights
from tests.integration.assessments.conftest import Tablet
from tests.integration.assessments.forwarding.conftest import StandIn, stored

pytestmark = pytest.mark.django_db


def rewrite(statement: dict[str, Any], **changes: Any) -> None:
    """Give the log something that a tablet cannot write."""
    row = Statement.objects.get(id=statement["id"])
    row.payload = json.dumps(json.loads(row.payload) | changes)
    row.save()


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


def test_a_proxy_that_finds_a_request_too_large_gets_smaller_ones(
    tablet: Tablet, stand_in: StandIn
) -> None:
    stored(tablet, 40)
    stand_in.answer = lambda asked: (200, asked.ids) if len(asked.ids) <= 10 else (413, b"<html>")
    assert services.forward() == services.Done(sent=40)


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


def test_what_a_proxy_finds_too_large_is_sent_small_whatever_else_fails_meanwhile(
    tablet: Tablet, stand_in: StandIn
) -> None:
    stored(tablet, 200)
    too_large = (413, b"<html>Request Entity Too Large</html>")
    for answer in (too_large, (502, b""), (401, {"error": "unknown-token"}), too_large):
        stand_in.asked.clear()
        stand_in.answer = lambda _asked, answer=answer: answer
        with pytest.raises(NotSent):
            services.forward()
    assert [len(asked.ids) for asked in stand_in.asked] == [1]
    stand_in.asked.clear()
    stand_in.answer = lambda asked: (200, asked.ids)
    assert services.forward() == services.Done(sent=200)
    assert [len(asked.ids) for asked in stand_in.asked] == [1, 2, 4, 8, 16, 32, 64, 73]


def test_a_line_that_carries_no_large_request_carries_smaller_ones(
    tablet: Tablet, stand_in: StandIn
) -> None:
    """Whatever comes of it: no answer in time, or that of a server that waited long enough."""
    stored(tablet, 200)
    stand_in.answer = lambda asked: (200, asked.ids) if len(asked.ids) <= 50 else (408, b"")
    for size in (200, 100):
        stand_in.asked.clear()
        with pytest.raises(Unavailable):
            services.forward()
        assert [len(asked.ids) for asked in stand_in.asked] == [size]
    with pytest.raises(Unavailable):
        services.forward()
    assert Cursor.objects.get(reader="forward").seq == Statement.objects.order_by("seq")[49].seq
