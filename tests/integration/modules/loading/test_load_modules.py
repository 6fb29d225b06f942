"""The modules that ship become pages, and what an author did to a page stays."""

import json
import re
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from wagtail.documents import get_document_model
from wagtail.models import Page, Revision, Site

from modules.loading import ensure_catalogue
from modules.management.commands.load_modules import CONTENT
from modules.models import CataloguePage, Edition, LessonPage, ModulePage

pytestmark = pytest.mark.django_db
LESSON = "introduction/lessons/1-what-smuggling-is.yaml"
DRAWING = "elements-of-the-offence.svg"
TESTS = re.compile(r"(pretest|posttest|graded|test): ")
OLD, NEW = "A van is stopped near the border at night.", "A lorry is stopped near the border."


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A copy of all the content that ships, which a test may change."""
    return shutil.copytree(CONTENT, tmp_path / "content")


@pytest.fixture
def content(shipped: Path) -> Path:
    """The lessons of module 1 alone: the rest takes seconds to load."""
    shutil.rmtree(shipped / "investigation")
    path = shipped / "introduction" / "module.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not TESTS.match(line)), encoding="utf-8")
    return shipped


def load(content: Path) -> str:
    out = StringIO()
    call_command("load_modules", content=content, stdout=out)
    return out.getvalue()


def reword(content: Path) -> None:
    path = content / LESSON
    text = path.read_text(encoding="utf-8")
    assert OLD in text
    path.write_text(text.replace(OLD, NEW), encoding="utf-8")


def first_lesson() -> LessonPage:
    return LessonPage.objects.get(uuid="9e336124-454d-4808-b654-eb5e379097d3")


def first_module() -> ModulePage:
    return ModulePage.objects.get(slug="introduction")


def opening(lesson: LessonPage) -> str:
    return lesson.body[0].value["html"].source


def test_module_1_is_loaded_published_and_offered(
    shipped: Path, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        load(shipped)
    module = first_module()
    assert module.live
    assert [page.specific_class.__name__ for page in module.get_children()] == [
        "AssessmentPage",
        *["LessonPage"] * 6,
        *["AssessmentPage"] * 3,
    ]
    manifest = json.loads(Edition.objects.get(module=module.uuid).manifest)
    kinds = ["test", *["lesson"] * 6, *["test"] * 3]
    assert [part["kind"] for part in manifest["parts"]] == kinds
    asked = [part["questions"] for part in manifest["parts"] if part["kind"] == "test"]
    assert asked == [10, 12, 10, 12]


def test_module_2_is_loaded_published_and_offered_as_well(
    shipped: Path, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        load(shipped)
    module = ModulePage.objects.get(slug="investigation-techniques")
    assert module.live
    manifest = json.loads(Edition.objects.get(module=module.uuid).manifest)
    assert [part["kind"] for part in manifest["parts"]].count("lesson") == 6


def test_the_catalogue_takes_the_place_of_wagtails_welcome_page(content: Path) -> None:
    assert Page.objects.filter(slug="home").exists()
    load(content)
    assert not Page.objects.filter(slug="home").exists()
    assert Site.objects.get().root_page.specific == CataloguePage.objects.get()


def test_a_home_page_that_somebody_made_stays() -> None:
    mine = Page.get_first_root_node().add_child(instance=Page(title="Ours", slug="ours"))
    Site.objects.update(root_page=mine)
    ensure_catalogue()
    assert Page.objects.filter(slug="ours").exists()
    assert Site.objects.get().root_page_id == mine.pk


def test_a_second_run_changes_nothing_and_says_nothing(
    content: Path, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        load(content)
    before = Revision.objects.count(), get_document_model().objects.count(), Edition.objects.count()
    assert load(content) == ""
    assert before == (
        Revision.objects.count(),
        get_document_model().objects.count(),
        Edition.objects.count(),
    )


def test_ids_come_from_the_files_so_every_server_has_the_same(content: Path) -> None:
    load(content)
    ids = [block.id for block in first_lesson().body]
    Page.objects.get(pk=first_module().pk).delete()
    from modules.models import LoadedPage

    LoadedPage.objects.all().delete()
    load(content)
    assert [block.id for block in first_lesson().body] == ids


def test_a_changed_file_updates_its_page_and_no_other(content: Path) -> None:
    load(content)
    reword(content)
    assert load(content) == "What the smuggling of migrants is: updated\n"
    assert NEW in opening(first_lesson())
    assert load(content) == ""


@pytest.mark.parametrize("published", [True, False], ids=["published", "draft"])
def test_an_authors_edit_is_never_overwritten(content: Path, published: bool) -> None:
    load(content)
    lesson = first_lesson()
    lesson.summary_en = "The author's own words."
    revision = lesson.save_revision()
    if published:
        revision.publish()
    reword(content)
    line = "What the smuggling of migrants is: left alone: an author has edited it\n"
    assert load(content) == line
    latest = first_lesson().get_latest_revision_as_object()
    assert latest.summary_en == "The author's own words."
    assert OLD in opening(latest)
    assert OLD in opening(first_lesson())


def test_a_page_that_was_unpublished_or_deleted_does_not_come_back(content: Path) -> None:
    load(content)
    first_lesson().unpublish()
    LessonPage.objects.get(slug="routes-and-methods").delete()
    reword(content)
    lines = load(content)
    assert "What the smuggling of migrants is: left alone: an author has unpublished" in lines
    assert not first_lesson().live
    assert not LessonPage.objects.filter(slug="routes-and-methods").exists()


def test_a_lesson_added_to_the_files_comes_at_its_place(content: Path) -> None:
    module_file = content / "introduction" / "module.yaml"
    whole = module_file.read_text(encoding="utf-8")
    module_file.write_text(
        whole.replace("  - 2-smuggling-and-trafficking.yaml\n", ""), encoding="utf-8"
    )
    load(content)
    module_file.write_text(whole, encoding="utf-8")
    assert load(content).endswith("telling them apart: created\n")
    slugs = list(first_module().get_children().values_list("slug", flat=True))
    assert slugs[1] == "smuggling-and-trafficking"
    assert len(slugs) == 6


def test_a_mistake_stops_the_whole_module_alone_and_is_named(shipped: Path) -> None:
    path = shipped / LESSON
    path.write_text(path.read_text(encoding="utf-8").replace("term:", "terms:"), encoding="utf-8")
    with pytest.raises(CommandError) as caught:
        load(shipped)
    assert str(caught.value) == (
        "introduction was not loaded. introduction/lessons/1-what-smuggling-is.yaml: "
        "body[definition-smuggling].term is missing."
    )
    assert [page.slug for page in ModulePage.objects.all()] == ["investigation-techniques"]
    assert not get_document_model().objects.filter(title=DRAWING).exists()


def test_a_drawing_that_is_missing_is_named(content: Path) -> None:
    path = content / LESSON
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("elements-of-the-offence.svg", "../secret.svg"), encoding="utf-8")
    with pytest.raises(CommandError, match=r"body\[figure-elements\]\.file"):
        load(content)


def replace_file(document: Any) -> None:
    """As the form of Wagtail does: the same document, a new file."""
    with document.file.open("rb") as stream:
        corrected = stream.read().replace(b"</svg>", b"<!-- corrected --></svg>")
    document.file = ContentFile(corrected, name=DRAWING)
    document._set_document_file_metadata()
    document.save()


def rename(document: Any) -> None:
    document.title = "The elements, corrected"
    document.save()


AUTHORS = pytest.mark.parametrize(
    "correct", [replace_file, rename, lambda document: document.delete()],
    ids=["file replaced", "renamed", "deleted"],
)  # fmt: skip


@AUTHORS
def test_a_drawing_that_an_author_changed_is_not_loaded_again(
    content: Path, correct: Callable[[Any], None]
) -> None:
    load(content)
    correct(get_document_model().objects.get(title=DRAWING))
    before = Revision.objects.count(), get_document_model().objects.count()
    assert load(content) == ""
    assert before == (Revision.objects.count(), get_document_model().objects.count())


@AUTHORS
def test_a_page_whose_drawing_an_author_changed_is_left_alone(
    content: Path, correct: Callable[[Any], None]
) -> None:
    load(content)
    correct(get_document_model().objects.get(title=DRAWING))
    reword(content)
    line = "What the smuggling of migrants is: left alone: an author has edited it\n"
    assert load(content) == line
    assert OLD in opening(first_lesson())


def test_a_drawing_that_ships_anew_updates_its_page(
    content: Path, tmp_path: Path, settings: Any
) -> None:
    load(content)
    folder = Path(shutil.copytree(settings.ILLUSTRATIONS_DIR, tmp_path / "drawings"))
    settings.ILLUSTRATIONS_DIR = folder
    old = (folder / DRAWING).read_bytes()
    (folder / DRAWING).write_bytes(old.replace(b"</svg>", b"<!-- better --></svg>"))
    assert load(content) == "What the smuggling of migrants is: updated\n"
    [figure] = [block.value for block in first_lesson().body if block.block_type == "figure"]
    assert b"better" in figure["drawing"].file.read()
