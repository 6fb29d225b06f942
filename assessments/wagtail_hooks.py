"""Where Wagtail calls this app."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.snippets.models import register_snippet

from assessments.bank.admin import ItemViewSet
from assessments.bank.uses import pages_that_need
from assessments.models import Item

register_snippet(ItemViewSet)


@hooks.register("before_delete_snippet")
def an_item_in_use_is_not_deleted(
    request: HttpRequest, instances: Sequence[Any]
) -> HttpResponse | None:
    return _refused(request, [each for each in instances if isinstance(each, Item)])


@hooks.register("before_unpublish")
def an_item_in_use_is_not_unpublished(request: HttpRequest, instance: Any) -> HttpResponse | None:
    return _refused(request, [instance] if isinstance(instance, Item) else [])


def _refused(request: HttpRequest, items: Sequence[Item]) -> HttpResponse | None:
    """Back to the list, naming the pages that need the item; None where none does."""
    for item in items:
        if pages := list(pages_that_need(item)):
            shown = ", ".join(f"“{page.title}”" for page in pages)
            message = _(
                "“%(item)s” is in use: %(pages)s. Take it out there and publish, then try again."
            )
            messages.error(request, message % {"item": item, "pages": shown})
            return redirect(reverse(Item.snippet_viewset.get_url_name("list")))
    return None
