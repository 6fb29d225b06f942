"""A bundle brings what it was given, with its files, or nothing."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pytest_django import Settings

from assessments.exchange.errors import Damaged, ExchangeError
from assessments.exchange.keys import Identity
from assessments.models import Partner
from courses.exchange import bundle
from courses.exchange.bundle import FileName

DATA = {"people": [{"name": "Ünal"}], "editions": []}


class Post:
    """The centre's side and the site's side; `loaded` is what came out at the site."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.settings = settings
        self.centre, self.site = Identity.generate(), Identity.generate()
        self.path = folder / "bundle"
        self.files: list[FileName] = []
        self.loaded: list[tuple[dict[str, Any], list[bytes]]] = []
        for name, keys, above in (("centre", self.centre, True), ("site", self.site, False)):
            public = keys.public
            Partner.objects.create(pk=public.id, name=name, public=public.text, above=above)

    def keeps(self, content: bytes) -> None:
        """The centre has this file of an edition."""
        sha256 = hashlib.sha256(content).hexdigest()
        default_storage.delete(f"editions/{sha256}.json")
        default_storage.save(f"editions/{sha256}.json", ContentFile(content))
        self.files.append((sha256, "json", len(content)))

    def export(self, data: dict[str, Any] = DATA) -> None:
        self.settings.EXCHANGE_KEY = self.centre.text
        bundle.export(self.path, Partner.objects.get(name="site"), data, self.files)
        self.settings.EXCHANGE_KEY = self.site.text

    def take(self, *, older: bool = False) -> int | None:
        """How many loads there were, or None when nothing was loaded."""

        def load(data: dict[str, Any], fetch: bundle.Fetch) -> int:
            files = [fetch(sha256, extension) for sha256, extension, _size in self.files]
            self.loaded.append((data, files))
            return len(self.loaded)

        return bundle.take(self.path, load, older=older).loaded


@pytest.fixture
def post(db: None, settings: Settings, tmp_path: Path) -> Post:
    return Post(settings, tmp_path)


def test_a_bundle_brings_data_and_files_any_number_of_times(post: Post) -> None:
    contents = [b"one", bytes(300_000), b""]
    for content in contents:
        post.keeps(content)
    post.export()
    for _time in range(3):
        post.take()
    assert post.loaded == [(DATA, contents)] * 3


def test_a_damaged_bundle_is_refused_before_anything_is_loaded(post: Post) -> None:
    post.keeps(b"one")
    post.export()
    data = post.path.read_bytes()
    for place in range(0, len(data), 97):
        post.path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        with pytest.raises(ExchangeError):
            post.take()
    assert post.loaded == []


def test_an_older_bundle_changes_nothing_unless_it_is_meant(post: Post) -> None:
    post.export({"n": 1})
    old = post.path.read_bytes()
    post.export({"n": 2})
    post.take()
    post.path.write_bytes(old)
    assert post.take() is None
    assert post.take(older=True) == 2
    assert [data["n"] for data, _files in post.loaded] == [2, 1]


def test_a_site_cannot_send_the_centre_a_bundle(post: Post) -> None:
    """Else whoever holds a site's box could make accounts at the centre."""
    post.centre, post.site = post.site, post.centre
    Partner.objects.filter(name="site").update(name="other")
    Partner.objects.filter(name="centre").update(name="site")
    post.export()
    with pytest.raises(ExchangeError, match="--centre"):
        post.take()
    assert post.loaded == []


def test_a_file_that_is_damaged_at_the_centre_stops_the_export(post: Post) -> None:
    post.keeps(b"one")
    sha256 = post.files[0][0]
    default_storage.delete(f"editions/{sha256}.json")
    for content in (None, b"two", b"longer than one"):
        if content:
            default_storage.save(f"editions/{sha256}.json", ContentFile(content))
        with pytest.raises(ExchangeError, match="build_editions"):
            post.export()
        default_storage.delete(f"editions/{sha256}.json")
    assert not post.path.exists()


def test_a_file_that_the_bundle_lacks_is_damage(post: Post) -> None:
    post.export()
    post.files.append(("0" * 64, "json", 1))
    with pytest.raises(Damaged):
        post.take()


def test_a_load_that_fails_leaves_an_older_bundle_welcome(post: Post) -> None:
    post.export()

    def load(data: dict[str, Any], fetch: bundle.Fetch) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        bundle.take(post.path, load)
    assert Partner.objects.get(name="centre").bundle is None
