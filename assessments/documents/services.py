"""Changing documents. Of two changes at once, the second sees what the first has made."""

from django.db import transaction
from django.utils import timezone

from assessments.documents import contents
from assessments.documents.conditions import Conditions
from assessments.documents.contents import Content
from assessments.documents.places import Place
from assessments.models import Document


@transaction.atomic
def put(*, place: Place, name: str, content: Content, conditions: Conditions, version: str) -> None:
    """Store it, in the place of another one too; raises Changed, Unseen or Refused."""
    row = _locked(place, name)
    conditions.check_put(row.etag, place.kind, version)
    _save(row, content)


@transaction.atomic
def post(*, place: Place, name: str, content: Content, conditions: Conditions) -> None:
    """Store it, merged with the one there is (2.2.s7); raises Changed, Refused or TooLarge."""
    contents.check_posted(content)
    row = _locked(place, name)
    conditions.check(row.etag)
    if row.etag:
        content = contents.merged(Content(row.content_type, bytes(row.content)), content)
    _save(row, content)


@transaction.atomic
def delete(*, place: Place, name: str, conditions: Conditions) -> None:
    """That there is none is no error; raises Changed."""
    row = place.one(name).select_for_update().first()
    conditions.check(row.etag if row else "")
    if row:
        row.delete()


def delete_all(*, place: Place) -> None:
    place.all().delete()


def _locked(place: Place, name: str) -> Document:
    """The document, or one without an ETag if there was none; nobody else changes it meanwhile.

    Put there or locked in one step, so that two who both find nothing can't both make it new. What
    was put there goes again when the transaction fails.
    """
    empty = place.document(name)
    empty.updated = timezone.now()
    Document.objects.bulk_create(
        [empty],
        update_conflicts=True,
        unique_fields=["kind", "activity", "agent", "registration", "name"],
        update_fields=["kind"],
    )
    return place.one(name).get()


def _save(row: Document, content: Content) -> None:
    row.content, row.content_type, row.etag = content.body, content.type, content.etag
    row.updated = timezone.now()
    row.save()
