"""What an author does in Wagtail's own pages."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from modules.models import Edition, LessonPage, ModulePage
from tests.integration.modules.pages import add_lesson, document, make_module, question

pytestmark = pytest.mark.django_db
Commit = Callable[..., object]


def lesson_form(lesson: LessonPage, html: str, **fields: Any) -> dict[str, Any]:
    block = nested_form_data({"body": streamfield([("text", {"html": rich_text(html)})])})
    block["body-0-id"] = lesson.body[0].id
    return (
        {
            "heading_en": lesson.heading,
            "summary_en": lesson.summary,
            "minutes": "12",
            "slug": lesson.slug,
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            "comments-MIN_NUM_FORMS": "0",
            "comments-MAX_NUM_FORMS": "",
        }
        | block
        | fields
    )


def edit_url(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_an_author_publishes_a_corrected_sentence(
    author: Client, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        lesson = add_lesson(make_module(), "One")
    form = lesson_form(lesson, "<p>This is better.</p>") | {"action-publish": "1"}
    with django_capture_on_commit_callbacks(execute=True):
        response = author.post(edit_url(lesson), form)
    assert response.status_code == 302, response.context["form"].errors
    after = LessonPage.objects.get(pk=lesson.pk)
    assert "This is better." in after.body[0].value["html"].source
    assert after.body[0].id == lesson.body[0].id
    assert Edition.objects.current().get().version == 2


def test_the_title_follows_the_heading_that_the_author_writes(author: Client) -> None:
    lesson = add_lesson(make_module(), "One")
    form = lesson_form(lesson, "<p>x</p>", heading_en="A new heading")
    author.post(edit_url(lesson), form | {"action-publish": "1"})
    assert LessonPage.objects.get(pk=lesson.pk).title == "A new heading"


def test_a_draft_changes_nothing_for_officers(
    author: Client, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        lesson = add_lesson(make_module(), "One")
    with django_capture_on_commit_callbacks(execute=True):
        assert (
            author.post(edit_url(lesson), lesson_form(lesson, "<p>Draft.</p>")).status_code == 302
        )
    assert LessonPage.objects.get(pk=lesson.pk).has_unpublished_changes
    assert Edition.objects.get().version == 1


def test_an_author_makes_a_new_module_and_a_lesson(author: Client) -> None:
    module = make_module()
    for parent, kind in [(module.get_parent(), "modulepage"), (module, "lessonpage")]:
        url = reverse("wagtailadmin_pages:add", args=["modules", kind, parent.pk])
        assert author.get(url).status_code == 200
    form = {
        "heading_en": "Documents",
        "summary_en": "All about documents.",
        "minutes": "20",
        "slug": "documents",
        "offered_languages": ["en", "km"],
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **nested_form_data({"objectives": streamfield([("objective", "You can read one.")])}),
        "action-publish": "1",
    }
    url = reverse("wagtailadmin_pages:add", args=["modules", "modulepage", module.get_parent().pk])
    assert author.post(url, form).status_code == 302
    made = ModulePage.objects.get(slug="documents")
    assert (made.title, made.live, made.offered_languages) == ("Documents", True, ["en", "km"])


def test_a_wrong_question_is_not_published_and_the_author_is_told(author: Client) -> None:
    lesson = add_lesson(make_module(), "One")
    wrong = question()
    for choice in wrong["choices"]:
        choice["value"]["correct"] = True
    lesson.body = json.dumps([{"type": "check", "id": lesson.body[0].id, "value": wrong}])
    check = lesson.body[0].value
    choices = {
        f"body-0-value-choices-{index}-{name}": value
        for index, child in enumerate(check["choices"].bound_blocks)
        for name, value in {
            "deleted": "",
            "order": str(index),
            "id": child.id,
            "value-text": child.value["text"],
            "value-feedback": child.value["feedback"],
            "value-correct": "on",
        }.items()
    }
    form = (
        lesson_form(lesson, "<p>x</p>")
        | {
            "body-0-type": "check",
            "body-0-value-kind": "single",
            "body-0-value-text": "Which?",
            "body-0-value-explanation": "x",
            "body-0-value-source": "x",
            "body-0-value-choices-count": "2",
        }
        | choices
    )
    response = author.post(edit_url(lesson), form | {"action-publish": "1"})
    assert response.status_code == 200
    assert "Mark exactly one choice as right." in response.content.decode()


def test_the_preview_gives_the_player_the_draft_and_its_files(author: Client) -> None:
    film = {
        "type": "video",
        "value": {"heading": "Clip", "file": document("clip.webm").pk, "transcript": "<p>x</p>"},
    }
    lesson = add_lesson(make_module(), "One", film, live=False)
    response = author.get(reverse("wagtailadmin_pages:view_draft", args=[lesson.pk]))
    part = response.context["part"]
    [url] = part["files"].values()
    assert part["kind"] == "lesson"
    assert part["files"][part["blocks"][0]["file"]] == url
    assert author.get(url).status_code == 200
    page = response.content.decode()
    assert 'id="part"' in page
    assert "offline/preview" in page


def test_a_module_can_be_previewed_too(author: Client) -> None:
    module = make_module()
    response = author.get(reverse("wagtailadmin_pages:view_draft", args=[module.pk]))
    assert "You can find a border." in response.content.decode()


def test_a_copied_lesson_gets_ids_of_its_own(author: Client) -> None:
    lesson = add_lesson(make_module(), "One", {"type": "check", "id": "x", "value": question()})
    url = reverse("wagtailadmin_pages:copy", args=[lesson.pk])
    form = {
        "new_title": "Two",
        "new_slug": "two",
        "new_parent_page": str(lesson.get_parent().pk),
        "publish_copies": "on",
        "copy_subpages": "on",
    }
    assert author.post(url, form).status_code == 302
    copy = LessonPage.objects.exclude(pk=lesson.pk).get()
    assert copy.uuid != lesson.uuid
    assert copy.live
    assert copy.body[0].id != lesson.body[0].id

    def choice_ids(page: LessonPage) -> set[str]:
        return {choice.id for choice in page.body[0].value["choices"].bound_blocks}

    assert not choice_ids(copy) & choice_ids(lesson)


def test_an_officer_cannot_open_the_content_pages(client: Client) -> None:
    assert client.get("/cms/").status_code == 302


def test_rich_text_offers_only_what_lessons_may_hold() -> None:
    block = LessonPage._meta.get_field("body").stream_block.child_blocks["text"]
    assert set(block.child_blocks["html"].features) == {
        "h2",
        "h3",
        "bold",
        "italic",
        "ul",
        "ol",
        "link",
    }
    assert isinstance(block.child_blocks["html"].to_python("<p>x</p>"), RichText)
