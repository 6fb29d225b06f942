"""The shipped drawings as documents, which an author can look at, replace and reuse."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from modules.loading.source import Node
from modules.rules import svg


@dataclass(frozen=True)
class Drawing:
    """A drawing as its file has it; it becomes a document only when a page with it is written."""

    name: str
    data: bytes = field(repr=False)

    def identity(self) -> list[str]:
        return [self.name, hashlib.sha256(self.data).hexdigest()]

    def key(self) -> int:
        """The key of the document with this name and content, uploaded where there is none."""
        model = get_document_model()
        # Wagtail's own checksum: the same drawing is not uploaded twice.
        file_hash = hashlib.sha1(self.data, usedforsecurity=False).hexdigest()
        for found in model.objects.filter(title=self.name, file_hash=file_hash):
            if document_identity(found.pk) == self.identity():
                return found.pk
        made = model(title=self.name, file=ContentFile(self.data, name=self.name))
        made.file_size = len(self.data)
        made.file_hash = file_hash
        made.save()
        return made.pk


class Illustrations:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, figure: Node) -> Drawing:
        """The drawing that the figure's `file` names."""
        name = figure.text("file")
        path = self.folder / name
        if path.parent != self.folder or not path.is_file():
            raise figure.error("file", f"{name!r} is not in {self.folder.name}/")
        data = path.read_bytes()
        try:
            svg.clean(data)
        except svg.NotADrawing as error:
            raise figure.error("file", f"{name!r} cannot be shown: {error}") from error
        return Drawing(name, data)


def document_identity(key: Any) -> list[str] | None:
    """Name and SHA-256 of what the document holds now; None where it was deleted or cannot be read."""
    document = get_document_model().objects.filter(pk=key).first()
    if document is None:
        return None
    try:
        with document.file.open("rb") as stream:
            return [document.title, hashlib.sha256(stream.read()).hexdigest()]
    except OSError:
        return None
