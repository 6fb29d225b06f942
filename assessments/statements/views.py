"""/xapi/statements: writing and reading the log over HTTP (xAPI 1.0.3, part three, 2.1)."""

import json
import uuid
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import http_date
from django.utils.translation import gettext as _

from assessments.models import Scope, Statement
from assessments.statements import answers, asked, bodies, busy, log, multipart, queries, services
from assessments.statements.errors import Refused
from assessments.statements.voiding import VOIDED, voided_among
from assessments.xapi import versions
from assessments.xapi.resource import Call, open_to_all, refusal, resource
from elearning.errors import ServiceError

CONSISTENT = "X-Experience-API-Consistent-Through"


class NotFound(ServiceError):
    status = 404

    def __init__(self) -> None:
        super().__init__("not-found", _("There is no such statement."))


def post(call: Call) -> HttpResponse:
    call.client.require(Scope.WRITE_OWN, Scope.WRITE, Scope.FORWARD)
    call.only()
    body = _body(call)
    with _place(body):
        return JsonResponse(_store(call, _sent(call, body)), safe=False)


def put(call: Call) -> HttpResponse:
    call.client.require(Scope.WRITE_OWN, Scope.WRITE, Scope.FORWARD)
    call.only("statementId")
    name = asked.uuid(call, "statementId")
    body = _body(call)
    with _place(body):
        _put(call, name, _sent(call, body))
    return HttpResponse(status=204)


def _put(call: Call, name: uuid.UUID, sent: bodies.Sent) -> None:
    if not sent.single:
        raise Refused("one-statement", _("PUT takes one statement."))
    (statement,) = sent.statements
    if isinstance(statement, dict):
        given = statement.setdefault("id", str(name))
        if not isinstance(given, str) or given.lower() != str(name):
            raise Refused(
                "other-id", _("The statement has another id than the address."), path="id"
            )
    _store(call, sent)


def _body(call: Call) -> bodies.Body:
    """Whole, before a place is taken: who sends slowly must not hold one meanwhile."""
    if call.content is not None:
        return bodies.Body(call.content)
    return bodies.received(call.request)


def _place(body: bodies.Body) -> AbstractContextManager[None]:
    return busy.place(body.weight(busy.SMALL + 1))


def _sent(call: Call, body: bodies.Body) -> bodies.Sent:
    sent = bodies.sent(call.headers.get("Content-Type", ""), body.plain())
    if sent.attachments and call.client.tablet:
        raise Refused("no-attachments", _("A tablet cannot attach files to statements."))
    return sent


def _store(call: Call, sent: bodies.Sent) -> list[str]:
    return services.store(
        client=call.client,
        statements=sent.statements,
        version=call.version,
        attached=sent.attachments,
    )


def get(call: Call) -> HttpResponse:
    """Each answer says before which moment all that was stored is found by it (2.1.3.s3).

    Only to whoever may read: to find that moment is to ask for the log, alone. And before the
    log is looked at: what comes in meanwhile is not promised.
    """
    call.client.require(Scope.READ, Scope.READ_OWN)
    through = log.consistent_through()
    try:
        response = _found(call)
    except ServiceError as error:
        response = refusal(error)
    response.headers[CONSISTENT] = through.isoformat()
    return response


def _found(call: Call) -> HttpResponse:
    for name in ("statementId", "voidedStatementId"):
        if name in call.params:
            call.only(name, "format", "attachments")
            return _one(call, asked.uuid(call, name), void=name == "voidedStatementId")
    return _several(call)


def _one(call: Call, name: uuid.UUID, *, void: bool) -> HttpResponse:
    """404 for one that is void, unless that is asked for; a statement that voids is never void."""
    row = Statement.objects.filter(id=name).first()
    if row is None or not _may_see(call, row) or _is_void(row) != void:
        raise NotFound
    return _answer(call, [row], answers.formed(call, [row])[0])


def _is_void(row: Statement) -> bool:
    return row.verb != VOIDED and bool(voided_among([row.id]))


def _may_see(call: Call, row: Statement) -> bool:
    return call.client.may(Scope.READ) or row.actor == call.client.person


def _several(call: Call) -> HttpResponse:
    call, after = asked.resumed(call)
    page = queries.find(asked.query(call, after))
    texts = answers.formed(call, page.rows)
    rows = page.rows[: len(texts)]
    others = page.more or len(rows) < len(page.rows)
    more = json.dumps(asked.more(call, rows[-1].seq) if others else "")
    body = b'{"statements":[%b],"more":%b}' % (b",".join(texts), more.encode())
    return _answer(call, rows, body)


def _answer(call: Call, rows: list[Statement], body: bytes) -> HttpResponse:
    """JSON, or multipart with what is attached to the statements (part three, 1.5.2)."""
    content_type = "application/json"
    if asked.truth(call, "attachments"):
        content_type, body = multipart.write(body, answers.attached(rows))
    response = HttpResponse(body, content_type=content_type)
    if rows:
        response.headers["Last-Modified"] = http_date(_newest(rows).timestamp())
    return response


def _newest(rows: list[Statement]) -> datetime:
    return max(row.stored for row in rows)


statements = resource(POST=post, PUT=put, GET=get)


@open_to_all
def about(_request: HttpRequest) -> dict[str, Any]:
    return {"version": list(versions.ALL)}
