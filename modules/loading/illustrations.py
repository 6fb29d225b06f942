"""The shipped drawings as documents, which an author can look at, replace and reuse."""

import hashlib
from pathlib import Path

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from modules.loading.source import Node
from modules.rules import svg


class Illustrations:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, figure: Node) -> int:
        """The key of the document with the drawing that the figure's `file` names."""
        name = figure.text("file")
        path = self.folder / name
        if path.parent != self.folder or not path.is_file():
            raise figure.error("file", f"{name!r} is not in {self.folder.name}/")
        data = path.read_bytes()
        try:
            svg.clean(data)
        except svg.NotADrawing as error:
            raise figure.error("file", f"{name!r} cannot be shown: {error}") from error
        return _document(name, data)


def _document(name: str, data: bytes) -> int:
    model = get_document_model()
    # Wagtail's own checksum: the same drawing is not uploaded twice.
    file_hash = hashlib.sha1(data, usedforsecurity=False).hexdigest()
    found = model.objects.filter(title=name, file_hash=file_hash).first()
    if found is None:
        found = model(title=name, file=ContentFile(data, name=name))
        found.file_size = len(data)
        found.file_hash = file_hash
        found.save()
    return found.pk
