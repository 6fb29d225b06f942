"""A version of an item that says something else here, or can't be marked: its module is left, all else is loaded."""

import json
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from assessments.models import ItemVersion, Partner
from courses.exchange import bundle
from courses.exchange.down import Loaded
from courses.models import FromCentre
from elearning.users.models import User
from modules.editions import build_module
from modules.models import Edition, ModulePage
from tests.integration.assessments.bank import items
from tests.integration.courses.exchange.conftest import Site, say
from tests.integration.modules import pages
from tests.support.storage import forget_files

Commit = Callable[..., Any]


@pytest.fixture
def site_here(centre: uuid.UUID) -> Site:
    """A module that asks an item in a graded test and one that asks nothing come down to a site that has the item."""
    item = items.make_item("short", text="What is it called?")
    module = ModulePage.objects.get(uuid=centre)
    items.make_test(module, "graded", items.chosen(item))
    build_module(centre)
    other = pages.make_module(heading_en="Ports", slug="ports")
    pages.add_lesson(other, "One")
    build_module(other.uuid)
    said = say(centre)
    for page in ModulePage.objects.all():
        Page.objects.get(pk=page.pk).delete()
    for model in (Edition, User):
        model.objects.all().delete()
    forget_files()
    return said


@pytest.fixture
def own_word(site_here: Site) -> Site:
    """The first version of the item has another text at the centre."""
    site_here.data["items"][0]["content"]["text"] = "What do you call it?"
    return site_here


def offered() -> set[str]:
    return set(Edition.objects.current().filter(language="en").values_list("heading", flat=True))


def test_the_module_is_left_and_all_else_is_loaded(own_word: Site) -> None:
    loaded = own_word.takes()
    assert offered() == {"Ports"}
    assert User.objects.filter(username="officer1").exists()
    assert ItemVersion.objects.get().content["text"] == "What is it called?"
    assert not FromCentre.objects.filter(key=own_word.module).exists()
    [left] = loaded.left
    said = left.as_text()
    assert "The module “Borders” was left as it is here" in said
    assert f"version 1 of the item {ItemVersion.objects.get().item}, “What do you call it?”" in said
    assert "change a word of the item and publish it" in said


def test_so_is_one_whose_test_asks_what_cannot_be_marked(own_word: Site) -> None:
    """A version is never changed: were all of it refused, no later pull would ever succeed."""
    own_word.data["items"][0]["content"]["key"] = {"accepted": []}
    [left] = own_word.takes().left
    assert offered() == {"Ports"}
    assert User.objects.filter(username="officer1").exists()
    assert ItemVersion.objects.get().content["text"] == "What is it called?"
    assert "cannot be marked (The right answer is not complete)" in left.as_text()
    assert "The module “Borders” was left as it is here" in left.as_text()


def test_an_edition_that_came_down_before_stays_offered_and_the_centres(site_here: Site) -> None:
    site_here.takes()
    before = Edition.objects.current().get(module=site_here.module, language="en")
    site_here.data["items"][0]["content"]["text"] = "What do you call it?"
    site_here.data["editions"] = [
        each for each in site_here.data["editions"] if each["language"] == "en"
    ]
    loaded = site_here.takes()
    assert len(loaded.left) == 1
    assert offered() == {"Borders", "Ports"}
    assert Edition.objects.current().get(module=site_here.module, language="en") == before
    assert Edition.objects.current().filter(module=site_here.module).count() == 2
    assert FromCentre.objects.filter(key=site_here.module).exists()


def test_what_the_centre_publishes_next_is_taken(own_word: Site) -> None:
    own_word.takes()
    new = {**own_word.data["items"][0]}
    new["number"], new["content"] = 2, new["content"] | {"version": 2}
    own_word.data["items"].append(new)
    republish(own_word)
    loaded = own_word.takes()
    assert loaded.left == []
    assert offered() == {"Borders", "Ports"}
    assert ItemVersion.objects.count() == 2


def republish(site: Site) -> None:
    """The centre's editions as they are when the test asks version 2 of the item."""
    from courses.exchange.editions import _digest
    from modules.editions import canonical

    for entry in site.data["editions"]:
        manifest = json.loads(entry["manifest"])
        for part in manifest["parts"]:
            if part["kind"] != "test":
                continue
            old = part["file"]
            content = site.store[old].replace(b'"version":1', b'"version":2')
            assert content != site.store[old]
            part["file"] = canonical.sha256(content)
            site.store[part["file"]] = content
            (file,) = [each for each in manifest["files"] if each["sha256"] == old]
            file |= {"sha256": part["file"], "url": f"/editions/files/{part['file']}.json"}
        entry["manifest"] = canonical.to_bytes(manifest).decode()
        entry["digest"] = _digest(manifest)


def test_a_clash_that_no_test_asks_leaves_nothing_out(own_word: Site) -> None:
    own_word.data["editions"] = [
        each for each in own_word.data["editions"] if each["heading"] == "Ports"
    ]
    assert own_word.takes().left == []
    assert ItemVersion.objects.get().content["text"] == "What is it called?"


def test_the_report_of_a_bundle_names_the_module_after_what_was_done(
    own_word: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def take(_path: Path, load: Any, **_options: Any) -> bundle.Imported[Loaded]:
        return bundle.Imported(Partner(name="centre"), load(own_word.data, own_word.fetch))

    monkeypatch.setattr(bundle, "take", take)
    with pytest.raises(CommandError, match="The module “Borders” was left"):
        call_command("import_bundle", "x")
    assert "people: 3 added, 0 unchanged" in capsys.readouterr().out
    assert User.objects.filter(username="officer1").exists()
