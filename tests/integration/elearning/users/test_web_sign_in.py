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


@pytest.mark.parametrize("path", ["/cms/login/", "/modules/_util/login/"])
def test_wagtail_has_no_way_in_of_its_own(client: Client, path: str) -> None:
    User.objects.create_user("officer", password="right horse")
    body = {"username": "officer", "password": "right horse"}
    answer = client.post(f"{path}?next=/cms/pages/", body)
    assert answer.url == "/sign-in/?next=/cms/pages/"
    assert client.get(path).url == "/sign-in/?next="
    assert not Session.objects.exists()


def test_an_author_signs_in_and_is_where_they_wanted_to_be(client: Client) -> None:
    User.objects.create_user("author", password="right horse", is_superuser=True)
    asked = client.get("/cms/pages/", follow=True)
    assert asked.request["PATH_INFO"] == "/sign-in/"
    form = {"username": "author", "password": "right horse", "next": asked.context["next"]}
    assert client.post("/sign-in/", form).url == "/cms/pages/"
    assert client.get("/cms/login/?next=/cms/", follow=True).request["PATH_INFO"] == "/cms/"


def test_who_may_not_edit_is_told_so(client: Client) -> None:
    sign_in(client, Role.TRAINER)
    answer = client.get("/cms/pages/", follow=True)
    assert answer.status_code == 403
    assert "You may not open this page" in answer.content.decode()
