"""The bank and the tests of a module come from its files, and an author's work on them stays."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from assessments.blocks import KINDS
from assessments.models import AssessmentPage, Item, ItemVersion
from modules.models import Edition, EditionFile, ModulePage
from tests.integration.assessments.loading import content

pytestmark = pytest.mark.django_db
MODULE = UUID("11111111-1111-4111-8111-111111111111")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return content.write(tmp_path)


def load(folder: Path) -> str:
    out = StringIO()
    call_command("load_modules", content=folder, stdout=out)
    return out.getvalue()


def item(key: str) -> Item:
    return Item.objects.get(uuid=uuid5(MODULE, f"item/{key}"))


def version(key: str) -> dict[str, Any]:
    return ItemVersion.objects.get(item=uuid5(MODULE, f"item/{key}")).content


def parts() -> list[dict[str, Any]]:
    found = []
    for line in json.loads(Edition.objects.current().get().manifest)["parts"]:
        with default_storage.open(EditionFile.objects.get(pk=line["file"]).path) as stream:
            found.append(json.load(stream))
    return found


def test_every_kind_is_loaded_and_published_with_its_objective(folder: Path) -> None:
    load(folder)
    assert {each.kind for each in Item.objects.filter(live=True)} == {name for name, _ in KINDS}
    single = item("single")
    assert single.objective == uuid5(MODULE, "find")
    assert single.module == ModulePage.objects.get()
    assert (single.difficulty, single.confidence, single.shuffle) == (1, True, True)
    assert not item("truefalse").shuffle


def test_ids_are_made_of_the_keys(folder: Path) -> None:
    load(folder)
    uuid = uuid5(MODULE, "item/multiple")
    assert version("multiple")["key"]["right"] == [str(uuid5(uuid, "choices/a"))]
    match = version("match")
    texts = {each["id"]: each["text"] for each in match["left"] + match["right"]}
    pairs = {texts[left]: texts[right] for left, right in match["key"]["pairs"].items()}
    assert pairs == {"Left a": "Right a", "Left b": "Right b"}
    assert len(match["right"]) == 3


def test_the_parts_stand_in_order_and_are_complete(
    folder: Path, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        load(folder)
    pre, lesson, practice, post, graded = parts()
    assert [part.get("purpose") for part in (pre, practice, post, graded)] == [
        "pre",
        "practice",
        "post",
        "graded",
    ]
    assert lesson["blocks"][1]["question"]["id"] == str(item("order").uuid)
    assert [len(pre["forms"][name]) for name in "AB"] == [2, 2]
    assert post["forms"] == pre["forms"]
    assert post["pair"] == pre["id"]
    [section] = practice["sections"]
    assert section["items"] == [str(item(key).uuid) for key in ("order", "gaps")]
    assert section["fixed"]
    assert not practice["decides"]
    assert [section["pick"] for section in graded["sections"]] == [1, 1]
    assert (graded["minutes"], graded["attempts"], graded["one_by_one"]) == (30, 2, True)


def test_a_second_run_changes_nothing_and_says_nothing(folder: Path) -> None:
    load(folder)
    assert load(folder) == ""
    assert ItemVersion.objects.count() == len(KINDS)


def test_a_changed_item_is_a_new_version_of_this_item_only(folder: Path) -> None:
    load(folder)
    content.change(folder, "bank.yaml", "How far?", "How far is it?")
    assert load(folder) == "How far is it?: updated\n"
    assert ItemVersion.objects.filter(item=item("number").uuid).count() == 2
    assert ItemVersion.objects.count() == len(KINDS) + 1


@pytest.mark.parametrize("published", [True, False], ids=["published", "draft"])
def test_an_authors_edit_of_an_item_is_never_overwritten(folder: Path, published: bool) -> None:
    load(folder)
    mine = item("number")
    mine.explanation = "The author's own words."
    revision = mine.save_revision()
    if published:
        revision.publish()
    content.change(folder, "bank.yaml", "How far?", "How far is it?")
    assert load(folder) == "How far is it?: left alone: an author has edited it\n"
    assert item("number").text == "How far?"


def test_an_item_that_an_author_deleted_does_not_come_back(folder: Path) -> None:
    load(folder)
    item("short").delete()
    content.change(folder, "bank.yaml", "What is it called?", "What is its name?")
    content.change(folder, "pretest.yaml", "Before", "Before it")
    lines = load(folder)
    assert "What is its name?: left alone" in lines
    assert "Before it: updated" in lines
    page = AssessmentPage.objects.get(slug="before")
    assert [bool(child.value) for child in page.form_b] == [True, False]


def test_an_authors_edit_of_a_test_is_never_overwritten(folder: Path) -> None:
    load(folder)
    page = AssessmentPage.objects.get(slug="graded")
    page.time_limit = 45
    page.save_revision().publish()
    content.change(folder, "graded.yaml", "limit: 30", "limit: 60")
    assert load(folder) == "Graded: left alone: an author has edited it\n"
    assert AssessmentPage.objects.get(slug="graded").time_limit == 45


def test_a_pre_test_that_comes_later_stands_before_the_lessons(folder: Path) -> None:
    module = folder / "borders" / "module.yaml"
    whole = module.read_text(encoding="utf-8")
    for line in ("pretest: pretest.yaml\n", "posttest: posttest.yaml\n"):
        content.change(folder, "module.yaml", line, "")
    load(folder)
    module.write_text(whole, encoding="utf-8")
    assert load(folder) == "Before: created\nAfter: created\n"
    slugs = list(ModulePage.objects.get().get_children().values_list("slug", flat=True))
    assert slugs == ["before", "one", "practice", "after", "graded"]


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        (
            "bank.yaml",
            "objective: find",
            "objective: lose",
            "bank.yaml: items[single].objective is 'lose', not one of find, cross.",
        ),
        ("bank.yaml", "kind: short", "kind: brief", "items[short].kind is 'brief'"),
        (
            "bank.yaml",
            "That one, correct: false",
            "That one, correct: true",
            "items[single].choices is not right: Mark exactly one choice as right.",
        ),
        ("bank.yaml", 'value: "1.5"', "value: 1.5", "items[number].value is not text; quote it."),
        ("bank.yaml", 'value: "1.5"', 'value: "1,5"', "items[number].value is not right"),
        ("bank.yaml", "{{b}}", "b", "items[gaps].text_with_gaps is not right"),
        ("bank.yaml", "x: 500", "x: 950", "items[spot].areas is not right"),
        ("bank.yaml", "x: 500", "x: 50", "items[spot] is not right: Two areas overlap"),
        ("bank.yaml", "text: Second", "text: first.", "items[order] is not right: Two texts read"),
        ("bank.yaml", "elements-of", "nothing-of", "items[spot].file 'nothing-of-the-offence.svg'"),
        ("bank.yaml", "key: short", "key: long", "items[long].key 'long' is used twice."),
        (
            "lessons/1-one.yaml",
            "item: order",
            "item: other",
            "body[try].item names 'other', which is not in bank.yaml.",
        ),
        ("pretest.yaml", "[truefalse, short]", "[truefalse]", "forms.B must have as many"),
        ("pretest.yaml", "[truefalse, short]", "[single, short]", "names 'single', which is in A"),
        ("pretest.yaml", "[truefalse, short]", "[truefalse, gaps]", "the same objectives as A"),
        ("graded.yaml", "pick: 1, items: [long]", "pick: 2, items: [long]", "sections[long].pick"),
        ("graded.yaml", "[long]", "[match]", "sections[long].items names an item of an earlier"),
        (
            "graded.yaml",
            "[match, groups]",
            "[match, order]",
            "graded.yaml: sections names 'order', which is practised in “Practice”.",
        ),
        (
            "pretest.yaml",
            "[truefalse, short]",
            "[order, gaps]",
            "pretest.yaml: forms names 'order', which is practised in “Practice”.",
        ),
        (
            "lessons/1-one.yaml",
            "item: order",
            "item: long",
            "graded.yaml: sections names 'long', which is practised in “One”.",
        ),
        (
            "module.yaml",
            "pretest: pretest.yaml\n",
            "",
            "module.yaml: posttest needs a pretest beside it.",
        ),
    ],
)
def test_a_mistake_is_told_by_file_and_key_and_nothing_is_written(
    folder: Path, name: str, old: str, new: str, sentence: str
) -> None:
    content.change(folder, name, old, new)
    with pytest.raises(CommandError) as caught:
        load(folder)
    assert sentence in str(caught.value)
    assert not ModulePage.objects.exists()
    assert not Item.objects.exists()
