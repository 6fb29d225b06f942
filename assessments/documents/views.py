"""States and profiles over HTTP (xAPI 1.0.3, part three, 2.2, 2.3, 2.6 and 2.7; 2.0, 4.1.6.2, 4.1.6.5 and 4.1.6.6)."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.http import HttpResponse, JsonResponse
from django.utils.http import http_date

from assessments.documents import contents, services
from assessments.documents.conditions import Conditions
from assessments.documents.errors import NotFound
from assessments.documents.places import ACTIVITY_PROFILE, AGENT_PROFILE, STATE, Place, Shelf
from assessments.models import Scope
from assessments.statements import asked
from assessments.xapi.resource import Call, resource

# A document has whatever type its sender named. A browser that is led to one must not run it as a
# page of this site.
UNTRUSTED = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Content-Disposition": "attachment",
    "X-Content-Type-Options": "nosniff",
}


def put(shelf: Shelf, call: Call) -> HttpResponse:
    place, name = _target(shelf, call)
    services.put(
        place=place,
        name=name,
        content=contents.sent(call),
        conditions=Conditions.of(call.headers),
        version=call.version,
    )
    return HttpResponse(status=204)


def post(shelf: Shelf, call: Call) -> HttpResponse:
    place, name = _target(shelf, call)
    conditions = Conditions.of(call.headers)
    services.post(place=place, name=name, content=contents.sent(call), conditions=conditions)
    return HttpResponse(status=204)


def delete(shelf: Shelf, call: Call) -> HttpResponse:
    if shelf.deletes_many and shelf.name not in call.params:
        call.only(*shelf.belongs_to)
        services.delete_all(place=shelf.place(call, Scope.WRITE, Scope.WRITE_OWN))
    else:
        place, name = _target(shelf, call)
        services.delete(place=place, name=name, conditions=Conditions.of(call.headers))
    return HttpResponse(status=204)


def get(shelf: Shelf, call: Call) -> HttpResponse:
    """One document, or the names of all that are newer than `since`."""
    call.only(*shelf.belongs_to, shelf.name, "since")
    place = shelf.place(call, Scope.READ, Scope.READ_OWN)
    since = asked.moment(call, "since")
    if shelf.name in call.params:
        return _document(place, asked.text(call, shelf.name))
    return _names(place, since)


def _target(shelf: Shelf, call: Call) -> tuple[Place, str]:
    call.only(*shelf.belongs_to, shelf.name)
    place = shelf.place(call, Scope.WRITE, Scope.WRITE_OWN)
    return place, asked.text(call, shelf.name)


def _document(place: Place, name: str) -> HttpResponse:
    row = place.one(name).first()
    if row is None:
        raise NotFound
    response = HttpResponse(bytes(row.content), content_type=row.content_type, headers=UNTRUSTED)
    response.headers["ETag"] = f'"{row.etag}"'
    response.headers["Last-Modified"] = http_date(row.updated.timestamp())
    return response


def _names(place: Place, since: datetime | None) -> HttpResponse:
    found = place.all().filter(updated__gt=since) if since else place.all()
    rows = list(found.order_by("updated", "pk").values_list("name", "updated"))
    # Two registrations may each have a document of one name.
    response = JsonResponse(list(dict.fromkeys(name for name, _updated in rows)), safe=False)
    if rows:
        response.headers["Last-Modified"] = http_date(rows[-1][1].timestamp())
    return response


def _resource(shelf: Shelf) -> Callable[..., HttpResponse]:
    return resource(
        GET=partial(get, shelf),
        PUT=partial(put, shelf),
        POST=partial(post, shelf),
        DELETE=partial(delete, shelf),
    )


state = _resource(STATE)
agent_profile = _resource(AGENT_PROFILE)
activity_profile = _resource(ACTIVITY_PROFILE)
