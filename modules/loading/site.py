"""The root of the page tree, and what authors may do in it."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
)

from elearning.users.roles import Role
from modules.models import CataloguePage

PAGE_RIGHTS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
UPLOAD_RIGHTS = ("add", "change", "choose")
ITEM_RIGHTS = ("add", "change", "delete", "publish", "lock", "unlock")


@transaction.atomic
def ensure_catalogue() -> CataloguePage:
    """The root of the site, made where it is missing in place of Wagtail's welcome page."""
    catalogue = CataloguePage.objects.first()
    if catalogue is None:
        root = Page.get_first_root_node()
        catalogue = root.add_child(instance=CataloguePage(title="Modules", slug="modules"))
    welcome = _welcome_page()
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", root_page=catalogue, is_default_site=True)
    elif welcome and site.root_page_id == welcome.pk:
        site.root_page = catalogue
        site.save()
    if welcome and not Site.objects.filter(root_page=welcome).exists():
        welcome.delete()
    return CataloguePage.objects.get(pk=catalogue.pk)


def _welcome_page() -> Page | None:
    """The page that Wagtail's first migration makes, if nobody has made use of it."""
    page = Page.objects.filter(
        depth=2, slug="home", title__startswith="Welcome to your new Wagtail site", numchild=0
    ).first()
    return page if page and page.specific_class is Page else None


@transaction.atomic
def grant_author_rights() -> None:
    """Authors may open Wagtail, and add, edit, publish and lock in the catalogue and in the item bank."""
    group, _created = Group.objects.get_or_create(name=Role.AUTHOR)
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    # The bank lies above this app, so it is known by name only.
    items = [f"{right}_item" for right in ITEM_RIGHTS]
    group.permissions.add(
        *Permission.objects.filter(content_type__app_label="assessments", codename__in=items)
    )
    catalogue = CataloguePage.objects.get()
    pages = Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=PAGE_RIGHTS
    )
    for permission in pages:
        GroupPagePermission.objects.get_or_create(
            group=group, page=catalogue, permission=permission
        )
    for model in (get_document_model(), get_image_model()):
        _grant_uploads(group, model._meta.app_label, model._meta.model_name)


def _grant_uploads(group: Group, app_label: str, model_name: str) -> None:
    collection = Collection.get_first_root_node()
    codenames = [f"{right}_{model_name}" for right in UPLOAD_RIGHTS]
    permissions = Permission.objects.filter(
        content_type__app_label=app_label, codename__in=codenames
    )
    for permission in permissions:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )
