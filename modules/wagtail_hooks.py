"""Where Wagtail calls this app."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page

from modules import copies
from modules.views import drafts


@hooks.register("after_copy_page")
def a_copy_gets_its_own_ids(_request: HttpRequest, _page: Page, new_page: Page) -> None:
    copies.renew_ids(new_page)


@hooks.register("before_serve_document")
def a_document_is_for_those_who_edit(_document: Any, request: HttpRequest) -> None:
    """Officers get the published files of an edition; an upload itself may be a draft."""
    if not request.user.has_perm(drafts.PERMISSION):
        raise PermissionDenied
