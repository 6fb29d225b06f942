"""What every resource of the learning record store has in common: version, client, errors, headers."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.utils.datastructures import CaseInsensitiveMapping
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from assessments.statements.busy import Busy
from assessments.statements.errors import Refused
from assessments.xapi import alternate, versions
from assessments.xapi.clients import Client, client_of
from elearning.errors import ServiceError
from elearning.slow import too_slow


class NoLength(ServiceError):
    """Django reads as much of a body as Content-Length says: without one it would be an empty one."""

    status = 411

    def __init__(self) -> None:
        super().__init__("no-length", _("Send the request with a Content-Length, not in chunks."))


CHALLENGE = 'Basic realm="xAPI", charset="UTF-8", Bearer'
View = Callable[["Call"], HttpResponse]


@dataclass(frozen=True)
class Call:
    """A request as the standard sees it, whichever of the two syntaxes it came in."""

    request: HttpRequest
    method: str
    version: str
    params: Mapping[str, str]
    headers: Mapping[str, str]
    client: Client
    # The body of a request in the alternate syntax; None where it is the body of the request.
    content: bytes | None = field(default=None, repr=False)

    def only(self, *names: str) -> None:
        """Raise Refused (400) for a parameter that this resource does not have (3.2)."""
        for name in self.params:
            if name not in names:
                raise Refused(
                    "unknown-parameter", _("There is no parameter %(name)s here.") % {"name": name}
                )

    def required(self, name: str) -> str:
        """The parameter, which must not be missing or empty; raises Refused (400)."""
        value = self.params.get(name, "")
        if not value:
            raise Refused(
                "missing-parameter", _("The parameter %(name)s is missing.") % {"name": name}
            )
        return value


def resource(**views: View) -> Callable[..., HttpResponse]:
    """A Django view of the views by method: `resource(GET=…, PUT=…)`; HEAD is answered by GET.

    The mount says which version is meant by a request that names none (`default_version`): both
    versions refuse such a request, and the refusal names the version that it is refused by.
    """
    if "GET" in views:
        views["HEAD"] = views["GET"]

    @csrf_exempt
    def view(request: HttpRequest, default_version: str = versions.V1) -> HttpResponse:
        version = default_version
        try:
            if "Transfer-Encoding" in request.headers:
                raise NoLength
            form = alternate.read(request)
            header = form.headers.get(versions.HEADER, "")
            version = versions.spoken(header) or default_version
            response = _answer(views, request, form, header)
        except ServiceError as error:
            response = refusal(error)
        except OperationalError as error:
            if "locked" not in str(error):
                raise
            # Another writer had SQLite for longer than anybody waits.
            response = refusal(Busy())
        except UnreadablePostError:
            # As everywhere (elearning.slow), and with the headers of the standard.
            response = too_slow()
        response.headers[versions.HEADER] = version
        response.headers.setdefault("Cache-Control", "no-store")
        if response.status_code == 401:
            # Both ways (RFC 9110, 11.6.1); a browser asks nobody, for the app's requests omit credentials.
            response.headers["WWW-Authenticate"] = CHALLENGE
        return response

    return view


def refusal(error: ServiceError) -> HttpResponse:
    return JsonResponse(error.as_json(), status=error.status)


def _answer(
    views: dict[str, View], request: HttpRequest, form: alternate.Form, header: str
) -> HttpResponse:
    version = versions.spoken(header)
    if version is None:
        raise Refused(
            "bad-version",
            _("Send the header %(name)s: 1.0.3 or 2.0.0.") % {"name": versions.HEADER},
        )
    if form.alternate and version != versions.V1:
        raise Refused("alternate-syntax", _("Version 2.0 has no alternate request syntax."))
    method = form.method
    if method not in views:
        return HttpResponse(status=405, headers={"Allow": ", ".join(views)})
    client = client_of(request, form.headers.get("Authorization", ""))
    call = Call(
        request,
        method,
        version,
        form.params,
        CaseInsensitiveMapping(form.headers),
        client,
        form.content,
    )
    return views[method](call)


def open_to_all(view: Callable[[HttpRequest], Any]) -> Callable[..., HttpResponse]:
    """A resource that asks for no version and no credentials, as /about does (2.8)."""

    @csrf_exempt
    @functools.wraps(view)
    def wrapped(request: HttpRequest, default_version: str = versions.V1) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            response = HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        else:
            response = JsonResponse(view(request))
        spoken = versions.spoken(request.headers.get(versions.HEADER, ""))
        response.headers[versions.HEADER] = spoken or default_version
        return response

    return wrapped
