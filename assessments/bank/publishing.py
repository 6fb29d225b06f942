"""Wagtail says that an item was published, unpublished or deleted: freeze it, and build what shows it."""

from typing import Any

from django.db.models import Count, Max
from django.db.models.signals import post_delete
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, published, unpublished

from assessments.bank.checks import conflicts, mistakes
from assessments.bank.sections import tests_that_draw
from assessments.bank.uses import pages_that_may_show
from assessments.bank.versions import freeze
from assessments.models import AssessmentPage, Item, ItemVersion
from modules import checks
from modules.editions import stamps
from modules.editions.publishing import page_changed
from modules.models import LessonPage


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


def page_that_asks_changed(instance: Page, **_kwargs: Any) -> None:
    """What is practised on one page leaves the draws of the tests that measure, also of other modules."""
    if isinstance(instance, LessonPage | AssessmentPage):
        for test in tests_that_draw(but=instance):
            page_changed(test)


def stamp() -> tuple[Any, ...]:
    """Changes whenever an item, or a page that may ask one, is published, withdrawn or deleted."""
    models = (Item, LessonPage, AssessmentPage)
    live = [
        model.objects.filter(live=True).aggregate(Count("pk"), Max("last_published_at"))
        for model in models
    ]
    newest = ItemVersion.objects.aggregate(Max("pk"))
    return (*(value for each in live for value in each.values()), *newest.values())


def listen() -> None:
    published.connect(item_published, sender=Item, dispatch_uid="item-published")
    unpublished.connect(item_withdrawn, sender=Item, dispatch_uid="item-unpublished")
    post_delete.connect(item_withdrawn, sender=Item, dispatch_uid="item-deleted")
    page_published.connect(page_that_asks_changed, dispatch_uid="asking-page-published")
    page_unpublished.connect(page_that_asks_changed, dispatch_uid="asking-page-unpublished")
    stamps.watch(stamp)
    checks.ask(mistakes)
    checks.ask_of_built(conflicts)
