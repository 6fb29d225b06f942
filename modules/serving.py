"""Answering with a stored file, whole or in a part (RFC 9110, 14)."""

import re
from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

PIECE = 64 * 1024
# A file is data, not a page: opened by itself it may do nothing.
INERT = "default-src 'none'; sandbox"
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


class Unsatisfiable(ValueError):
    """The range begins after the end of the file."""


def parse_range(header: str, size: int) -> tuple[int, int] | None:
    """(first, last) byte asked for; None to send the whole: no range, several, or not well formed.

    Raises Unsatisfiable.
    """
    match = _RANGE.fullmatch(header.strip().lower())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        if int(last) == 0 or size == 0:
            raise Unsatisfiable
        return max(size - int(last), 0), size - 1
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise Unsatisfiable
    return int(first), min(int(last), size - 1) if last else size - 1


def stored_file(
    request: HttpRequest, *, path: str, size: int, mime: str, etag: str, text: bool, caching: str
) -> HttpResponseBase:
    """200, 206, 304 or 416 with the file at `path` of the default storage; `size` in bytes.

    Text that is sent whole may be gzipped on its way (GZipMiddleware); everything else is sent as
    it is, because the bytes of a range count in the file, not in a compressed copy of it.
    """
    headers = {
        "Accept-Ranges": "bytes",
        "ETag": f'"{etag}"',
        "Cache-Control": caching,
        "Content-Security-Policy": INERT,
    }
    if etag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=headers)
    try:
        part = parse_range(request.headers.get("Range", ""), size)
    except Unsatisfiable:
        return HttpResponse(status=416, headers=headers | {"Content-Range": f"bytes */{size}"})
    if part is None and text:
        with default_storage.open(path) as file:
            return HttpResponse(file.read(), content_type=mime, headers=headers)
    request.META.pop("HTTP_ACCEPT_ENCODING", None)  # the only word that GZipMiddleware hears
    return _slice(path, size, part, mime, headers)


def _slice(
    path: str, size: int, part: tuple[int, int] | None, mime: str, headers: dict[str, str]
) -> StreamingHttpResponse:
    first, last = part or (0, size - 1)
    headers |= {"Content-Length": str(last - first + 1)}
    if part:
        headers |= {"Content-Range": f"bytes {first}-{last}/{size}"}
    return StreamingHttpResponse(
        _pieces(path, first, last - first + 1),
        status=206 if part else 200,
        content_type=mime,
        headers=headers,
    )


def _pieces(path: str, first: int, length: int) -> Iterator[bytes]:
    with default_storage.open(path) as file:
        file.seek(first)
        while length > 0 and (piece := file.read(min(PIECE, length))):
            length -= len(piece)
            yield piece
