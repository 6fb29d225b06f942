"""The learning record store over HTTP (xAPI 1.0.3, part three)."""

import functools
import re

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from assessments.statements import bodies, services
from assessments.statements.errors import Refused
from elearning.api import View, api
from elearning.users import tokens

VERSION = "1.0.3"
HEADER = "X-Experience-API-Version"


def xapi(view: View) -> View:
    """Every answer, good or bad, names the version of the standard it keeps (3.3)."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest) -> HttpResponse:
        response = view(request)
        response.headers[HEADER] = VERSION
        return response

    # The wrapper is what the middleware sees: tokens instead of cookies, as in elearning.api.
    wrapped.csrf_exempt = True  # type: ignore[attr-defined]
    return wrapped


@xapi
@api("POST")
def statements(request: HttpRequest) -> HttpResponse:
    grant = tokens.write_grant(request)
    if not re.fullmatch(r"1\.0(\.\d+)?", request.headers.get(HEADER, "")):
        raise Refused("bad-version", _("Send the header %(name)s: 1.0.3.") % {"name": HEADER})
    ids = services.store(grant=grant, statements=bodies.statements(request))
    return JsonResponse(ids, safe=False)


@xapi
@api("GET", "HEAD")
def about(_request: HttpRequest) -> HttpResponse:
    return JsonResponse({"version": [VERSION]})
