"""A copied page is another activity: it gets ids of its own, or two tests would share their answers."""

import json
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from wagtail.fields import StreamField
from wagtail.models import Page

from modules.models import TeachingPage


def renew_ids(page: Page) -> None:
    """New block, item and choice ids in the page and all below it, made from the page's own UUID."""
    with transaction.atomic():
        for each in page.get_descendants(inclusive=True).specific():
            if isinstance(each, TeachingPage) and not each.alias_of_id:
                _renew(each)


def _renew(page: TeachingPage) -> None:
    latest = page.get_latest_revision_as_object()
    for field in latest._meta.get_fields():
        if isinstance(field, StreamField):
            raw = json.loads(field.value_to_string(latest))
            setattr(latest, field.name, json.dumps(_with_new_ids(raw, page.uuid)))
    revision = latest.save_revision()
    if page.live:
        revision.publish()


def _with_new_ids(raw: Any, page: UUID) -> Any:
    if isinstance(raw, list):
        return [_with_new_ids(each, page) for each in raw]
    if not isinstance(raw, dict):
        return raw
    renewed = {key: _with_new_ids(value, page) for key, value in raw.items()}
    if raw.keys() >= {"id", "type", "value"} and raw["id"]:
        renewed["id"] = str(uuid5(page, raw["id"]))
    return renewed
