"""When too many write much at once, the next is told to come again, and reading goes on."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from django.test import Client
from django.test.client import FakePayload

from assessments.models import Statement
from assessments.statements import busy
from tests.integration.assessments.conftest import Tablet
from tests.integration.assessments.systems import System

MANY = busy.SMALL + 1


@contextmanager
def every_place_taken() -> Iterator[None]:
    """Raises Busy where a place is taken already."""
    with ExitStack() as others:
        for _other in range(busy.MOST):
            others.enter_context(busy.place(MANY))
        yield


@pytest.mark.parametrize("packed", [False, True])
def test_one_too_many_is_told_to_send_again_and_is_then_stored(
    tablet: Tablet, packed: bool
) -> None:
    """Whatever it has, it has: gzip makes 40 statements as small as three."""
    said = [tablet.says() for _one in range(10)]
    with every_place_taken():
        response = tablet.posts(said, packed=packed)
        assert (response.status_code, response.json()["error"]) == (503, "busy")
        assert not Statement.objects.exists()
    assert tablet.posts(said, packed=packed).status_code == 200


@pytest.mark.parametrize("packed", [False, True])
def test_a_refused_request_gives_its_place_back(tablet: Tablet, packed: bool) -> None:
    for _time in range(busy.MOST + 1):
        assert tablet.posts([{"id": "nothing"}] * 500, packed=packed).status_code == 400


@pytest.mark.parametrize("packed", [False, True])
def test_a_few_answers_need_no_place(tablet: Tablet, packed: bool) -> None:
    with every_place_taken():
        assert tablet.posts([tablet.says()], packed=packed).status_code == 200


def test_what_is_not_gzipped_as_it_says_is_refused_and_needs_no_place(tablet: Tablet) -> None:
    with every_place_taken():
        response = tablet.posts_bytes(b"[" * MANY, **{"Content-Encoding": "gzip"})
        assert (response.status_code, response.json()["error"]) == (400, "bad-gzip")


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_a_tablet_that_is_still_sending_holds_no_place(tablet: Tablet, method: str) -> None:
    """On a line of 2G it may take half a minute."""
    free: list[int] = []

    class Line(FakePayload):
        def read(self, size: int | None = None) -> bytes:
            with every_place_taken():
                free.append(busy.MOST)
            return bytes(super().read(size))

    said = [tablet.says() | {"object": {"id": "http://a.example/" + "x" * MANY}}]
    body = json.dumps(said if method == "POST" else said[0]).encode()
    name = "" if method == "POST" else f"?statementId={said[0]['id']}"
    response = Client().generic(
        method,
        f"/xapi/statements{name}",
        headers={"Authorization": f"Bearer {tablet.token}", "X-Experience-API-Version": "1.0.3"},
        **{
            "wsgi.input": Line(body),
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": "application/json",
        },
    )
    assert response.status_code in (200, 204), response.content
    assert free


def test_reading_needs_no_place(tablet: Tablet, system: System) -> None:
    with every_place_taken():
        assert system.asks().status_code == 200
