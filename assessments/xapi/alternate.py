"""The alternate request syntax of 1.0.3, for browsers that could send nothing but forms
(part three, 1.3): POST ?method=PUT with parameters, headers and content in a form."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import CaseInsensitiveMapping
from django.utils.translation import gettext as _

from assessments.statements import bodies
from assessments.statements.errors import Refused

HEADERS = CaseInsensitiveMapping(
    dict.fromkeys(
        (
            "Authorization",
            "X-Experience-API-Version",
            "Content-Type",
            "Content-Length",
            "If-Match",
            "If-None-Match",
        ),
        True,
    )
)
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Form:
    """What a request says, in whichever syntax."""

    method: str
    params: Mapping[str, str]
    headers: Mapping[str, str]
    content: bytes | None = field(default=None, repr=False)
    alternate: bool = False


def read(request: HttpRequest) -> Form:
    """Raises Refused for a parameter given twice and for a form that breaks the rules of 1.3."""
    params = _once(request.GET)
    if "method" not in params:
        return Form(request.method or "", params, request.headers)
    if request.method != "POST":
        raise Refused("alternate-syntax", _("The parameter method goes with POST only."))
    if len(params) > 1:
        raise Refused("alternate-syntax", _("Only the parameter method may stand in the address."))
    fields = _fields(request)
    content = fields.pop("content", None)
    method = params["method"]
    if content is None and method in ("PUT", "POST"):
        raise Refused("alternate-syntax", _("The form has no field content."))
    headers = {**request.headers, "Content-Type": "application/json"}
    headers |= {name.title(): fields[name] for name in fields if name in HEADERS}
    others = {name: value for name, value in fields.items() if name not in HEADERS}
    body = None if content is None else content.encode()
    return Form(method, others, CaseInsensitiveMapping(headers), body, alternate=True)


def _fields(request: HttpRequest) -> dict[str, str]:
    if request.content_type != FORM:
        raise Refused("alternate-syntax", _("Send the fields as %(type)s.") % {"type": FORM})
    try:
        return _once(QueryDict(bodies.whole(request), encoding="utf-8"))
    except (TooManyFieldsSent, UnicodeDecodeError) as error:
        raise Refused("alternate-syntax", _("The form cannot be read.")) from error


def _once(query: QueryDict) -> dict[str, str]:
    for name, values in query.lists():
        if len(values) > 1:
            raise Refused(
                "repeated-parameter", _("The parameter %(name)s stands twice.") % {"name": name}
            )
    return {name: str(value) for name, value in query.items()}
