"""Writing one page, unless an author has been there."""

import json
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable
from uuid import UUID

from django.utils import translation
from wagtail.fields import StreamField
from wagtail.models import Page

from elearning import languages
from modules.editions import canonical
from modules.loading.illustrations import document_identity
from modules.loading.memory import Outcome, load
from modules.models import TeachingPage, english


@runtime_checkable
class Reference(Protocol):
    """Something that a page names and that has another primary key on every server."""

    def identity(self) -> Any:
        """The same on every server."""

    def key(self) -> Any:
        """The primary key here, once the page is written."""


def identity(value: Any) -> Any:
    """For canonical.to_bytes."""
    if isinstance(value, Reference):
        return value.identity()
    raise TypeError(value)


def key(value: Any) -> Any:
    """For json.dumps."""
    if isinstance(value, Reference):
        return value.key()
    raise TypeError(value)


@dataclass(frozen=True)
class PageRef:
    """Another page of the content files."""

    model: type[TeachingPage]
    uuid: UUID

    def identity(self) -> str:
        return str(self.uuid)

    def key(self) -> Any:
        return self.model.objects.filter(uuid=self.uuid).values_list("pk", flat=True).first()


@dataclass(frozen=True)
class PageSource:
    """One page as its file says it; `fields` by model field, streams as lists with References."""

    model: type[TeachingPage]
    uuid: UUID
    slug: str
    heading: str
    summary: str
    fields: dict[str, Any]

    def digest(self) -> str:
        shown = {"heading": self.heading, "summary": self.summary, "fields": self.fields}
        return canonical.sha256(canonical.to_bytes(shown, default=identity))

    def find(self) -> TeachingPage | None:
        return self.model.objects.filter(uuid=self.uuid).first()

    def write_to(self, target: TeachingPage) -> None:
        setattr(target, english("heading"), self.heading)
        setattr(target, english("summary"), self.summary)
        for name, value in self.fields.items():
            write_field(target, name, value)

    def written_digest(self, target: TeachingPage) -> str:
        """A drawing counts by what its document holds: an author corrects one by replacing its file."""
        with translation.override(languages.SOURCE.code):
            data = target.serializable_data()
        fields = [field for field in target._meta.local_fields if field.name != "page_ptr"]
        streams = {field.name for field in fields if isinstance(field, StreamField)}
        # PostgreSQL gives the keys of a stored revision back in an order of its own, also in streams.
        content = {name: json.loads(data[name]) for name in streams} | {
            name: data[name] for name in {"slug", *(field.name for field in fields)} - streams
        }
        for name in target.later_fields:
            if not content[name] or content[name] == target._meta.get_field(name).get_default():
                del content[name]
        drawings = [
            pk for name in sorted(streams & content.keys()) for pk in _drawings(content[name])
        ]
        if drawings:
            content["drawings"] = [document_identity(pk) for pk in drawings]
        return canonical.sha256(json.dumps(content, sort_keys=True, default=str).encode())


def write_field(target: Any, name: str, value: Any) -> None:
    if isinstance(target._meta.get_field(name), StreamField):
        value = json.dumps(value, default=key)
    setattr(target, name, value.key() if isinstance(value, Reference) else value)


def load_page(
    source: PageSource, parent: Page, after: Page | None = None, *, leading: bool = False
) -> tuple[Outcome, Page | None]:
    """Create or update and publish the page; never over an edit.

    A new one comes behind the sibling `after`, without one before all others if `leading`, else last.
    """
    return load(source, lambda: _create(source, parent, after, leading))


def _create(source: PageSource, parent: Page, after: Page | None, leading: bool) -> Page:
    page = source.model(uuid=source.uuid, slug=source.slug, title=source.heading, live=False)
    source.write_to(page)
    if after is not None:
        after.add_sibling(pos="right", instance=page)
    elif leading and (first := parent.get_first_child()):
        first.add_sibling(pos="left", instance=page)
    else:
        parent.add_child(instance=page)
    return page


def _drawings(stream: list[dict[str, Any]]) -> list[Any]:
    """The keys of the documents in the figures of a stream, in its order."""
    figures = [block["value"] for block in stream if block["type"] == "figure"]
    return [figure["drawing"] for figure in figures if figure["drawing"]]
