"""Documents are kept as they came (xAPI 1.0.3, part three, 2.2, 2.3, 2.6, 2.7; 2.0, 4.1.6)."""

import gzip
import hashlib
import json
import uuid
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client
from django.utils.http import parse_http_date

from assessments.models import Document
from tests.integration.assessments.documents.shelves import JSON, NEW, STATE, Shelf, shelf
from tests.integration.assessments.systems import System, person


@pytest.mark.parametrize("version", ["1.0.3", "2.0.0"])
def test_a_document_comes_back_as_it_was_put(any_shelf: Shelf, version: str) -> None:
    """2.2.s3: the content is the client's own, of any type."""
    any_shelf = any_shelf.speaking(version)
    content = bytes(range(256))
    put = any_shelf.sends("PUT", "n", content, "application/x-thing; v=2", **NEW)
    assert put.status_code == 204
    got = any_shelf.gets("n")
    assert got.status_code == 200
    assert got.content == content
    assert got.headers["Content-Type"] == "application/x-thing; v=2"


def test_a_document_that_is_a_web_page_is_none_of_this_site(any_shelf: Shelf) -> None:
    any_shelf.sends("PUT", "n", b"<script>alert(1)</script>", "text/html", **NEW)
    headers = any_shelf.gets("n").headers
    assert headers["Content-Type"] == "text/html"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["Content-Disposition"] == "attachment"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_an_etag_is_the_sha_1_of_the_content_in_quotes(any_shelf: Shelf) -> None:
    """3.1.s4.b1 to b3."""
    any_shelf.puts("n", {"a": 1}, **NEW)
    response = any_shelf.gets("n")
    assert response.headers["ETag"] == f'"{hashlib.sha1(response.content).hexdigest()}"'


def test_last_modified_is_when_it_was_stored(any_shelf: Shelf) -> None:
    before = int(datetime.now(UTC).timestamp())
    any_shelf.posts("n", {"a": 1})
    after = datetime.now(UTC).timestamp()
    for response in (any_shelf.gets("n"), any_shelf.sends("GET")):
        assert before <= parse_http_date(response.headers["Last-Modified"]) <= after


def test_head_answers_as_get_does_without_the_content(any_shelf: Shelf) -> None:
    """1.1.s2.b1."""
    any_shelf.posts("n", {"a": 1})
    head = any_shelf.sends("HEAD", "n")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == any_shelf.etag("n")


def test_no_document_is_answered_404(any_shelf: Shelf) -> None:
    assert any_shelf.gets("n").status_code == 404


def test_an_empty_document_is_one(any_shelf: Shelf) -> None:
    any_shelf.sends("PUT", "n", b"", "text/plain", **NEW)
    response = any_shelf.gets("n")
    assert (response.status_code, response.content) == (200, b"")
    assert any_shelf.sends("PUT", "n", b"", "text/plain", **NEW).status_code == 412


def test_content_without_a_type_is_bytes(states: Shelf) -> None:
    states.sends("PUT", "n", b"x", content_type="")
    assert states.gets("n").headers["Content-Type"] == "application/octet-stream"


def test_a_deleted_document_is_gone_and_deleting_it_again_is_no_error(any_shelf: Shelf) -> None:
    any_shelf.posts("n", {"a": 1})
    assert any_shelf.deletes("n").status_code == 204
    assert any_shelf.gets("n").status_code == 404
    assert any_shelf.deletes("n").status_code == 204


def test_the_names_of_all_documents_are_listed(any_shelf: Shelf) -> None:
    """2.3.s4, 2.6.s4, 2.7.s4."""
    assert any_shelf.names() == []
    for name in ("b", "a", "c"):
        any_shelf.posts(name, {"a": 1})
    assert any_shelf.names() == ["b", "a", "c"]


def test_since_leaves_out_what_is_not_newer(any_shelf: Shelf) -> None:
    """2.3.s4.table1.row4: stored since, not including the moment itself."""
    any_shelf.posts("old", {"a": 1})
    any_shelf.posts("new", {"a": 1})
    moment = Document.objects.get(name="old").updated.isoformat()
    assert any_shelf.names(since=moment) == ["new"]
    any_shelf.posts("old", {"b": 2})
    assert any_shelf.names(since=moment) == ["new", "old"]


def test_one_agents_or_activitys_documents_are_not_anothers(any_shelf: Shelf) -> None:
    any_shelf.posts("n", {"a": 1})
    for name, value in (
        ("activityId", "https://other.example/quiz"),
        ("agent", json.dumps(person("bob"))),
    ):
        if name in any_shelf.params:
            other = any_shelf.with_(**{name: value})
            assert other.gets("n").status_code == 404
            assert other.names() == []


def test_an_agent_is_the_same_whatever_else_is_said_of_it(system: System) -> None:
    named = {"objectType": "Agent", "name": "Ann", **person("ann")}
    states = shelf(STATE, system.headers["Authorization"])
    states.posts("n", {"a": 1})
    assert states.with_(agent=json.dumps(named)).holds("n") == {"a": 1}


def test_each_registration_has_documents_of_its_own(states: Shelf) -> None:
    """2.3.s3.table1.row3."""
    first, second = (states.with_(registration=str(uuid.uuid4())) for _number in range(2))
    states.posts("n", {"of": "none"})
    first.posts("n", {"of": "first"})
    second.posts("m", {"of": "second"})
    assert states.holds("n") == {"of": "none"}
    assert first.with_(registration=first.params["registration"].upper()).holds("n") == {
        "of": "first"
    }
    assert first.gets("m").status_code == 404
    assert first.names() == ["n"]


def test_without_a_registration_the_states_of_all_are_listed_once(states: Shelf) -> None:
    states.posts("n", {"a": 1})
    states.with_(registration=str(uuid.uuid4())).posts("n", {"a": 1})
    assert states.names() == ["n"]


def test_states_are_deleted_together(states: Shelf) -> None:
    """2.3.s5: those of a registration, or all; never those of another activity."""
    one = states.with_(registration=str(uuid.uuid4()))
    elsewhere = states.with_(activityId="https://other.example/quiz")
    for place in (states, one, elsewhere):
        place.posts("n", {"a": 1})
    assert one.deletes().status_code == 204
    assert (one.names(), states.names()) == ([], ["n"])
    one.posts("n", {"a": 1})
    assert states.deletes().status_code == 204
    assert (states.names(), elsewhere.names()) == ([], ["n"])


def test_a_profile_is_never_deleted_without_its_name(profiles: Shelf) -> None:
    profiles.posts("n", {"a": 1})
    assert profiles.deletes().status_code == 400
    assert profiles.names() == ["n"]


@pytest.mark.parametrize("method", ["PUT", "POST", "GET", "DELETE"])
def test_an_empty_name_is_refused_and_names_nothing(any_shelf: Shelf, method: str) -> None:
    any_shelf.posts("n", {"a": 1})
    assert any_shelf.sends(method, "", b"{}").status_code == 400
    assert any_shelf.names() == ["n"]


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_a_document_without_a_name_is_refused(any_shelf: Shelf, method: str) -> None:
    assert any_shelf.sends(method, None, b"{}", **NEW).status_code == 400


@pytest.mark.parametrize("method", ["PUT", "POST", "GET", "DELETE"])
def test_what_it_belongs_to_must_be_said(any_shelf: Shelf, method: str) -> None:
    """2.3.s3.table1.row1 and row2, 2.6.s3.table1.row1, 2.7.s3.table1.row1."""
    for missing in any_shelf.params:
        rest = {name: value for name, value in any_shelf.params.items() if name != missing}
        response = replace(any_shelf, params=rest).sends(method, "n", b"{}", **NEW)
        assert response.status_code == 400
    assert not Document.objects.exists()


BAD = {
    "agent": ["", "not JSON", "true", "{}", '{"name": "ann"}', "[" * 100_000,
              '{"account": {"homePage": "https://a.example", "name": "\\ud800"}}',
              '{"mbox": "mailto:a@b.example", "openid": "https://a.example"}',
              '{"objectType": "Group", "member": [{"mbox": "mailto:a@b.example"}]}'],
    "activityId": ["", "quiz", "https://a.example/ b", "https://a.example/" + "x" * 1000],
    "registration": ["", "1", "urn:uuid:" + str(uuid.UUID(int=1))],
    "stateId": ["", "\0", "x" * 1001, "é" * 501],
    "profileId": ["", "\0", "x" * 1001],
}  # fmt: skip


@pytest.mark.parametrize("version", ["1.0.3", "2.0.0"])
@pytest.mark.parametrize("method", ["PUT", "POST", "GET", "DELETE"])
def test_a_parameter_that_is_not_well_formed_is_refused(
    any_shelf: Shelf, method: str, version: str
) -> None:
    whole = any_shelf.speaking(version).with_(**{any_shelf.key: "n"})
    known = [*whole.params, *(["registration"] if any_shelf.resource == STATE else [])]
    for name in known:
        for value in BAD[name]:
            response = whole.with_(**{name: value}).sends(method, None, b"{}", **NEW)
            assert response.status_code == 400, (name, value[:80])
    assert not Document.objects.exists()


@pytest.mark.parametrize("value", ["", "yesterday", "2026-01-01"])
def test_since_must_be_a_moment(any_shelf: Shelf, value: str) -> None:
    assert any_shelf.with_(since=value).sends("GET").status_code == 400


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_an_unknown_parameter_is_refused(any_shelf: Shelf, method: str) -> None:
    """3.2.s2.b1; since is for reading only."""
    for name in ("since", "StateId", "format"):
        unknown = any_shelf.with_(**{name: "2026-01-01T00:00:00Z"})
        assert unknown.sends(method, "n", b"{}", **NEW).status_code == 400
    assert not Document.objects.exists()


def test_a_group_with_an_identifier_has_documents_in_version_2_only(states: Shelf) -> None:
    group = {"objectType": "Group", "mbox": "mailto:unit@border.example"}
    whose = states.with_(agent=json.dumps(group))
    assert whose.posts("n", {"a": 1}).status_code == 400
    assert whose.speaking("2.0.0").posts("n", {"a": 1}).status_code == 204


def test_the_mount_of_version_2_has_the_same_documents(any_shelf: Shelf) -> None:
    any_shelf.posts("n", {"a": 1})
    assert replace(any_shelf, mount="/xapi/2.0", version="2.0.0").holds("n") == {"a": 1}


def test_longest_names_of_letters_that_cannot_be_packed_are_kept(states: Shelf) -> None:
    """An entry of an index on PostgreSQL holds 2,704 bytes."""
    digits = "".join(hashlib.sha256(str(number).encode()).hexdigest() for number in range(16))
    whose = states.with_(activityId=f"https://a.example/{digits[:980]}")
    assert whose.posts(digits[:1000], {"a": 1}).status_code == 204
    assert whose.names() == [digits[:1000]]


@pytest.mark.parametrize(
    "content_type", ["text", "text/html\nX: y", "täxt/plain", "a/" + "b" * 300]
)
def test_a_type_that_could_not_be_sent_back_is_refused(
    system: System, states: Shelf, content_type: str
) -> None:
    fields = {
        **states.params, "stateId": "n", "content": "x", "Content-Type": content_type,
        "Authorization": states.authorization, "X-Experience-API-Version": "1.0.3",
    }  # fmt: skip
    response = Client().post(
        "/xapi/activities/state?method=PUT",
        urlencode(fields),
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 400


def test_a_form_puts_a_document(states: Shelf) -> None:
    """The alternate syntax (1.3), with the conditions as fields."""
    fields = {
        **states.params, "stateId": "n", "content": '{"a": "é"}', "If-None-Match": "*",
        "Authorization": states.authorization, "X-Experience-API-Version": "1.0.3",
    }  # fmt: skip
    sent = urlencode(fields), "application/x-www-form-urlencoded"
    address = "/xapi/activities/state?method=PUT"
    assert Client().post(address, sent[0], content_type=sent[1]).status_code == 204
    assert states.holds("n") == {"a": "é"}
    assert Client().post(address, sent[0], content_type=sent[1]).status_code == 412


def test_a_gzipped_document_is_kept_unpacked(any_shelf: Shelf) -> None:
    packed = gzip.compress(b'{"a": 1}')
    headers = {"Content-Encoding": "gzip", **NEW}
    assert any_shelf.sends("PUT", "n", packed, JSON, **headers).status_code == 204
    assert any_shelf.gets("n").content == b'{"a": 1}'


def test_a_document_that_is_too_large_is_refused(states: Shelf) -> None:
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert states.sends("PUT", "n", bytes(most), "a/b").status_code == 204
    assert states.sends("PUT", "n", bytes(most + 1), "a/b").status_code == 413
    bomb = gzip.compress(bytes(most + 1))
    response = states.sends("PUT", "n", bomb, "a/b", **{"Content-Encoding": "gzip"})
    assert response.status_code == 413
