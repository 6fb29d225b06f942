"""Putting the files of editions into the default storage, each once, named by its SHA-256."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile, File

from elearning import kept
from modules.editions import canonical
from modules.models import EditionFile
from modules.parts import StoredImage
from modules.rules import kinds

# The longest side of a picture on a tablet; a drawing is inline and needs no file.
RENDITION = "max-1280x1280|format-webp|webpquality-80"
PIECE = 1024 * 1024


class EditionFiles:
    """Collects the files of one edition (modules.parts.Files); equal content is stored once.

    A copy that shares `known` with others of the same build reads each upload only once.
    """

    def __init__(self, known: dict[str, EditionFile] | None = None) -> None:
        self.known = {} if known is None else known
        self.used: dict[str, EditionFile] = {}

    def document(self, document: Any) -> str:
        return self._upload(f"document {document.pk}", document.file, document.filename)

    def image(self, image: Any) -> StoredImage:
        rendition = image.get_rendition(RENDITION)
        sha256 = self._upload(f"rendition {rendition.pk}", rendition.file, rendition.file.name)
        return StoredImage(sha256, rendition.width, rendition.height)

    def kept(self, sha256: str) -> None:
        self.used[sha256] = EditionFile.objects.get(pk=sha256)

    def part(self, document: dict[str, Any]) -> str:
        data = canonical.to_bytes(document)
        return self._keep(canonical.sha256(data), len(data), "json", ContentFile(data))

    def _upload(self, key: str, upload: Any, name: str) -> str:
        if key in self.known:
            file = self.known[key]
            self.used[file.sha256] = file
            return file.sha256
        with upload.open("rb") as stream:
            digest = hashlib.sha256()
            while piece := stream.read(PIECE):
                digest.update(piece)
            stream.seek(0)
            sha256 = self._keep(digest.hexdigest(), upload.size, kinds.extension(name), stream)
        self.known[key] = self.used[sha256]
        return sha256

    def _keep(self, sha256: str, size: int, extension: str, content: File) -> str:
        file = EditionFile.objects.filter(pk=sha256).first()
        file = file or EditionFile(sha256=sha256, extension=extension, size=size)
        kept.keep(file.path, size, content.chunks())
        if file._state.adding:  # another build may have been quicker with the same content
            defaults = {"extension": extension, "size": size}
            file, _made = EditionFile.objects.get_or_create(pk=sha256, defaults=defaults)
        self.used[sha256] = file
        return sha256


def is_here(sha256: str) -> bool:
    """Whether the file is kept and has its whole length."""
    file = EditionFile.objects.filter(pk=sha256).first()
    return file is not None and kept.is_whole(file.path, file.size)


def keep(sha256: str, extension: str, data: bytes) -> None:
    """Put a file of an edition that was built elsewhere into the storage, then note that it is there.

    Whether `data` has this SHA-256 is the caller's to check.
    """
    file = EditionFile.objects.filter(pk=sha256).first()
    file = file or EditionFile(sha256=sha256, extension=extension, size=len(data))
    kept.keep(file.path, len(data), [data])
    defaults = {"extension": extension, "size": len(data)}
    EditionFile.objects.get_or_create(pk=sha256, defaults=defaults)
