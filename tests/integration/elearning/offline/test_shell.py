"""The page of the app is the same for everybody and names every file the service worker keeps."""

import json
import re

import pytest
from django.test import Client

from elearning import languages
from elearning.offline import shell
from elearning.users.models import User

pytestmark = pytest.mark.django_db


def test_the_page_is_the_same_bytes_for_everybody_in_every_language(client: Client) -> None:
    anonymous = client.get("/learn/").content
    client.force_login(User.objects.create_user("officer", first_name="Ana"))
    for language in languages.ALL:
        headers = {"Accept-Language": language.code}
        assert client.get("/learn/", headers=headers).content == anonymous


def test_the_page_and_the_worker_name_the_same_version(client: Client) -> None:
    page = client.get("/learn/").content.decode()
    worker = client.get("/sw.js").content.decode()
    version = json.loads(re.search(r"const VERSION = (.*);", worker)[1])
    assert f'content="{version}"' in page


def test_the_worker_is_never_cached_and_the_page_for_a_minute(client: Client) -> None:
    assert client.get("/sw.js")["Cache-Control"] == "no-cache"
    assert client.get("/learn/")["Cache-Control"] == "public, max-age=60"


def test_every_module_of_the_app_is_kept_for_offline_use() -> None:
    kept = " ".join(shell.files())
    for name in ["app.js", "session.js", "sync.js", "offline/store.js", "lit-html.js", "site.css"]:
        assert name in kept
    assert "preview.js" not in kept


def test_a_language_brings_its_catalogue_and_english_brings_none() -> None:
    packs = shell.packs()
    assert packs["en"] == []
    assert packs["ur"][0].startswith("/learn/i18n/ur.json?v=")


def test_catalogues_are_served_for_the_twelve_languages_only(client: Client) -> None:
    assert isinstance(client.get("/learn/i18n/ur.json").json(), dict)
    assert client.get("/learn/i18n/fr.json").status_code == 404


def test_the_manifest_names_icons_and_starts_in_the_app(client: Client) -> None:
    manifest = client.get("/manifest.webmanifest").json()
    assert manifest["start_url"] == manifest["scope"] == "/learn/"
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}
