"""JSON requests of the learner's app: parsed, answered, errors in the person's language."""

import functools
import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from elearning.errors import ServiceError

View = Callable[..., HttpResponse]


def json_body(request: HttpRequest) -> dict[str, Any]:
    """The request's JSON object; raises ServiceError `bad-json` for anything else."""
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise ServiceError("bad-json", _("The request is not a JSON object."))
    return body


def api(*methods: str) -> Callable[[View], View]:
    """A view of the app: these methods only, tokens instead of cookies (so no CSRF), never cached."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @functools.wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in methods:
                return HttpResponse(status=405, headers={"Allow": ", ".join(methods)})
            try:
                response = view(request, *args, **kwargs)
            except ServiceError as error:
                response = JsonResponse(error.as_json(), status=error.status)
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        return wrapped

    return decorate
