"""What a site server takes down."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from assessments.models import Scope
from assessments.xapi.clients import client_of
from courses.exchange.down import dump
from courses.models import ExportLog
from elearning.api import api
from modules.editions import canonical


@api("GET")
def down(request: HttpRequest) -> HttpResponse:
    """200 with courses.exchange.down.dump, or 304 where the site has just that (If-None-Match).

    For HTTP Basic with a credential of the scope "roster". Such a credential gets every cohort, not
    only those of its own site: officers change sites, and nothing says at which site a cohort is.
    Who took how many people away stands in ExportLog, which names none of them.
    """
    client = client_of(request, request.headers.get("Authorization", ""))
    client.require(Scope.ROSTER)
    data = dump()
    content = canonical.to_bytes(data)
    etag = f'"{canonical.sha256(content)}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    _note(str(client.source), data)
    return HttpResponse(content, content_type="application/json", headers={"ETag": etag})


def _note(credential: str, data: dict[str, Any]) -> None:
    ExportLog.objects.create(
        table="down", format="json", filters={"credential": credential}, rows=len(data["people"])
    )
