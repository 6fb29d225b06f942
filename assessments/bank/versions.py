"""The states of an item that were ever published, each kept for good."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from assessments.bank.documents import document
from assessments.models import Item, ItemVersion
from modules.editions import canonical
from modules.parts import Files


@transaction.atomic
def freeze(item: Item) -> ItemVersion:
    """The version that holds the item as it is now: a new one only if the content differs from the newest."""
    # Two publishings at once wait for each other here, or both would make the same number.
    Item.objects.select_for_update().filter(pk=item.pk).first()
    newest = latest(item.uuid)
    content = document(item, newest.number if newest else 1)
    if newest and newest.digest == digest(content):
        return newest
    content["version"] = newest.number + 1 if newest else 1
    return ItemVersion.objects.create(
        item=item.uuid, number=content["version"], content=content, digest=digest(content)
    )


def digest(content: dict[str, Any]) -> str:
    """Of all but the version's number: going back to an earlier wording is a new version too."""
    rest = {name: value for name, value in content.items() if name != "version"}
    return canonical.sha256(canonical.to_bytes(rest))


def latest(item: UUID) -> ItemVersion | None:
    return ItemVersion.objects.filter(item=item).order_by("number").last()


def latest_of(items: Iterable[UUID]) -> dict[UUID, ItemVersion]:
    """The newest version of each that has one, in two queries."""
    wanted = list(items)
    newest = ItemVersion.objects.filter(item__in=wanted).values("item").annotate(Max("number"))
    numbers = {row["item"]: row["number__max"] for row in newest}
    rows = ItemVersion.objects.filter(item__in=wanted, number__in=set(numbers.values()))
    return {row.item: row for row in rows if row.number == numbers[row.item]}


def used(item: UUID, files: Files) -> dict[str, Any] | None:
    """The content of the newest version; its picture becomes one of the page's files."""
    version = latest(item)
    if version is None:
        return None
    keep_picture(version.content, files)
    return version.content


def keep_picture(content: dict[str, Any], files: Files) -> None:
    if name := content.get("picture", {}).get("file"):
        files.kept(name)
