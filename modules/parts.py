"""What every page that is one part of an edition can answer.

Editions are built from pages without knowing their types: a page under a module that is an
`EditionPart` is one file of the edition, in the order of the page tree.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


@dataclass(frozen=True)
class StoredImage:
    """A picture among the files of an edition; width and height in pixels."""

    sha256: str
    width: int
    height: int


class Files(Protocol):
    """Where a part puts the binary files that its document names; each returns the file's sha256."""

    def document(self, document: Any) -> str:
        """An uploaded Wagtail document (audio, video, captions)."""

    def image(self, image: Any) -> StoredImage:
        """An uploaded Wagtail raster image, made small enough for a tablet."""

    def kept(self, sha256: str) -> None:
        """A file that was put among those of the editions before and that the document names."""


class EditionPart:
    """Mixed into a page model: `uuid` names the part; see docs/formats.md for both shapes."""

    part_kind: str
    uuid: UUID
    get_parent: Callable[[], Any]  # Page's

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What "View live" opens: the part in the learner's app, by the route of its app.js."""
        module = self.get_parent().specific
        return redirect(f"/learn/#/module/{module.uuid}/{self.part_kind}/{self.uuid}")

    def part_document(self, language: str, files: Files) -> dict[str, Any]:
        """The part's whole file. Its `language` is the language of the text, not of the edition."""
        raise NotImplementedError

    def preview_document(self, language: str, files: Files) -> dict[str, Any]:
        """What an author is shown of a draft."""
        return self.part_document(language, files)

    def is_ready(self) -> bool:
        """Whether there is anything to learn in it; a published part that is not is in no edition."""
        return True

    def part_summary(self, language: str) -> dict[str, Any]:
        """heading, summary, minutes and the like, for the manifest; id, kind and file are added."""
        raise NotImplementedError
