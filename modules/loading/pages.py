"""Writing one page, unless an author has been there."""

import json
from dataclasses import dataclass
from enum import Enum
from typing import Any
from uuid import UUID

from django.utils import translation
from wagtail.fields import StreamField
from wagtail.models import Page

from elearning import languages
from modules.editions import canonical
from modules.loading.illustrations import Drawing, document_identity
from modules.models import LoadedPage, TeachingPage, english


class Outcome(Enum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    EDITED = "left alone: an author has edited it"
    WITHDRAWN = "left alone: an author has unpublished, locked or deleted it"


@dataclass(frozen=True)
class PageSource:
    """One page as its file says it; `fields` by model field, streams as lists with Drawings."""

    model: type[TeachingPage]
    uuid: UUID
    slug: str
    heading: str
    summary: str
    fields: dict[str, Any]

    def digest(self) -> str:
        shown = {"heading": self.heading, "summary": self.summary, "fields": self.fields}
        return canonical.sha256(canonical.to_bytes(shown, default=Drawing.identity))

    def write_to(self, page: TeachingPage) -> None:
        setattr(page, english("heading"), self.heading)
        setattr(page, english("summary"), self.summary)
        for name, value in self.fields.items():
            stream = isinstance(page._meta.get_field(name), StreamField)
            setattr(page, name, json.dumps(value, default=Drawing.document) if stream else value)


def load_page(source: PageSource, parent: Page, after: Page | None) -> tuple[Outcome, Page | None]:
    """Create or update and publish the page, behind the sibling `after`; never over an edit."""
    memory = LoadedPage.objects.filter(uuid=source.uuid).first()
    page = source.model.objects.filter(uuid=source.uuid).first()
    if memory is None and page is None:
        return Outcome.CREATED, _create(source, parent, after)
    if memory and memory.source_digest == source.digest():
        return Outcome.UNCHANGED, page
    if page is None or not page.live or page.locked:
        return Outcome.WITHDRAWN, page
    latest = page.get_latest_revision_as_object()
    if memory is None or written_digest(latest) != memory.written_digest:
        return Outcome.EDITED, page
    source.write_to(latest)
    _publish(source, latest)
    return Outcome.UPDATED, page


def _create(source: PageSource, parent: Page, after: Page | None) -> Page:
    page = source.model(uuid=source.uuid, slug=source.slug, title=source.heading, live=False)
    source.write_to(page)
    if after is not None:
        after.add_sibling(pos="right", instance=page)
    else:
        parent.add_child(instance=page)
    _publish(source, page)
    return page


def _publish(source: PageSource, page: TeachingPage) -> None:
    page.save_revision().publish()
    LoadedPage.objects.update_or_create(
        uuid=source.uuid,
        defaults={
            "source_digest": source.digest(),
            "written_digest": written_digest(page.get_latest_revision_as_object()),
        },
    )


def written_digest(page: Page) -> str:
    """Of everything that an author can edit in the page: its own fields, the slug, the drawings.

    A drawing counts by what its document holds: an author corrects one by replacing its file.
    """
    with translation.override(languages.SOURCE.code):
        data = page.serializable_data()
    fields = [field for field in page._meta.local_fields if field.name != "page_ptr"]
    streams = {field.name for field in fields if isinstance(field, StreamField)}
    # PostgreSQL gives the keys of a stored revision back in an order of its own, also in streams.
    content = {name: json.loads(data[name]) for name in streams} | {
        name: data[name] for name in {"slug", *(field.name for field in fields)} - streams
    }
    drawings = [key for name in streams for key in _drawings(content[name])]
    if drawings:
        content["drawings"] = [document_identity(key) for key in drawings]
    return canonical.sha256(json.dumps(content, sort_keys=True, default=str).encode())


def _drawings(stream: list[dict[str, Any]]) -> list[Any]:
    """The keys of the documents in the figures of a stream, in its order."""
    figures = [block["value"] for block in stream if block["type"] == "figure"]
    return [figure["drawing"] for figure in figures if figure["drawing"]]
