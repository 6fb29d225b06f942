"""Hashed, compressed static files, collected and served as `make run` does it."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from django.http import HttpResponse
from django.test import Client
from django.test.utils import override_settings

from tests.support import static


@pytest.fixture(scope="module")
def folder() -> Path:
    return static.collected()


@pytest.fixture
def site(folder: Path) -> Iterator[Client]:
    """The whole middleware over the collected files; whitenoise reads them when a client is made."""
    storage = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "elearning.storage.StaticFilesStorage"},
    }
    with override_settings(STATIC_ROOT=folder, STORAGES=storage):
        yield Client()


def body(response: HttpResponse) -> bytes:
    return b"".join(response) if response.streaming else response.content


def hashed(folder: Path, name: str) -> str:
    return json.loads((folder / "staticfiles.json").read_text())["paths"][name]


@pytest.mark.parametrize("name", ["css/site.css", "offline/app.js", "vendor/lit-html.js"])
def test_a_hashed_file_is_kept_for_ever_and_sent_as_brotli(
    site: Client, folder: Path, name: str
) -> None:
    response = site.get(f"/static/{hashed(folder, name)}", headers={"Accept-Encoding": "br, gzip"})
    assert response.status_code == 200
    assert "immutable" in response["Cache-Control"]
    assert response["Content-Encoding"] == "br"
    assert brotli.decompress(body(response)) == (folder / hashed(folder, name)).read_bytes()


def test_a_name_without_a_hash_is_not_kept_for_ever(site: Client) -> None:
    assert "immutable" not in site.get("/static/css/site.css")["Cache-Control"]


def test_every_import_of_the_app_names_a_hashed_file_that_exists(folder: Path) -> None:
    modules = [path for path in (folder / "offline").rglob("*.js") if is_hashed(path)]
    assert modules
    for module in modules:
        for name in re.findall(r"""(?:from|import)\s*\(?['"](\.[^'"]+)['"]""", module.read_text()):
            target = Path(os.path.normpath(module.parent / name))
            assert target.exists(), f"{module.name} imports {name}"
            assert is_hashed(target), f"{module.name} imports {name}"


def is_hashed(path: Path) -> bool:
    return bool(re.search(r"\.[0-9a-f]{12}\.\w+$", path.name))


@pytest.mark.parametrize("code", ["my", "km", "lo", "si", "th", "ur"])
def test_the_fonts_of_a_script_are_small_and_bring_only_that_script(
    folder: Path, code: str
) -> None:
    sheet = (folder / hashed(folder, f"vendor/fonts/{code}.css")).read_text()
    fonts = [folder / "vendor" / "fonts" / name for name in re.findall(r"url\(\"?([^)\"]+)", sheet)]
    assert fonts
    assert all(font.exists() and is_hashed(font) for font in fonts)
    assert "U+0041" not in sheet
    assert "U+41" not in sheet
    assert sum(font.stat().st_size for font in fonts) + len(sheet) < 100_000
