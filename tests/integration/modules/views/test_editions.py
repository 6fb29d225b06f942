"""/editions/… as docs/formats.md says: what is cached, what answers ranges, what is gzipped."""

import gzip
import hashlib
import json
from typing import Any

import pytest
from django.test import Client

from modules.editions import build_module
from modules.models import Edition
from tests.integration.modules.pages import FIXTURES, add_lesson, document, make_module, text

pytestmark = pytest.mark.django_db
CLIP = (FIXTURES / "clip.webm").read_bytes()
BROWSER = {"HTTP_ACCEPT_ENCODING": "gzip, deflate, br"}


@pytest.fixture
def edition(db: None) -> Edition:
    film = {
        "type": "video",
        "value": {"heading": "Clip", "file": document("clip.webm").pk, "transcript": "<p>x</p>"},
    }
    module = make_module()
    add_lesson(module, "One", film, text("<p>" + "A sentence. " * 50 + "</p>"))
    return build_module(module.uuid)[0]


@pytest.fixture
def urls(edition: Edition) -> dict[str, str]:
    files = json.loads(edition.manifest)["files"]
    return {file["type"]: file["url"] for file in files}


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_the_index_lists_current_editions_and_is_revalidated(
    client: Client, edition: Edition
) -> None:
    response = client.get("/editions/index.json")
    [entry] = response.json()["editions"]
    assert entry == {
        "module": str(edition.module),
        "language": "en",
        "version": 1,
        "format": 1,
        "heading": "Borders",
        "summary": "All about borders.",
        "minutes": 30,
        "lessons": 1,
        "files": 2,
        "size": edition.size,
        "manifest": f"/editions/{edition.module}/en/1.json",
    }
    assert "no-cache" in response["Cache-Control"]
    again = client.get("/editions/index.json", HTTP_IF_NONE_MATCH=response["ETag"])
    assert again.status_code == 304


def test_an_app_that_names_no_format_is_offered_the_first_only(
    client: Client, edition: Edition
) -> None:
    Edition.objects.filter(pk=edition.pk).update(format=2)
    assert client.get("/editions/index.json").json()["editions"] == []
    [entry] = client.get("/editions/index.json?format=2").json()["editions"]
    assert entry["format"] == 2


def test_a_manifest_never_changes_and_may_be_kept_for_ever(
    client: Client, edition: Edition
) -> None:
    response = client.get(edition.url)
    assert response.content.decode() == edition.manifest
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Content-Type"] == "application/json"
    assert client.get(edition.url.replace("/1.json", "/2.json")).status_code == 404


def test_a_whole_file_has_its_hash_as_name_and_tag(client: Client, urls: dict[str, str]) -> None:
    for mime, url in urls.items():
        response = client.get(url)
        data = body(response)
        sha = url.split("/")[-1].split(".")[0]
        assert hashlib.sha256(data).hexdigest() == sha
        assert response["ETag"] == f'"{sha}"'
        assert response["Content-Type"] == mime
        assert response["Accept-Ranges"] == "bytes"
        assert "immutable" in response["Cache-Control"]
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("bytes=0-99", (0, 100)),
        ("bytes=1000-2999", (1000, 3000)),
        ("bytes=39000-", (39000, len(CLIP))),
        ("bytes=-500", (len(CLIP) - 500, len(CLIP))),
        ("bytes=0-9999999", (0, len(CLIP))),
    ],
)
def test_a_range_is_just_those_bytes_never_gzipped(
    client: Client, urls: dict[str, str], asked: str, expected: tuple[int, int]
) -> None:
    response = client.get(urls["video/webm"], HTTP_RANGE=asked, **BROWSER)
    first, end = expected
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{end - 1}/{len(CLIP)}"
    assert response["Content-Length"] == str(end - first)
    assert not response.has_header("Content-Encoding")
    assert body(response) == CLIP[first:end]


def test_a_range_of_text_counts_in_the_plain_text(client: Client, urls: dict[str, str]) -> None:
    whole = client.get(urls["application/json"]).content
    response = client.get(urls["application/json"], HTTP_RANGE="bytes=10-", **BROWSER)
    assert response.status_code == 206
    assert not response.has_header("Content-Encoding")
    assert body(response) == whole[10:]


def test_whole_text_is_gzipped_and_a_whole_video_is_not(
    client: Client, urls: dict[str, str]
) -> None:
    text_response = client.get(urls["application/json"], **BROWSER)
    assert text_response["Content-Encoding"] == "gzip"
    assert len(text_response.content) == int(text_response["Content-Length"])
    assert json.loads(gzip.decompress(text_response.content))["kind"] == "lesson"
    video_response = client.get(urls["video/webm"], **BROWSER)
    assert not video_response.has_header("Content-Encoding")
    assert video_response["Content-Length"] == str(len(CLIP))


def test_a_range_after_the_end_is_416(client: Client, urls: dict[str, str]) -> None:
    response = client.get(urls["video/webm"], HTTP_RANGE=f"bytes={len(CLIP)}-")
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(CLIP)}"


def test_several_ranges_or_a_strange_one_get_the_whole_file(
    client: Client, urls: dict[str, str]
) -> None:
    for asked in ("bytes=0-1,5-6", "pages=1-2", "bytes=9-1"):
        response = client.get(urls["video/webm"], HTTP_RANGE=asked)
        assert response.status_code == 200
        assert body(response) == CLIP


def test_a_file_that_the_tablet_has_is_not_sent_again(client: Client, urls: dict[str, str]) -> None:
    url = urls["video/webm"]
    tag = client.get(url)["ETag"]
    assert client.get(url, HTTP_IF_NONE_MATCH=tag).status_code == 304


def test_head_says_the_size_without_the_file(client: Client, urls: dict[str, str]) -> None:
    response = client.head(urls["video/webm"])
    assert response["Content-Length"] == str(len(CLIP))


def test_an_unknown_file_or_another_extension_is_404(client: Client, urls: dict[str, str]) -> None:
    assert client.get(f"/editions/files/{'0' * 64}.json").status_code == 404
    assert client.get(urls["video/webm"].replace(".webm", ".html")).status_code == 404
