"""The learner's app as four URLs: its page, its service worker, its manifest, its catalogues."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from elearning import catalogues, languages
from elearning.offline import shell as app


@require_GET
def shell(request: HttpRequest) -> HttpResponse:
    """Fresh for a minute, so that the service worker's install takes it from the browser's cache."""
    return HttpResponse(app.page(), headers={"Cache-Control": "public, max-age=60"})


@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        app.worker(), content_type="text/javascript", headers={"Cache-Control": "no-cache"}
    )


@require_GET
def catalogue(request: HttpRequest, code: str) -> HttpResponse:
    if code not in languages.BY_CODE:
        raise Http404
    response = JsonResponse(
        catalogues.javascript_catalogue(code), json_dumps_params={"ensure_ascii": False}
    )
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@require_GET
def web_manifest(request: HttpRequest) -> HttpResponse:
    """How the app is installed (W3C Web Application Manifest)."""
    icons = [
        {"src": static(f"offline/icons/{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        for size in (192, 512)
    ]
    manifest = {
        "id": "/learn/",
        "name": settings.WAGTAIL_SITE_NAME,
        "short_name": settings.WAGTAIL_SITE_NAME,
        "description": _("Training modules for officers, on this tablet and without a network."),
        "start_url": "/learn/",
        "scope": "/learn/",
        "display": "standalone",
        "background_color": "#f6f4f0",
        "theme_color": "#12356b",
        "icons": [icon | {"purpose": purpose} for icon in icons for purpose in ("any", "maskable")],
    }
    return JsonResponse(manifest, content_type="application/manifest+json")
