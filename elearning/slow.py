"""A request that takes too long to arrive (scripts/worker.py), or is cut on the way: no error of the server."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, UnreadablePostError


def too_slow() -> HttpResponse:
    """408, and nothing else: an answer of ours would tell a tablet that it must not send this again."""
    return HttpResponse(status=408)


class SlowLineMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, _request: HttpRequest, error: Exception) -> HttpResponse | None:
        return too_slow() if isinstance(error, UnreadablePostError) else None
