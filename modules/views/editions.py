"""What tablets download (docs/formats.md, "Editions")."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from modules import selectors
from modules.models import Edition, EditionFile
from modules.rules import kinds
from modules.serving import INERT, stored_file

FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
@cache_control(public=True, no_cache=True)
@conditional_page
def editions_index(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"editions": selectors.entries(says_its_format="format" in request.GET)})


@require_safe
@conditional_page
def edition_manifest(
    _request: HttpRequest, module: UUID, language: str, version: int
) -> HttpResponse:
    edition = get_object_or_404(Edition, module=module, language=language, version=version)
    headers = {"Cache-Control": FOR_EVER, "Content-Security-Policy": INERT}
    return HttpResponse(edition.manifest, content_type="application/json", headers=headers)


@require_safe
def edition_file(request: HttpRequest, sha256: str, extension: str) -> HttpResponseBase:
    file = get_object_or_404(EditionFile, sha256=sha256, extension=extension)
    return stored_file(
        request,
        path=file.path,
        size=file.size,
        mime=file.mime,
        etag=file.sha256,
        text=kinds.KINDS[file.extension].text,
        caching=FOR_EVER,
    )
