from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from elearning.users.models import User
from tests.integration.modules.pages import FIXTURES, document

pytestmark = pytest.mark.django_db


def test_an_author_can_play_and_seek_an_upload_before_it_is_published(author: Client) -> None:
    url = f"/media/{document('clip.webm').file.name}"
    response = author.get(url, HTTP_RANGE="bytes=100-199")
    assert response.status_code == 206
    assert b"".join(response.streaming_content) == (FIXTURES / "clip.webm").read_bytes()[100:200]
    assert "private" in response["Cache-Control"]


def test_nobody_else_can_read_a_draft(client: Client) -> None:
    url = f"/media/{document('clip.webm').file.name}"
    assert client.get(url).status_code == 403
    client.force_login(
        User.objects.create_user("officer1"), backend="django.contrib.auth.backends.ModelBackend"
    )
    assert client.get(url).status_code == 403


@pytest.mark.parametrize(
    "name", ["missing.webm", "../elearning.sqlite3", "%2e%2e/elearning.sqlite3"]
)
def test_only_files_in_the_storage_are_served(author: Client, name: str) -> None:
    assert author.get(f"/media/{name}").status_code == 404


@pytest.mark.parametrize("name", ["xapi/archive/1", "./xapi/archive/1", "a/../xapi/archive/1"])
def test_what_the_record_store_keeps_is_not_for_authors(author: Client, name: str) -> None:
    default_storage.save("xapi/archive/1", ContentFile(b"about people"))
    assert author.get(f"/media/{name}").status_code == 404


def test_wagtails_own_address_of_a_document_is_for_those_who_edit_too(
    author: Client, client: Client, settings: Any
) -> None:
    settings.WAGTAILDOCS_SERVE_METHOD = "redirect"  # the storage of the tests is in memory
    upload = document("clip.vtt")
    url = f"/documents/{upload.pk}/{upload.filename}"
    assert upload.url == url
    assert client.get(url).status_code == 403
    officer = User.objects.create_user("officer1")
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(url).status_code == 403
    response = author.get(url, follow=True)
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == (FIXTURES / "clip.vtt").read_bytes()
