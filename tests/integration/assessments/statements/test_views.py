"""/xapi/statements, as docs/formats.md has it."""

import gzip
import json
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from assessments.models import Statement
from tests.integration.assessments.conftest import Tablet


def test_a_batch_is_stored_and_its_ids_come_back_in_order(tablet: Tablet) -> None:
    batch = [tablet.says() for _number in range(20)]
    response = tablet.posts(batch)
    assert response.status_code == 200
    assert response.json() == [made["id"] for made in batch]
    assert Statement.objects.count() == 20


def test_a_row_says_who_did_what_when_and_on_which_tablet(tablet: Tablet) -> None:
    made = tablet.says("passed", scaled=0.9, timestamp="2026-11-20T12:00:00+02:00")
    tablet.posts([made])
    row = Statement.objects.get()
    assert row.actor == tablet.officer.id
    assert row.verb == "passed"
    assert row.object == made["object"]["id"]
    assert row.registration == uuid.UUID(made["context"]["registration"])
    assert row.source == tablet.grant.device
    assert row.timestamp.isoformat() == "2026-11-20T10:00:00+00:00"


def test_the_server_adds_authority_stored_and_version_of_its_own(tablet: Tablet) -> None:
    claimed = {"account": {"homePage": "https://else.example", "name": "the minister"}}
    made = tablet.says() | {"authority": claimed, "stored": "2001-01-01T00:00:00Z"}
    tablet.posts([made])
    row = Statement.objects.get()
    kept = json.loads(row.payload)
    assert kept["authority"]["account"]["name"] == str(tablet.grant.device)
    assert kept["stored"] == row.stored.isoformat()
    assert kept["version"] == "1.0.0"
    assert {key: kept[key] for key in made if key not in ("authority", "stored")} == {
        key: made[key] for key in made if key not in ("authority", "stored")
    }


def test_a_statement_without_timestamp_happened_when_it_was_stored(tablet: Tablet) -> None:
    made = tablet.says()
    del made["timestamp"]
    assert tablet.posts([made]).status_code == 200
    row = Statement.objects.get()
    assert row.timestamp == row.stored
    assert json.loads(row.payload)["timestamp"] == row.stored.isoformat()
    assert tablet.posts([made]).status_code == 200


def test_a_batch_may_be_gzipped(tablet: Tablet) -> None:
    assert tablet.posts([tablet.says()], packed=True).status_code == 200
    assert Statement.objects.count() == 1


def test_one_statement_needs_no_list(tablet: Tablet) -> None:
    made = tablet.says()
    assert tablet.posts(made).json() == [made["id"]]


def test_a_repeated_batch_is_stored_once(tablet: Tablet) -> None:
    batch = [tablet.says() for _number in range(5)]
    for _time in range(3):
        assert tablet.posts(batch).json() == [made["id"] for made in batch]
    assert Statement.objects.count() == 5


def test_a_batch_may_overlap_an_earlier_one(tablet: Tablet) -> None:
    batch = [tablet.says() for _number in range(5)]
    tablet.posts(batch[:3])
    assert tablet.posts(batch[2:]).status_code == 200
    assert Statement.objects.count() == 5


def test_the_same_statement_written_otherwise_is_the_same(tablet: Tablet) -> None:
    made = tablet.says("answered", scaled=1)
    tablet.posts([made])
    other = json.loads(json.dumps(made, sort_keys=True))
    other["id"] = made["id"].upper()
    other["result"]["score"]["scaled"] = 1.0
    other["stored"] = "2026-01-01T00:00:00Z"
    assert tablet.posts([other]).json() == [made["id"]]
    assert Statement.objects.count() == 1


def test_the_same_id_with_other_content_is_a_conflict_and_nothing_is_stored(tablet: Tablet) -> None:
    made = tablet.says(response="a")
    tablet.posts([made])
    changed = json.loads(json.dumps(made))
    changed["result"]["response"] = "b"
    response = tablet.posts([tablet.says(), changed, tablet.says()])
    assert response.status_code == 409
    assert response.json()["error"] == "conflict"
    assert response.json()["statement"] == made["id"]
    assert json.loads(Statement.objects.get().payload)["result"]["response"] == "a"


def test_the_same_id_twice_in_a_batch_is_refused(tablet: Tablet) -> None:
    made = tablet.says()
    response = tablet.posts([made, tablet.says(), made])
    assert response.status_code == 400
    assert response.json()["error"] == "repeated-id"
    assert response.json()["statement"] == made["id"]
    assert not Statement.objects.exists()


def test_a_bad_statement_leaves_nothing_of_its_batch(tablet: Tablet) -> None:
    bad = tablet.says()
    bad["result"]["score"]["scaled"] = 2
    response = tablet.posts([tablet.says(), tablet.says(), bad, tablet.says()])
    assert response.status_code == 400
    assert response.json() == {
        "error": "out-of-range",
        "message": "This must lie between -1 and 1.",
        "statement": bad["id"],
        "path": "result.score.scaled",
    }
    assert not Statement.objects.exists()


def test_a_statement_of_another_officer_is_refused(tablet: Tablet, other_tablet: Tablet) -> None:
    foreign = other_tablet.says()
    response = tablet.posts([tablet.says(), foreign])
    assert response.status_code == 403
    assert response.json()["statement"] == foreign["id"]
    assert not Statement.objects.exists()


@pytest.mark.parametrize(
    "actor",
    [
        {"mbox": "mailto:me@a.example"},
        {"account": {"homePage": "https://other.example/people", "name": "{officer}"}},
    ],
)
def test_an_officer_is_named_by_the_account_of_this_platform_only(
    tablet: Tablet, actor: dict[str, Any]
) -> None:
    if "account" in actor:
        actor["account"]["name"] = str(tablet.officer.id)
    assert tablet.posts([tablet.says() | {"actor": actor}]).status_code == 403


def test_a_group_with_the_account_of_an_officer_is_not_the_officer(tablet: Tablet) -> None:
    made = tablet.says()
    made["actor"]["objectType"] = "Group"
    assert tablet.posts([made]).status_code == 403


def test_a_tablet_cannot_void_statements(tablet: Tablet) -> None:
    """Voiding is for those who may do so (xAPI 1.0.3, part two, 2.3.2)."""
    made = tablet.says()
    tablet.posts([made])
    voids = tablet.says()
    voids["verb"] = {"id": "http://adlnet.gov/expapi/verbs/voided"}
    voids["object"] = {"objectType": "StatementRef", "id": made["id"]}
    del voids["context"]
    response = tablet.posts([voids])
    assert response.status_code == 400
    assert response.json() == {
        "error": "no-voiding",
        "message": "A tablet cannot void statements.",
        "statement": voids["id"],
        "path": "verb",
    }
    assert Statement.objects.count() == 1


PERSON = {"objectType": "Agent", "mbox": "mailto:a@b.example"}
REFERENCE = {"objectType": "StatementRef", "id": str(uuid.uuid4())}
SUB_STATEMENT = {
    "objectType": "SubStatement",
    "actor": PERSON,
    "verb": {"id": "https://a.example/verbs/planned"},
    "object": {"id": "https://a.example/visits/1"},
}


@pytest.mark.parametrize(
    ("thing", "name"),
    [(PERSON, "Agent"), (SUB_STATEMENT, "SubStatement"), (REFERENCE, "StatementRef")],
    ids=["a person", "a sub-statement", "a reference"],
)
def test_a_statement_may_be_about_something_else_than_an_activity(
    tablet: Tablet, thing: dict[str, Any], name: str
) -> None:
    made = tablet.says("completed") | {"object": thing}
    del made["context"]["platform"]
    assert tablet.posts([made]).status_code == 200
    row = Statement.objects.get()
    assert row.object == name
    assert json.loads(row.payload)["object"] == thing


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer unknown", "Basic b2ZmaWNlcjE6eA=="])
def test_an_unknown_token_is_answered_401(tablet: Tablet, header: str) -> None:
    response = tablet.posts([tablet.says()], Authorization=header)
    assert response.status_code == 401
    assert response.json()["error"] == "unknown-token"


def test_a_revoked_grant_writes_no_more(tablet: Tablet) -> None:
    tablet.grant.revoked = timezone.now()
    tablet.grant.save()
    assert tablet.posts([tablet.says()]).status_code == 401


def test_late_answers_of_a_deactivated_officer_are_accepted(tablet: Tablet) -> None:
    tablet.officer.is_active = False
    tablet.officer.save()
    assert tablet.posts([tablet.says()]).status_code == 200


BODIES = {
    "no JSON": b"hello",
    "nothing": b"",
    "bytes of no text": b"\xff\xfe[]",
    "an empty list": b"[]",
    "a number": b"17",
    "not a number": b"[NaN]",
    "deep nesting": b"[" * 100_000,
    "a list in the list": b"[[]]",
    "null in the list": b"[null]",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_a_body_that_holds_no_statements_is_refused(tablet: Tablet, body: bytes) -> None:
    response = tablet.posts_bytes(body)
    assert response.status_code == 400
    assert response.json()["statement"] is None


@pytest.mark.parametrize("bad", ['"\\ud800"', "1e999", "NaN"])
def test_what_no_database_can_keep_is_refused(tablet: Tablet, bad: str) -> None:
    made = tablet.says()
    made["result"]["extensions"] = {"https://a.example/x": "BAD"}
    body = json.dumps([made]).replace('"BAD"', bad)
    response = tablet.posts_bytes(body.encode())
    assert response.status_code == 400
    assert response.json()["error"] == "bad-text"
    assert response.json()["statement"] == made["id"]


def test_deep_nesting_is_kept_or_refused_and_never_an_error(tablet: Tablet) -> None:
    """Between what can be read and what can be written lie a few depths, which vary with the stack."""
    for depth in [*range(700, 1000), 5000, 100_000]:
        made = tablet.says()
        made["result"]["extensions"] = {"https://a.example/x": "DEEP"}
        body = json.dumps([made]).replace('"DEEP"', "[" * depth + "]" * depth)
        response = tablet.posts_bytes(body.encode())
        assert response.status_code in (200, 400), depth
        stored = Statement.objects.filter(id=made["id"]).exists()
        assert stored == (response.status_code == 200)


@pytest.mark.parametrize(
    "path",
    ["verb.id", "verb.display.en", "object.id", "object.definition.type", "actor.account.name",
     "context.platform", "context.registration", "context.language", "timestamp", "id",
     "result.response", "version"],
)  # fmt: skip
def test_a_null_character_is_never_an_error(tablet: Tablet, path: str) -> None:
    made = tablet.says()
    *outer, last = path.split(".")
    inner = made
    for name in outer:
        inner = inner[name]
    inner[last] = f"{inner.get(last, '1.0.0')}\0"
    response = tablet.posts([made])
    assert response.status_code in (200, 400, 403)
    if response.status_code == 200:
        assert (
            json.loads(Statement.objects.get().payload)[path.partition(".")[0]]
            == (made[path.partition(".")[0]])
        )


def test_a_null_character_and_every_script_are_kept(tablet: Tablet) -> None:
    made = tablet.says(response="a\0b မြန်မာ 😀")
    assert tablet.posts([made]).status_code == 200
    assert json.loads(Statement.objects.get().payload)["result"] == made["result"]


def test_more_than_five_hundred_statements_are_too_many(tablet: Tablet) -> None:
    batch = [tablet.says() for _number in range(501)]
    assert tablet.posts(batch).status_code == 413
    assert tablet.posts(batch[:500]).status_code == 200


def test_a_small_gzip_of_a_huge_body_is_too_large(tablet: Tablet) -> None:
    bomb = gzip.compress(b" " * 200_000_000, compresslevel=1)
    response = tablet.posts_bytes(bomb, **{"Content-Encoding": "gzip"})
    assert response.status_code == 413
    assert response.json()["error"] == "too-large"


def test_a_huge_body_is_too_large(tablet: Tablet) -> None:
    assert tablet.posts_bytes(b" " * 6_000_000).status_code == 413


@pytest.mark.parametrize(
    "body", [b"[]", gzip.compress(b"[" + b" " * 5000, mtime=0)[:-9]], ids=["plain", "cut"]
)
def test_what_is_not_gzipped_as_it_says_is_refused(tablet: Tablet, body: bytes) -> None:
    response = tablet.posts_bytes(body, **{"Content-Encoding": "gzip"})
    assert response.status_code == 400
    assert response.json()["error"] == "bad-gzip"


def test_another_packing_is_refused(tablet: Tablet) -> None:
    response = tablet.posts_bytes(b"[]", **{"Content-Encoding": "br"})
    assert response.json()["error"] == "unknown-encoding"


@pytest.mark.parametrize("version", ["", "1.1.0", "2.1.0", "0.95"])
def test_another_version_of_the_standard_is_refused(tablet: Tablet, version: str) -> None:
    response = tablet.posts([tablet.says()], **{"X-Experience-API-Version": version})
    assert response.status_code == 400
    assert response.json()["error"] == "bad-version"


def test_every_answer_names_the_version(tablet: Tablet) -> None:
    assert tablet.posts([tablet.says()])["X-Experience-API-Version"] == "1.0.3"
    assert tablet.posts([])["X-Experience-API-Version"] == "1.0.3"
    assert tablet.posts([], Authorization="")["X-Experience-API-Version"] == "1.0.3"


def test_the_reason_comes_in_the_language_of_the_request(tablet: Tablet) -> None:
    response = tablet.posts([], **{"Accept-Language": "ur"})
    assert response.status_code == 400
    assert response["Content-Language"] == "ur"


def test_a_batch_of_any_size_takes_the_same_few_queries(
    tablet: Tablet, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    batch = [tablet.says() for _number in range(100)]
    # The grant, begin and end of the transaction, the lock, the insert.
    with django_assert_max_num_queries(5):
        tablet.posts(batch)
    # And the look whether what is stored says the same.
    with django_assert_max_num_queries(6):
        tablet.posts(batch)


def test_no_cookie_and_no_form_token_is_needed(tablet: Tablet) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(
        "/xapi/statements",
        json.dumps([tablet.says()]),
        content_type="application/json",
        headers={
            "Authorization": f"Bearer {tablet.token}",
            "X-Experience-API-Version": "1.0.3",
        },
    )
    assert response.status_code == 200
    assert not response.cookies


def test_the_log_is_not_read_with_a_write_token(tablet: Tablet) -> None:
    headers = {"Authorization": f"Bearer {tablet.token}", "X-Experience-API-Version": "1.0.3"}
    response = Client().get("/xapi/statements", headers=headers)
    assert response.status_code == 403


def test_about_names_the_version_to_anyone() -> None:
    response = Client().get("/xapi/about")
    assert response.json() == {"version": ["1.0.3", "2.0.0"]}
    assert response["X-Experience-API-Version"] == "1.0.3"
