import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage

from elearning import kept
from modules.editions import build, build_module
from modules.editions.files import EditionFiles
from modules.models import Edition, EditionFile, LessonPage, ModulePage
from tests.integration.modules.pages import add_lesson, document, make_module, text
from tests.support.disk import storage_in, synced

pytestmark = pytest.mark.django_db


def manifest(edition: Edition) -> dict[str, Any]:
    return json.loads(edition.manifest)


def shas(edition: Edition) -> set[str]:
    return {file["sha256"] for file in manifest(edition)["files"]}


def change_sentence(lesson: LessonPage, html: str) -> None:
    lesson = LessonPage.objects.get(pk=lesson.pk)
    raw = lesson.body.get_prep_value()
    raw[0]["value"]["html"] = html
    lesson.body = json.dumps(raw)
    lesson.save_revision().publish()


def test_the_manifest_says_what_docs_formats_says() -> None:
    module = make_module(languages=("ur",))
    lesson = add_lesson(module, "One")
    [edition] = build_module(module.uuid)
    shown = manifest(edition)
    assert shown["format"] == edition.format == 1
    assert (shown["module"], shown["language"], shown["direction"]) == (
        str(module.uuid),
        "ur",
        "rtl",
    )
    assert (shown["version"], shown["heading"], shown["minutes"]) == (1, "Borders", 30)
    assert [objective["text"] for objective in shown["objectives"]] == ["You can find a border."]
    [part], [file] = shown["parts"], shown["files"]
    assert part == {
        "id": str(lesson.uuid),
        "kind": "lesson",
        "heading": "One",
        "summary": "About One.",
        "minutes": 10,
        "file": file["sha256"],
    }
    assert file["url"] == f"/editions/files/{file['sha256']}.json"
    assert shown["size"] == file["size"] == default_storage.size(f"editions/{file['sha256']}.json")


def test_unchanged_content_makes_no_new_version() -> None:
    module = make_module()
    add_lesson(module, "One")
    first = build_module(module.uuid)
    assert build_module(module.uuid) == first
    assert Edition.objects.count() == 1


def test_the_same_content_is_the_same_bytes_in_every_build() -> None:
    module = make_module(languages=("en", "my"))
    add_lesson(module, "One")
    english, burmese = build_module(module.uuid)
    before = manifest(english)["files"]
    Edition.objects.all().delete()
    assert manifest(build(ModulePage.objects.get(), "en"))["files"] == before
    assert manifest(burmese)["files"] == before


def test_one_changed_sentence_changes_exactly_one_file() -> None:
    module = make_module()
    lessons = [add_lesson(module, heading) for heading in ("One", "Two", "Three")]
    [before] = build_module(module.uuid)
    change_sentence(lessons[1], "<p>This is a better sentence.</p>")
    [after] = build_module(module.uuid)
    assert after.version == 2
    assert len(shas(after) - shas(before)) == len(shas(before) - shas(after)) == 1


def test_an_old_edition_and_its_files_stay() -> None:
    module = make_module()
    lesson = add_lesson(module, "One")
    [before] = build_module(module.uuid)
    text_before = before.manifest
    change_sentence(lesson, "<p>Changed.</p>")
    build_module(module.uuid)
    before.refresh_from_db()
    assert (before.manifest, before.current) == (text_before, False)
    for sha in shas(before):
        assert default_storage.exists(EditionFile.objects.get(pk=sha).path)


def test_going_back_to_an_old_text_is_a_new_version_so_that_tablets_follow() -> None:
    module = make_module()
    lesson = add_lesson(module, "One", text("<p>A</p>"))
    build_module(module.uuid)
    for html in ("<p>B</p>", "<p>A</p>"):
        change_sentence(lesson, html)
        [edition] = build_module(module.uuid)
    assert edition.version == 3
    assert EditionFile.objects.count() == 2


def test_a_translated_heading_is_used_and_a_blank_one_is_english() -> None:
    module = make_module(languages=("en", "id"), heading_ind="Perbatasan")
    add_lesson(module, "One")
    english, indonesian = build_module(module.uuid)
    assert (english.heading, indonesian.heading) == ("Borders", "Perbatasan")
    assert indonesian.summary == "All about borders."


def test_a_language_that_is_not_offered_any_more_is_withdrawn() -> None:
    module = make_module(languages=("en", "vi"))
    add_lesson(module, "One")
    build_module(module.uuid)
    module.refresh_from_db()
    module.offered_languages = ["en"]
    module.save_revision().publish()
    build_module(module.uuid)
    assert [each.language for each in Edition.objects.current()] == ["en"]
    assert Edition.objects.count() == 2


def test_a_draft_is_in_no_edition() -> None:
    module = make_module()
    add_lesson(module, "One")
    add_lesson(module, "Two", live=False)
    [edition] = build_module(module.uuid)
    assert [part["heading"] for part in manifest(edition)["parts"]] == ["One"]


def test_a_file_that_a_cut_left_too_short_is_written_again() -> None:
    module = make_module()
    add_lesson(module, "One")
    [edition] = build_module(module.uuid)
    file = EditionFile.objects.get()
    with default_storage.open(file.path, "wb") as stream:
        stream.write(b"{")
    build_module(module.uuid)
    assert default_storage.size(file.path) == file.size
    assert edition.version == 1


def test_an_upload_is_stored_once_for_all_languages() -> None:
    film = {
        "type": "video",
        "value": {"heading": "Clip", "file": document("clip.webm").pk, "transcript": "<p>x</p>"},
    }
    module = make_module(languages=("en", "th"))
    add_lesson(module, "One", film)
    editions = build_module(module.uuid)
    assert len({frozenset(shas(edition)) for edition in editions}) == 1
    assert EditionFile.objects.filter(extension="webm").count() == 1


def test_two_builds_may_store_the_same_new_file_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    part = {"id": "1", "kind": "lesson"}
    is_whole = kept.is_whole

    def other_build_is_quicker(name: str, size: int) -> bool:
        found = is_whole(name, size)
        monkeypatch.setattr(kept, "is_whole", is_whole)
        EditionFiles().part(part)
        return found

    monkeypatch.setattr(kept, "is_whole", other_build_is_quicker)
    ours = EditionFiles()
    sha256 = ours.part(part)
    assert ours.used[sha256] == EditionFile.objects.get()
    names = default_storage.listdir("editions")[1]
    assert [name for name in names if name.startswith(sha256)] == [f"{sha256}.json"]


def test_the_files_of_an_edition_are_on_the_disk_whatever_happens_to_the_power(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = make_module()
    add_lesson(module, "One")
    found = synced(monkeypatch)
    with storage_in(tmp_path):
        build_module(module.uuid)
    path = tmp_path / EditionFile.objects.get().path
    assert found[path.stat().st_ino] == path.stat().st_size
    assert {path.parent.stat().st_ino, tmp_path.stat().st_ino} <= found.keys()
