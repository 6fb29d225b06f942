"""A site with pages, and so editions, of its own for a module that the centre hands down."""

import json
import uuid

import pytest
from django.test import Client

from courses.exchange.counts import Count
from courses.exchange.down import files
from courses.models import ReplacedEdition
from modules.editions import build_module
from modules.models import Edition, EditionFile
from tests.integration.courses.exchange.conftest import Site
from tests.integration.modules import pages


def own_module(site: Site, *versions: str) -> None:
    """Pages at the site with the UUID of the centre's module; each lesson makes a version."""
    module = pages.make_module(uuid=site.module)
    for heading in versions:
        pages.add_lesson(module, heading)
        build_module(site.module)


def current(module: uuid.UUID) -> dict[str, str]:
    return {
        each.language: each.manifest for each in Edition.objects.current().filter(module=module)
    }


def centres(site: Site) -> dict[str, str]:
    return {each["language"]: each["manifest"] for each in site.data["editions"]}


def test_the_centres_edition_takes_the_number_and_the_sites_is_kept_aside(site: Site) -> None:
    own_module(site, "Another lesson")
    own = Edition.objects.get()
    assert own.version == 1
    loaded = site.takes()
    assert loaded.editions == Count(added=1, changed=1)
    assert current(site.module) == centres(site)
    kept = ReplacedEdition.objects.get()
    assert (kept.version, kept.digest, kept.manifest) == (1, own.digest, own.manifest)


def test_a_tablet_that_holds_the_sites_edition_still_finds_its_files(site: Site) -> None:
    own_module(site, "Another lesson")
    held = json.loads(Edition.objects.get().manifest)
    site.takes()
    for file in held["files"]:
        assert Client().get(file["url"]).status_code == 200


def test_a_higher_version_of_the_site_is_offered_no_more(site: Site) -> None:
    own_module(site, "Two", "Three")
    assert Edition.objects.current().get().version == 2
    site.takes()
    assert current(site.module) == centres(site)
    second = Edition.objects.get(module=site.module, language="en", version=2)
    assert Client().get(second.url).content.decode() == second.manifest


def test_the_sites_pages_build_nothing_while_the_centre_hands_the_module_down(site: Site) -> None:
    own_module(site, "Two")
    site.takes()
    own_module_changes = Edition.objects.count()
    build_module(site.module)
    assert Edition.objects.count() == own_module_changes
    assert current(site.module) == centres(site)


def test_a_module_that_the_centre_hands_down_no_more_is_the_sites_again(site: Site) -> None:
    own_module(site, "Two")
    site.takes()
    site.data["editions"] = []
    assert site.takes().editions == Count(ended=2)
    assert current(site.module) == {}
    build_module(site.module)
    assert list(current(site.module)) == ["en"]


def test_a_language_withdrawn_at_the_centre_is_withdrawn_here(site: Site) -> None:
    site.takes()
    site.data["editions"] = [each for each in site.data["editions"] if each["language"] == "en"]
    assert site.takes().editions == Count(unchanged=1, ended=1)
    assert list(current(site.module)) == ["en"]


def test_another_module_of_the_site_is_left_alone(site: Site) -> None:
    own = pages.make_module(heading_en="Own module")
    pages.add_lesson(own, "Own lesson")
    build_module(own.uuid)
    before = current(own.uuid)
    site.takes()
    assert current(own.uuid) == before
    build_module(own.uuid)
    assert current(own.uuid) == before


@pytest.mark.parametrize("language", ["en", "my", "ur"])
def test_a_module_without_a_page_is_called_as_its_edition_is(site: Site, language: str) -> None:
    site.takes()
    answer = Client().get("/", headers={"Accept-Language": language}).content.decode()
    shown = language if language != "ur" else "en"
    assert f'<div class="stack" lang="{shown}"' in answer


def test_equal_content_needs_no_file_twice(site: Site) -> None:
    site.takes()
    assert EditionFile.objects.count() == len(files(site.data))
