"""The modules that ship, as their editions offer them."""

import json
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from assessments.bank.parts import asked_of
from assessments.models import AssessmentPage, ItemVersion
from modules.models import Edition, EditionFile, ModulePage

pytestmark = pytest.mark.django_db
PURPOSES = ["pre", *[None] * 6, "practice", "post", "graded"]


@pytest.fixture(autouse=True)
def loaded(db: None, django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        call_command("load_modules", stdout=StringIO())


def manifests() -> list[dict[str, Any]]:
    return [json.loads(edition.manifest) for edition in Edition.objects.current()]


def files() -> list[Any]:
    """What is JSON of all that a tablet can fetch."""
    found = []
    for file in EditionFile.objects.filter(extension="json"):
        with default_storage.open(file.path) as stream:
            found.append(json.load(stream))
    return found


def inside(value: Any) -> Iterator[Any]:
    """A document, and everything in it at any depth."""
    yield value
    children = value.values() if isinstance(value, dict) else value
    for child in children if isinstance(value, dict | list) else ():
        yield from inside(child)


def asked(*purposes: str) -> set[UUID]:
    pages = AssessmentPage.objects.filter(purpose__in=purposes)
    return {item for page in pages for item in asked_of(page)}


def told(items: set[UUID]) -> set[str]:
    """The sentences that tell what is right in these items."""
    contents = [version.content for version in ItemVersion.objects.filter(item__in=items)]
    feedback = {text for item in contents for text in item["key"].get("feedback", {}).values()}
    return (feedback | {item["explanation"] for item in contents}) - {""}


def test_both_modules_offer_the_pretest_first_and_a_graded_test_last_that_alone_decides() -> None:
    offered = manifests()
    assert len(offered) == ModulePage.objects.count() == 2
    for manifest in offered:
        assert [part.get("purpose") for part in manifest["parts"]] == PURPOSES
    deciding = [file["purpose"] for file in files() if file.get("decides")]
    assert deciding == ["graded", "graded"]


def test_an_item_that_measures_is_in_no_practice_and_its_key_in_no_edition_of_any_module() -> None:
    measuring = asked("pre", "post", "graded")
    ids = {str(item) for item in measuring}
    assert len(ids) > 60
    found = list(inside([*files(), *manifests()]))
    shown = [each for each in found if isinstance(each, dict) and each.get("id") in ids]
    assert {each["id"] for each in shown} == ids
    assert not any({"key", "explanation", "source"} & each.keys() for each in shown)
    texts = {each for each in found if isinstance(each, str)}
    # What was looked through has what practice tells.
    assert told(asked("practice")) <= texts
    assert told(measuring) & texts == set()
