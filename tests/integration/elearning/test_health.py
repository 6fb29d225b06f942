"""/healthz says whether this server is well, and if not, which part is not."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from assessments.forwarding.services import forward_when_due
from tests.integration.assessments.conftest import make_tablet
from tests.integration.log import log_begins

pytestmark = pytest.mark.django_db
FILES = {"BACKEND": "django.core.files.storage.FileSystemStorage"}


def test_a_well_server_answers_200_and_names_its_parts(client: Client) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {
        "database": "ok",
        "cache": "ok",
        "storage": "ok",
        "marking": "ok",
        "projector": "ok",
    }
    assert response["Cache-Control"] == "no-store"


def test_a_next_server_out_of_reach_is_told_and_is_no_illness(
    client: Client, settings: Settings
) -> None:
    settings.UPSTREAM_URL = "http://127.0.0.1:9"
    settings.UPSTREAM_CREDENTIAL = "name:secret"
    assert client.get("/healthz").json()["upstream"] == "ok"
    tablet = make_tablet("officer1")
    tablet.posts([tablet.says(), tablet.says()])
    log_begins()
    forward_when_due()
    response = client.get("/healthz")
    assert response.status_code == 200
    upstream = response.json()["upstream"]
    assert upstream.pop("since").startswith("20")
    assert upstream == {"behind": 2, "last": None, "error": "unreachable"}


def test_an_unwritable_storage_is_named_and_the_rest_is_still_looked_at(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    blocked = tmp_path / "media"
    blocked.write_text("a file where the folder should be")
    settings.MEDIA_ROOT = blocked
    settings.STORAGES = settings.STORAGES | {"default": FILES}
    response = client.get("/healthz")
    assert response.status_code == 503
    report = response.json()
    assert report.pop("storage") != "ok"
    assert set(report.values()) == {"ok"}


def test_a_cache_that_is_gone_is_named(client: Client, settings: Settings) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["cache"] == "OSError"


def test_the_check_leaves_nothing_behind(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"default": FILES}
    client.get("/healthz")
    assert list(tmp_path.iterdir()) == []


def test_nobody_learns_more_than_the_kind_of_an_error(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    blocked = tmp_path / "secret-place"
    blocked.write_text("")
    settings.MEDIA_ROOT = blocked
    settings.STORAGES = settings.STORAGES | {"default": FILES}
    assert b"secret-place" not in client.get("/healthz").content
