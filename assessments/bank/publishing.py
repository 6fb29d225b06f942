"""Wagtail says that an item was published, unpublished or deleted: freeze it, and build what shows it."""

from typing import Any

from django.db.models import Count, Max
from django.db.models.signals import post_delete
from wagtail.signals import published, unpublished

from assessments.bank.uses import pages_that_may_show
from assessments.bank.versions import freeze
from assessments.models import Item, ItemVersion
from modules.editions import stamps
from modules.editions.publishing import page_changed


def item_published(instance: Item, **_kwargs: Any) -> None:
    if not instance.live:  # it is to be published later
        return
    freeze(instance)
    build_what_shows(instance)


def item_withdrawn(instance: Item, **_kwargs: Any) -> None:
    build_what_shows(instance)


def build_what_shows(item: Item) -> None:
    for page in pages_that_may_show(item):
        page_changed(page)


def stamp() -> tuple[Any, ...]:
    """Changes whenever an item is published, withdrawn or deleted."""
    live = Item.objects.filter(live=True).aggregate(Count("pk"), Max("last_published_at"))
    newest = ItemVersion.objects.aggregate(Max("pk"))
    return (*live.values(), *newest.values())


def listen() -> None:
    published.connect(item_published, sender=Item, dispatch_uid="item-published")
    unpublished.connect(item_withdrawn, sender=Item, dispatch_uid="item-unpublished")
    post_delete.connect(item_withdrawn, sender=Item, dispatch_uid="item-deleted")
    stamps.watch(stamp)
