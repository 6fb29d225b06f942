"""A tablet signs in, reports, and holds tokens that do one thing each."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from elearning.users.models import Contact, Grant, User

pytestmark = pytest.mark.django_db
DEVICE = str(uuid.uuid4())


@pytest.fixture
def officer() -> User:
    return User.objects.create_user("officer", password="right horse", first_name="Ana")


def post(client: Client, path: str, body: object, token: str = "", **headers: str) -> Any:
    if token:
        headers["Authorization"] = f"Bearer {token}"
    return client.post(path, json.dumps(body), content_type="application/json", headers=headers)


def sign_in(client: Client, password: str = "right horse", username: str = "officer") -> Any:
    body = {"username": username, "password": password, "device": DEVICE}
    return post(client, "/learn/api/sign-in", body)


def test_a_sign_in_gives_two_different_tokens_and_no_cookie(client: Client, officer: User) -> None:
    response = sign_in(client)
    assert response.status_code == 200
    body = response.json()
    assert body["learner"]["id"] == str(officer.id)
    assert body["session"] != body["grant"]
    assert not response.cookies
    assert response["Cache-Control"] == "no-store"


def test_tokens_are_kept_only_as_digests(client: Client, officer: User) -> None:
    body = sign_in(client).json()
    grant = Grant.objects.get()
    assert body["grant"] not in (grant.write_digest, grant.session_digest)
    assert len(grant.write_digest) == 64


def test_a_wrong_password_is_refused_in_the_tablets_language(client: Client, officer: User) -> None:
    response = sign_in(client, password="wrong")
    assert response.status_code == 401
    assert response.json()["error"] == "wrong-credentials"


def test_ten_wrong_tries_make_the_name_wait_and_the_right_password_too(
    client: Client, officer: User
) -> None:
    for _try in range(10):
        last = sign_in(client, password="wrong")
    assert last.status_code == 429
    assert last.json()["error"] == "too-many-tries"
    locked = sign_in(client)
    assert locked.status_code == 429
    assert locked.json()["error"] == "too-many-tries"
    assert "15 minutes" in locked.json()["message"]


def test_a_second_tablet_in_the_room_is_not_locked_with_the_first_name(
    client: Client, officer: User
) -> None:
    User.objects.create_user("other", password="right horse")
    for _try in range(10):
        sign_in(client, password="wrong")
    assert sign_in(client, username="other").status_code == 200


def test_a_right_password_forgets_the_wrong_tries_before_it(client: Client, officer: User) -> None:
    for _try in range(5):
        sign_in(client, password="wrong")
    assert sign_in(client).status_code == 200
    for _try in range(9):
        assert sign_in(client, password="wrong").status_code == 401
    assert sign_in(client).status_code == 200


def test_a_right_password_forgets_nothing_of_another_name_or_another_room(
    client: Client, officer: User
) -> None:
    User.objects.create_user("other", password="right horse")
    elsewhere = Client(REMOTE_ADDR="192.0.2.9")
    for _try in range(9):
        sign_in(client, password="wrong", username="other")
        sign_in(elsewhere, password="wrong")
    assert sign_in(client).status_code == 200
    assert sign_in(client, password="wrong", username="other").status_code == 429
    assert sign_in(elsewhere, password="wrong").status_code == 429


def test_a_sign_in_on_a_tablet_is_a_last_login_and_makes_no_session(
    client: Client, officer: User
) -> None:
    sign_in(client)
    officer.refresh_from_db()
    assert officer.last_login is not None
    assert not Session.objects.exists()


@pytest.mark.parametrize("odd", ["a\0b", "a\ud800b", "a" * 5000, None, 7, ["officer"], {"a": 1}])
@pytest.mark.parametrize("field", ["username", "password"])
def test_a_name_or_a_password_that_nobody_can_have_is_refused(
    client: Client, officer: User, field: str, odd: object
) -> None:
    body = {"username": "officer", "password": "right horse", "device": DEVICE, field: odd}
    response = post(client, "/learn/api/sign-in", body)
    assert response.status_code == 401
    assert response.json()["error"] == "wrong-credentials"


@pytest.mark.parametrize("device", ["", "not-a-uuid", None, 7])
def test_a_tablet_without_an_id_is_refused(client: Client, officer: User, device: object) -> None:
    body = {"username": "officer", "password": "right horse", "device": device}
    response = post(client, "/learn/api/sign-in", body)
    assert response.status_code == 400
    assert response.json()["error"] == "bad-device"


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff"])
def test_what_is_not_a_json_object_is_refused(client: Client, body: bytes) -> None:
    response = client.post("/learn/api/sign-in", body, content_type="application/json")
    assert response.status_code == 400
    assert response.json()["error"] == "bad-json"


def test_the_write_token_reads_nothing_and_the_session_token_writes_nothing(
    client: Client, officer: User
) -> None:
    body = sign_in(client).json()
    report = {"device": DEVICE, "waiting": 1, "aside": [], "lost": 0}
    assert post(client, "/learn/api/contact", report, body["session"]).status_code == 401
    language = post(client, "/learn/api/language", {"language": "ur"}, body["grant"])
    assert language.status_code == 401
    assert post(client, "/learn/api/contact", report, body["grant"]).status_code == 200


def test_the_write_token_outlives_the_session(client: Client, officer: User) -> None:
    body = sign_in(client).json()
    Grant.objects.update(session_expires=timezone.now() - timedelta(days=1))
    report = {"device": DEVICE, "waiting": 0, "aside": [], "lost": 0}
    assert post(client, "/learn/api/contact", report, body["grant"]).status_code == 200
    language = post(client, "/learn/api/language", {"language": "ur"}, body["session"])
    assert language.status_code == 401


def test_an_earlier_grant_still_writes_after_a_new_sign_in(client: Client, officer: User) -> None:
    first, _second = sign_in(client).json(), sign_in(client).json()
    report = {"device": DEVICE, "waiting": 0, "aside": [], "lost": 0}
    assert post(client, "/learn/api/contact", report, first["grant"]).status_code == 200


def test_a_contact_report_is_kept_once_a_tablet_and_a_repeat_changes_nothing(
    client: Client, officer: User
) -> None:
    token = sign_in(client).json()["grant"]
    report = {"device": DEVICE, "waiting": 7, "aside": [{"id": "x", "reason": "bad"}], "lost": 3}
    for _time in range(2):
        post(client, "/learn/api/contact", report, token)
    contact = Contact.objects.get()
    assert (contact.user, contact.waiting, contact.lost) == (officer, 7, 3)
    assert contact.aside == [{"id": "x", "reason": "bad"}]


NONSENSE = [
    {"waiting": -5, "aside": ["x", 7], "lost": "many"},
    {"waiting": "5", "aside": 5, "lost": {"x": "many", "y": -1}},
    {"waiting": None, "aside": {"id": "x"}, "lost": [3]},
    {},
]


@pytest.mark.parametrize("report", NONSENSE)
def test_nonsense_in_a_contact_report_is_counted_as_nothing(
    client: Client, officer: User, report: dict[str, object]
) -> None:
    token = sign_in(client).json()["grant"]
    assert post(client, "/learn/api/contact", report, token).status_code == 200
    contact = Contact.objects.get()
    assert (contact.waiting, contact.lost, contact.aside) == (0, 0, [])


@pytest.mark.parametrize("odd", ["a\0b", "a\ud800b"])
def test_what_no_database_stores_is_taken_out_of_a_contact_report(
    client: Client, officer: User, odd: str
) -> None:
    token = sign_in(client).json()["grant"]
    report = {"aside": [{"id": odd, "reason": odd}], "lost": {odd: 2}}
    assert post(client, "/learn/api/contact", report, token).status_code == 200
    contact = Contact.objects.get()
    assert contact.lost == 2
    assert contact.aside[0]["id"].replace("?", "") == "ab"


def test_a_report_is_about_the_tablet_that_holds_the_grant(client: Client, officer: User) -> None:
    token = sign_in(client).json()["grant"]
    report = {"device": str(uuid.uuid4()), "waiting": 4}
    assert post(client, "/learn/api/contact", report, token).status_code == 200
    contact = Contact.objects.get()
    assert (str(contact.device), contact.waiting) == (DEVICE, 4)


def test_answers_of_two_evictions_add_up_and_a_repeat_changes_nothing(
    client: Client, officer: User
) -> None:
    token = sign_in(client).json()["grant"]
    first, second = str(uuid.uuid4()), str(uuid.uuid4())
    for lost in [{first: 3}, {first: 3}, {first: 3, second: 2}, {second: 2}, {first: 1}]:
        assert post(client, "/learn/api/contact", {"lost": lost}, token).status_code == 200
    contact = Contact.objects.get()
    assert (contact.lost, contact.evictions) == (5, {first: 3, second: 2})


def test_a_tablet_that_makes_up_evictions_fills_no_database(client: Client, officer: User) -> None:
    token = sign_in(client).json()["grant"]
    lost = {f"{number}" * 50: 10**30 for number in range(200)}
    assert post(client, "/learn/api/contact", {"lost": lost}, token).status_code == 200
    contact = Contact.objects.get()
    assert len(contact.evictions) == 100
    assert all(len(eviction) <= 64 for eviction in contact.evictions)
    assert contact.lost == 100 * 1_000_000


def test_the_preferred_language_is_one_of_the_twelve(client: Client, officer: User) -> None:
    token = sign_in(client).json()["session"]
    assert post(client, "/learn/api/language", {"language": "fr"}, token).status_code == 400
    assert post(client, "/learn/api/language", {"language": "ur"}, token).status_code == 204
    officer.refresh_from_db()
    assert officer.language == "ur"


def test_someone_who_was_deactivated_reads_nothing_more(client: Client, officer: User) -> None:
    token = sign_in(client).json()["session"]
    User.objects.update(is_active=False)
    assert post(client, "/learn/api/language", {"language": "ur"}, token).status_code == 401


def test_a_tablet_of_a_deleted_officer_may_still_hand_in_what_waits_there(
    client: Client, officer: User
) -> None:
    token = sign_in(client).json()["grant"]
    officer.delete()
    report = {"device": DEVICE, "waiting": 2, "aside": [], "lost": 0}
    assert post(client, "/learn/api/contact", report, token).status_code == 200
    assert Contact.objects.get().waiting == 2


def test_signing_in_is_a_contact(client: Client, officer: User) -> None:
    sign_in(client)
    contact = Contact.objects.get()
    assert (contact.user, str(contact.device), contact.waiting) == (officer, DEVICE, 0)
