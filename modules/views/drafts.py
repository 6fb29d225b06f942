"""Uploads that are not published yet, for the people who edit them."""

import hashlib
import mimetypes
import posixpath

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from modules.serving import stored_file

PERMISSION = "wagtailadmin.access_admin"
# What the learning record store keeps in the same storage is about people, and not for authors.
RECORDS = "xapi"


@require_safe
@permission_required(PERMISSION, raise_exception=True)
def draft_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """An upload in the media folder: pictures in Wagtail's lists, media in a preview; seekable."""
    if posixpath.normpath(name).lower().split("/")[0] == RECORDS:
        raise Http404
    try:
        if not default_storage.exists(name):
            raise Http404
    except SuspiciousFileOperation as error:
        raise Http404 from error
    changed = default_storage.get_modified_time(name).isoformat()
    return stored_file(
        request,
        path=name,
        size=default_storage.size(name),
        mime=mimetypes.guess_type(name)[0] or "application/octet-stream",
        etag=hashlib.sha256(f"{name} {changed}".encode()).hexdigest(),
        text=False,
        caching="private, no-cache",
    )
