"""Where Wagtail calls this app."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page

from modules import copies


@hooks.register("after_copy_page")
def a_copy_gets_its_own_ids(_request: HttpRequest, _page: Page, new_page: Page) -> None:
    copies.renew_ids(new_page)
