"""Editions follow what authors do in Wagtail."""

import datetime as dt
import json
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from modules.models import Edition, LessonPage
from tests.integration.modules.pages import add_lesson, make_module

pytestmark = pytest.mark.django_db
Commit = Callable[..., object]


def parts() -> list[str]:
    edition = Edition.objects.current().get()
    return [part["heading"] for part in json.loads(edition.manifest)["parts"]]


def test_publishing_a_lesson_builds_an_edition_at_commit(
    django_capture_on_commit_callbacks: Commit,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        module = make_module()
        add_lesson(module, "One")
        assert Edition.objects.count() == 0
    assert parts() == ["One"]


def test_many_pages_published_together_build_once(
    django_capture_on_commit_callbacks: Commit,
) -> None:
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        module = make_module()
        for heading in ("One", "Two", "Three"):
            add_lesson(module, heading)
    assert sum(type(callback).__name__ == "Build" for callback in callbacks) == 1
    assert Edition.objects.get().version == 1


def test_an_unpublished_lesson_leaves_and_an_unpublished_module_offers_nothing(
    django_capture_on_commit_callbacks: Commit,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        module = make_module()
        add_lesson(module, "One")
        two = add_lesson(module, "Two")
    with django_capture_on_commit_callbacks(execute=True):
        two.unpublish()
    assert parts() == ["One"]
    with django_capture_on_commit_callbacks(execute=True):
        module.unpublish()
    assert not Edition.objects.current().exists()
    assert Edition.objects.count() == 2


def test_a_new_order_of_lessons_is_a_new_edition(
    django_capture_on_commit_callbacks: Commit,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        module = make_module()
        one = add_lesson(module, "One")
        add_lesson(module, "Two")
    with django_capture_on_commit_callbacks(execute=True):
        two = Page.objects.get(title="Two")
        two.move(Page.objects.get(pk=one.pk), pos="left")
    assert parts() == ["Two", "One"]


def test_deleting_a_module_withdraws_its_editions(
    django_capture_on_commit_callbacks: Commit,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        module = make_module()
        add_lesson(module, "One")
    with django_capture_on_commit_callbacks(execute=True):
        Page.objects.get(pk=module.pk).delete()
    assert not Edition.objects.current().exists()
    assert Edition.objects.count() == 1


def test_scheduled_publishing_builds_an_edition(django_capture_on_commit_callbacks: Commit) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        module = make_module()
        add_lesson(module, "One")
    lesson = add_lesson(module, "Two", live=False)
    lesson = LessonPage.objects.get(pk=lesson.pk)
    lesson.go_live_at = timezone.now() + dt.timedelta(hours=1)
    lesson.save_revision(approved_go_live_at=lesson.go_live_at)
    revision = lesson.latest_revision
    revision.approved_go_live_at = timezone.now() - dt.timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("publish_scheduled")
    assert parts() == ["One", "Two"]


def test_build_editions_makes_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    add_lesson(make_module(slug="borders"), "One")
    call_command("build_editions", module="borders")
    assert capsys.readouterr().out.startswith("borders en 1 ")
    assert parts() == ["One"]
