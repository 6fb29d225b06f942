"""An administrator makes and revokes the credentials of other systems."""

import base64
import logging
import re

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client

from assessments.credentials import Made, make_credential
from assessments.models import Credential, Scope
from elearning.users.models import User
from elearning.users.roles import Role
from tests.integration.courses import world

pytestmark = pytest.mark.django_db
PATH = "/training/credentials/"


@pytest.fixture
def admin() -> User:
    return world.person("admin", Role.ADMINISTRATOR, first_name="Ada", last_name="Administrator")


@pytest.fixture
def client(admin: User) -> Client:
    return world.web(admin)


@pytest.fixture
def made() -> Made:
    return make_credential(label="Regional office", scopes=[Scope.READ, Scope.WRITE_OWN])


def makes(client: Client, label: str = "Regional office", *scopes: str) -> HttpResponse:
    return client.post(PATH, {"label": label, "scope": scopes or [Scope.READ]})


def shown(page: HttpResponse, what: str) -> str:
    (found,) = re.findall(rf'data-copy="{what}">([^<]+)<', page.content.decode())
    return found


def opens_the_store(name: str, secret: str) -> bool:
    pair = base64.b64encode(f"{name}:{secret}".encode()).decode()
    headers = {"Authorization": f"Basic {pair}", "X-Experience-API-Version": "1.0.3"}
    return Client().get("/xapi/statements", headers=headers).status_code == 200


def revoke_path(credential: Credential) -> str:
    return f"{PATH}{credential.pk}/revoke/"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_may_open_them(made: Made, role: Role) -> None:
    client = world.web(world.person("somebody", role))
    for path in (PATH, revoke_path(made.credential)):
        assert client.get(path).status_code == 403
        assert client.post(path, {"label": "x", "scope": Scope.READ}).status_code == 403
    assert Credential.objects.get().revoked is None
    assert b"training/credentials" not in client.get("/training/").content


def test_a_stranger_is_asked_to_sign_in() -> None:
    assert world.web(None).get(PATH).status_code == 302


def test_the_first_page_says_what_to_do_first(client: Client) -> None:
    assert "First make one" in client.get(PATH).content.decode()
    assert PATH in client.get("/training/").content.decode()


def test_the_secret_is_shown_once_and_opens_the_store(client: Client, admin: User) -> None:
    page = makes(client)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    name, secret = shown(page, "name"), shown(page, "secret")
    assert opens_the_store(name, secret)
    assert Credential.objects.get().created_by == admin
    for path in (PATH, revoke_path(Credential.objects.get()), "/training/"):
        assert secret not in client.get(path).content.decode()


def test_the_secret_is_in_no_url_cookie_session_or_log(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        page = makes(client)
    secret = shown(page, "secret")
    assert "Location" not in page
    kept = [str(page.cookies), caplog.text, *map(str, page.headers.values())]
    kept += [str(session.get_decoded()) for session in Session.objects.all()]
    kept += [str(row) for row in Credential.objects.values()]
    assert not any(secret in text for text in kept)


def test_a_reload_makes_no_second_credential_and_shows_no_secret(client: Client) -> None:
    (name,) = re.findall(r'name="name" value="([^"]+)"', client.get(PATH).content.decode())
    form = {"label": "Regional office", "scope": [Scope.READ], "name": name}
    first = client.post(PATH, form)
    assert shown(first, "name") == name
    again = client.post(PATH, form, follow=True)
    assert again.redirect_chain == [(PATH, 302)]
    assert "data-copy" not in again.content.decode()
    assert Credential.objects.count() == 1
    assert opens_the_store(name, shown(first, "secret"))
    assert name not in re.findall(r'name="name" value="([^"]+)"', again.content.decode())


@pytest.mark.parametrize("name", ["", "office", "\0", "12345678-1234"])
def test_a_name_that_is_none_is_replaced(client: Client, name: str) -> None:
    page = client.post(PATH, {"label": "Office", "scope": [Scope.READ], "name": name})
    assert shown(page, "name") == str(Credential.objects.get().pk)


def test_the_list_says_what_each_may_do_and_who_made_it(client: Client, made: Made) -> None:
    makes(client, "Site", Scope.FORWARD, Scope.ROSTER)
    _headings, newest, oldest = world.table(client.get(PATH), "credentials")
    assert newest[0] == "Site"
    assert "which is trusted to write about anybody" in newest[1]
    assert "with the hashes of their passwords" in newest[1]
    assert newest[3:] == ["Ada Administrator", "Not yet", "Revoke"]
    assert "Write its own statements" in oldest[1]
    assert "Read everything" in oldest[1]
    assert oldest[3] == "Not known"


@pytest.mark.parametrize("label", ["", "   ", "a" * 101, "a\0b"])
def test_a_label_that_says_nothing_is_refused_and_the_choice_is_kept(
    client: Client, label: str
) -> None:
    page = makes(client, label, Scope.READ_OWN)
    assert page.status_code == 400
    assert "Say what it is for" in page.content.decode()
    assert re.search(r'value="read-own" checked', page.content.decode())
    assert not Credential.objects.exists()


@pytest.mark.parametrize("scopes", [[], ["everything"]])
def test_what_it_may_do_must_be_chosen(client: Client, scopes: list[str]) -> None:
    page = client.post(PATH, {"label": "Office <b>", "scope": scopes})
    assert page.status_code == 400
    assert "Choose what it may do" in page.content.decode()
    assert 'value="Office &lt;b&gt;"' in page.content.decode()


def test_revoking_asks_once_more_and_is_final(client: Client, made: Made) -> None:
    name, secret = made.pair.split(":")
    path = revoke_path(made.credential)
    asked = client.get(path).content.decode()
    assert "This is final" in asked
    assert opens_the_store(name, secret)
    answer = client.post(path, follow=True)
    assert answer.redirect_chain == [(PATH, 302)]
    assert "The credential is revoked" in answer.content.decode()
    assert not opens_the_store(name, secret)
    assert world.table(answer, "credentials")[1][-1].startswith("Revoked ")
    assert path not in answer.content.decode()


def test_revoking_twice_keeps_the_first_moment(client: Client, made: Made) -> None:
    path = revoke_path(made.credential)
    client.post(path)
    before = Credential.objects.get().revoked
    for ask in (client.get, client.post):
        assert ask(path).url == PATH
    assert Credential.objects.get().revoked == before


def test_the_good_ones_stand_before_the_revoked_ones(client: Client, made: Made) -> None:
    other = make_credential(label="Newer", scopes=[Scope.READ])
    client.post(revoke_path(other.credential))
    found = [row[0] for row in world.table(client.get(PATH), "credentials")[1:]]
    assert found == ["Regional office", "Newer"]


def test_a_credential_that_is_none_cannot_be_revoked(client: Client) -> None:
    unknown = "00000000-0000-4000-8000-000000000000"
    assert client.post(f"{PATH}{unknown}/revoke/").status_code == 404
