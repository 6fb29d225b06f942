"""The content security policy and its neighbours, on real pages."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from elearning.security import CMS, STRICT, render
from elearning.users.models import User

pytestmark = pytest.mark.django_db


def signed_in(**fields: bool) -> Client:
    user = User.objects.create(username="person", **fields)
    user.groups.add(Group.objects.get_or_create(name="trainer")[0])
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    "path", ["/", "/learn/", "/training/", "/sign-in/", "/healthz", "/nowhere"]
)
def test_a_page_may_load_from_this_site_only_and_run_nothing_inline(path: str) -> None:
    response = signed_in().get(path)
    policy = response["Content-Security-Policy"]
    assert policy == render(STRICT)
    assert "unsafe" not in policy
    assert "http" not in policy
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", ["/", "/learn/", "/training/", "/sign-in/"])
def test_no_page_has_an_inline_script_or_style(path: str) -> None:
    page = signed_in().get(path, follow=True).content.decode()
    assert " style=" not in page
    assert "<style" not in page
    for tag in page.split("<script")[1:]:
        opening = tag.split(">")[0]
        assert "src=" in opening or "application/json" in opening, opening


def test_only_the_page_editor_has_the_looser_policy() -> None:
    response = signed_in(is_superuser=True).get("/cms/", follow=True)
    assert response.status_code == 200
    assert response["Content-Security-Policy"] == render(CMS)
    assert response["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("path", ["/cmsx/", "/learn/cms/", "/training/?next=/cms/"])
def test_a_path_that_only_looks_like_the_editor_stays_strict(path: str) -> None:
    assert signed_in().get(path)["Content-Security-Policy"] == render(STRICT)


def test_devices_of_the_tablet_are_closed_to_every_page(client: Client) -> None:
    headers = client.get("/").headers
    assert headers["Permissions-Policy"] == "camera=(), microphone=(), geolocation=()"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
