"""A tablet signs in, reports, and holds tokens that do one thing each."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
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
    assert sign_in(client).status_code == 429


def test_a_second_tablet_in_the_room_is_not_locked_with_the_first_name(
    client: Client, officer: User
) -> None:
    User.objects.create_user("other", password="right horse")
    for _try in range(10):
        sign_in(client, password="wrong")
    assert sign_in(client, username="other").status_code == 200


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


def test_nonsense_in_a_contact_report_is_counted_as_nothing(client: Client, officer: User) -> None:
    token = sign_in(client).json()["grant"]
    report = {"device": DEVICE, "waiting": -5, "aside": ["x", 7], "lost": "many"}
    assert post(client, "/learn/api/contact", report, token).status_code == 200
    contact = Contact.objects.get()
    assert (contact.waiting, contact.lost, contact.aside) == (0, 0, [])


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
