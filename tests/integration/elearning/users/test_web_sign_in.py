"""Signing in on the web leads each role to a page of its own, and officers to their app."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from elearning.users.models import User
from elearning.users.roles import Role
from elearning.users.services import give_role

pytestmark = pytest.mark.django_db


def sign_in(client: Client, *roles: Role) -> str:
    """The page that somebody with these roles sees after signing in."""
    person = User.objects.create_user("person", password="right horse", first_name="Ana")
    for role in roles:
        give_role(person, role)
    body = {"username": "person", "password": "right horse"}
    answer = client.post("/sign-in/", body, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_officer_is_led_to_the_app_and_leaves_no_session_on_the_tablet(client: Client) -> None:
    page = sign_in(client, Role.OFFICER)
    assert 'href="/learn/"' in page
    assert "Ana" not in page
    assert not Session.objects.exists()
    assert client.get("/training/").status_code == 302


def test_an_officer_who_trains_others_too_is_signed_in(client: Client) -> None:
    assert "My cohorts" in sign_in(client, Role.OFFICER, Role.TRAINER)


def test_a_translator_is_told_where_texts_are_translated(client: Client) -> None:
    page = sign_in(client, Role.TRANSLATOR)
    assert "no page for translators here yet" in page
    assert "Sign out Ana" in page
