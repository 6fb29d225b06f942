"""Which version answers (xAPI 1.0.3, part three, 3.3; 2.0, 4.1.5)."""

import pytest
from django.test import Client

from tests.integration.assessments.systems import System, said

HEADER = "X-Experience-API-Version"


@pytest.mark.parametrize(
    ("sent", "answered"),
    [
        ("1.0", "1.0.3"),
        ("1.0.0", "1.0.3"),
        ("1.0.9", "1.0.3"),
        ("2.0", "2.0.0"),
        ("2.0.1", "2.0.0"),
    ],
)
@pytest.mark.parametrize("mount", ["/xapi", "/xapi/2.0"])
def test_the_header_decides_on_either_mount(
    system: System, mount: str, sent: str, answered: str
) -> None:
    system.version, system.mount = sent, mount
    response = system.posts([said()])
    assert response.status_code == 200
    assert response[HEADER] == answered


@pytest.mark.parametrize("sent", ["0.95", "1.1.0", "2.1.0", "1.0.", "2", "3.0.0", "x"])
def test_any_other_version_is_refused(system: System, sent: str) -> None:
    system.version = sent
    response = system.posts([said()])
    assert response.status_code == 400
    assert response.json()["error"] == "bad-version"


@pytest.mark.parametrize(("mount", "version"), [("/xapi", "1.0.3"), ("/xapi/2.0", "2.0.0")])
def test_a_request_that_names_none_is_refused_in_the_version_of_the_mount(
    system: System, mount: str, version: str
) -> None:
    headers = {"Authorization": system.headers["Authorization"]}
    response = Client().get(f"{mount}/statements", headers=headers)
    assert response.status_code == 400
    assert response[HEADER] == version


def test_a_statement_says_the_version_it_was_written_in(system: System) -> None:
    system.stores(said())
    system.version = "2.0.0"
    system.stores(said())
    found = system.asks(ascending="true").json()["statements"]
    assert [each["version"] for each in found] == ["1.0.0", "2.0.0"]


def test_version_2_gives_out_times_in_utc_and_version_1_as_they_came(system: System) -> None:
    """2.0, 4.2.7: a timestamp that is not UTC is converted."""
    system.stores(said(timestamp="2026-11-20T12:00:00+02:00"))
    system.version = "2.0.0"
    system.stores(said(timestamp="2026-11-20T12:00:00+02:00"))
    first, second = system.asks(ascending="true").json()["statements"]
    assert first["timestamp"] == "2026-11-20T12:00:00+02:00"
    assert second["timestamp"] == "2026-11-20T10:00:00Z"


def test_a_repeat_in_the_other_version_or_time_zone_is_a_repeat(system: System) -> None:
    one = said(timestamp="2026-11-20T12:00:00+02:00")
    system.stores(one)
    system.version = "2.0.0"
    assert system.posts([one | {"timestamp": "2026-11-20T10:00:00.000Z"}]).status_code == 200
    assert len(system.finds()) == 1


@pytest.mark.parametrize("method", ["delete", "patch"])
def test_a_method_that_a_resource_lacks_is_answered_405(system: System, method: str) -> None:
    response = getattr(Client(), method)("/xapi/statements", headers=system.headers)
    assert response.status_code == 405
    assert "GET" in response["Allow"]


def test_head_is_answered_as_get_without_its_body(system: System) -> None:
    """Part three, 1.1."""
    system.stores(said())
    head = Client().head("/xapi/statements", headers=system.headers)
    get = Client().get("/xapi/statements", headers=system.headers)
    assert head.status_code == 200
    assert head.content == b""
    assert head["Content-Length"] == get["Content-Length"]
    assert "X-Experience-API-Consistent-Through" in head.headers


def test_a_body_in_chunks_is_refused_before_it_is_taken_for_an_empty_one(system: System) -> None:
    headers = {**system.headers, "Transfer-Encoding": "chunked"}
    address = "/xapi/activities/profile?activityId=http://a.example/x&profileId=y"
    response = Client().put(address, b"", content_type="text/plain", headers=headers)
    assert response.status_code == 411
    assert response.json()["error"] == "no-length"


def test_who_is_not_known_is_told_what_is_wanted(system: System) -> None:
    response = Client().get("/xapi/statements", headers={HEADER: "1.0.3"})
    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith("Basic ")
    assert "credential" in response.json()["message"]
