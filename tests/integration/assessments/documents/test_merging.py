"""POST merges JSON objects (xAPI 1.0.3, part three, 2.2.s7 and s8)."""

import json

import pytest
from pytest_django import Settings

from tests.integration.assessments.documents.shelves import JSON, NEW, Shelf


def test_a_first_post_stores_the_document_as_it_came(any_shelf: Shelf) -> None:
    any_shelf.sends("POST", "n", b'{ "a": 1.0 }')
    assert any_shelf.gets("n").content == b'{ "a": 1.0 }'


def test_members_are_added_and_replaced_whole(any_shelf: Shelf) -> None:
    any_shelf.posts("n", {"a": {"x": 1, "y": 2}, "b": "မြန်မာ", "c": [1]})
    assert any_shelf.posts("n", {"a": {"x": 3}, "d": None}).status_code == 204
    assert any_shelf.holds("n") == {"a": {"x": 3}, "b": "မြန်မာ", "c": [1], "d": None}
    assert any_shelf.gets("n").headers["Content-Type"] == JSON


def test_a_merged_document_has_another_etag(any_shelf: Shelf) -> None:
    any_shelf.posts("n", {"a": 1})
    before = any_shelf.etag("n")
    any_shelf.posts("n", {"b": 1})
    assert any_shelf.etag("n") != before


def test_a_put_replaces_all(any_shelf: Shelf) -> None:
    any_shelf.posts("n", {"a": 1})
    any_shelf.puts("n", {"b": 1}, **{"If-Match": any_shelf.etag("n")})
    assert any_shelf.holds("n") == {"b": 1}


NO_OBJECTS = [
    b" ", b"{", b'{"a": 1}{', b"[]", b"1", b'"a"', b"null", b"\xff", b'{"a": NaN}', b"[" * 100_000,
]  # fmt: skip


@pytest.mark.parametrize("content", NO_OBJECTS)
def test_what_is_posted_as_json_must_be_an_object(any_shelf: Shelf, content: bytes) -> None:
    """2.2.s8.b1: and leaves what there is as it is."""
    assert any_shelf.sends("POST", "n", content).status_code == 400
    assert any_shelf.gets("n").status_code == 404
    any_shelf.posts("n", {"a": 1})
    assert any_shelf.sends("POST", "n", content).status_code == 400
    assert any_shelf.holds("n") == {"a": 1}


@pytest.mark.parametrize(
    ("there", "posted"), [("text/plain", JSON), (JSON, "text/plain"), ("text/plain", "text/plain")]
)
def test_other_types_are_not_merged(any_shelf: Shelf, there: str, posted: str) -> None:
    any_shelf.sends("PUT", "n", b'{"a": 1}', there, **NEW)
    assert any_shelf.sends("POST", "n", b'{"b": 1}', posted).status_code == 400
    assert any_shelf.gets("n").content == b'{"a": 1}'


def test_what_was_put_as_json_and_is_no_object_is_not_merged(any_shelf: Shelf) -> None:
    any_shelf.sends("PUT", "n", b"[1]", **NEW)
    assert any_shelf.posts("n", {"a": 1}).status_code == 400


@pytest.mark.parametrize("value", ['"\\ud800"', "1e999"])
def test_what_no_json_can_hold_is_not_merged(states: Shelf, value: str) -> None:
    states.posts("n", {"a": 1})
    assert states.sends("POST", "n", f'{{"b": {value}}}'.encode()).status_code == 400
    assert states.holds("n") == {"a": 1}


def test_a_document_does_not_grow_beyond_the_limit(states: Shelf, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    assert states.posts("n", {"a": "x" * 60}).status_code == 204
    assert states.posts("n", {"b": "x" * 60}).status_code == 413
    assert states.holds("n") == {"a": "x" * 60}


def test_a_type_may_have_parameters(states: Shelf) -> None:
    content = json.dumps({"a": 1}).encode()
    states.sends("POST", "n", content, "Application/JSON; charset=utf-8")
    assert states.posts("n", {"b": 1}).status_code == 204
