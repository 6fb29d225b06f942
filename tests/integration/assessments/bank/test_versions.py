"""Versions of items: frozen at publishing, never changed after."""

import importlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from assessments.bank import versions
from assessments.models import ItemVersion
from tests.integration.assessments.bank import items

pytestmark = pytest.mark.django_db


def test_publishing_an_item_freezes_its_first_version() -> None:
    item = items.make_item("multiple")
    version = versions.latest(item.uuid)
    assert version is not None
    assert (version.number, version.content["version"]) == (1, 1)
    assert version.content["key"]["scoring"] == "partial"


def test_a_draft_has_no_version() -> None:
    assert versions.latest(items.make_item(live=False).uuid) is None


def test_publishing_without_a_change_makes_no_version() -> None:
    item = items.make_item("spot")
    items.publish(item)
    assert ItemVersion.objects.count() == 1


def test_a_change_makes_a_new_version_and_going_back_another() -> None:
    item = items.make_item()
    first = item.text
    for text in ("Better?", first):
        item.text = text
        item = items.publish(item)
    kept = ItemVersion.objects.order_by("number")
    assert [version.number for version in kept] == [1, 2, 3]
    assert [version.content["text"] for version in kept] == [first, "Better?", first]


def test_the_newest_of_many_are_found() -> None:
    one, two = items.make_item(), items.make_item("order")
    one.text = "Better?"
    items.publish(one)
    found = versions.latest_of([one.uuid, two.uuid])
    assert {uuid: version.number for uuid, version in found.items()} == {one.uuid: 2, two.uuid: 1}


def test_versions_outlive_their_item() -> None:
    item = items.make_item()
    item.delete()
    assert ItemVersion.objects.filter(item=item.uuid).count() == 1


@pytest.fixture
def protected() -> Iterator[None]:
    """With the trigger that tests/conftest.py takes away; the test's transaction takes it back."""
    migration: Any = importlib.import_module("assessments.migrations.0008_item_versions_stay")
    with connection.schema_editor() if connection.vendor == "postgresql" else _Plain() as editor:
        migration.protect(apps, editor)
    yield


class _Plain:
    """SQLite's schema editor must stand outside of a transaction; these statements need none."""

    connection = connection

    def __enter__(self) -> "_Plain":
        return self

    def __exit__(self, *_error: Any) -> None: ...

    def execute(self, statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_database_refuses_to_change_a_version(protected: None) -> None:
    version = versions.freeze(items.make_item())
    with pytest.raises(DatabaseError, match="kept as it is"), transaction.atomic():
        ItemVersion.objects.filter(pk=version.pk).update(number=9)
    version.content = {}
    with pytest.raises(DatabaseError, match="kept as it is"), transaction.atomic():
        version.save()
    assert ItemVersion.objects.get().content["text"]


def test_the_database_refuses_to_delete_a_version(protected: None) -> None:
    version = versions.freeze(items.make_item())
    with pytest.raises(DatabaseError, match="kept as it is"), transaction.atomic():
        version.delete()
    assert ItemVersion.objects.count() == 1
