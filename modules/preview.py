"""An author's draft, drawn by the learner's app's own player."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from elearning import languages
from modules.editions import canonical
from modules.editions.files import RENDITION
from modules.models import EditionFile
from modules.parts import StoredImage


class DraftFiles:
    """Files of a draft (modules.parts.Files): nothing is stored, each keeps its draft URL.

    The keys look like the SHA-256 of an edition's file but are made from the name: reading a long
    video at each key stroke would make the preview slow.
    """

    def __init__(self) -> None:
        self.urls: dict[str, str] = {}

    def document(self, document: Any) -> str:
        return self._key(document.file.name)

    def image(self, image: Any) -> StoredImage:
        rendition = image.get_rendition(RENDITION)
        return StoredImage(self._key(rendition.file.name), rendition.width, rendition.height)

    def kept(self, sha256: str) -> None:
        file = EditionFile.objects.filter(pk=sha256).first()
        if file:
            self.urls[sha256] = file.url

    def _key(self, name: str) -> str:
        key = canonical.sha256(name.encode())
        self.urls[key] = reverse("draft-file", args=[name])
        return key


def preview_response(request: HttpRequest, page: Any) -> HttpResponse:
    files = DraftFiles()
    document = page.preview_document(get_language() or languages.SOURCE.code, files)
    text = languages.BY_CODE[document["language"]]
    context = {"page": page, "part": document | {"files": files.urls}, "source": text}
    return render(request, "modules/preview.html", context)
