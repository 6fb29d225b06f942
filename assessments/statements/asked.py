"""The parameters of a request, checked (xAPI 1.0.3, part three, 2.1.3)."""

import json
import uuid as uuids
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.utils.translation import gettext as _

from assessments.models import Scope
from assessments.rules import mentions
from assessments.rules.keys import identity
from assessments.statements import validation
from assessments.statements.errors import Refused
from assessments.statements.queries import Query
from assessments.xapi.resource import Call
from assessments.xapi.versions import V1, V2

MOST = 500
USUAL = 100
SALT = "xapi.more"
# In bytes: two of them fit into one entry of an index on PostgreSQL, which holds 2,704.
LONGEST = 1000
FILTERS = (
    "agent", "verb", "activity", "registration", "related_activities", "related_agents", "since", "until",
    "limit", "format", "attachments", "ascending",
)  # fmt: skip


def resumed(call: Call) -> tuple[Call, int | None]:
    """The call that a `more` address goes on with, and the `seq` after which; raises Refused (400)."""
    if "more" not in call.params:
        return call, None
    call.only("more")
    try:
        state = signing.loads(call.params["more"], salt=SALT)
    except signing.BadSignature as error:
        raise _bad("more") from error
    return replace(call, params=state["params"]), state["after"]


def more(call: Call, last: int) -> str:
    """The address of the page after `last`: the parameters travel in it, packed and signed.

    Nothing is kept for it, so it is good for as long as the client may read.
    """
    token = signing.dumps({"params": dict(call.params), "after": last}, salt=SALT, compress=True)
    return f"{call.request.path}?{urlencode({'more': token})}"


def query(call: Call, after: int | None) -> Query:
    """Raises Refused (400) for a parameter that is unknown or not well formed."""
    call.only(*FILTERS)
    return Query(
        keys=frozenset(mentions.key(role, value) for role, value in _wanted(call)),
        # What others say of the client is not the client's own, though it is found by the client.
        actor=None if call.client.may(Scope.READ) else call.client.person,
        since=moment(call, "since"),
        until=moment(call, "until"),
        ascending=truth(call, "ascending"),
        limit=_limit(call),
        after=after,
    )


def _wanted(call: Call) -> Iterator[tuple[str, str]]:
    if "agent" in call.params:
        related = truth(call, "related_agents")
        role = mentions.RELATED_AGENT if related else mentions.AGENT
        yield role, identity(agent(call, group=True)) or ""
    if "activity" in call.params:
        related = truth(call, "related_activities")
        yield mentions.RELATED_ACTIVITY if related else mentions.ACTIVITY, iri(call, "activity")
    if "verb" in call.params:
        yield mentions.VERB, iri(call, "verb")
    if "registration" in call.params:
        yield mentions.REGISTRATION, str(uuid(call, "registration"))
    if not call.client.may(Scope.READ):
        # All that the client is the actor of has this key: to it, not through the whole log.
        yield mentions.AGENT, identity({"account": call.client.own}) or ""


def agent(call: Call, *, group: bool = False) -> dict[str, Any]:
    """The parameter `agent`: JSON of an agent, or of a group with an identifier where one may be."""
    try:
        value = json.loads(call.required("agent"))
    except (ValueError, RecursionError) as error:
        raise _bad("agent") from error
    _valid("agent", validation.agent_or_group if group else validation.agent, value)
    named = identity(value)
    if named is None or not _is_text(named):
        raise _bad("agent")
    found: dict[str, Any] = value
    return found


def person(call: Call) -> dict[str, Any]:
    """The parameter `agent` where it stands for one: version 2.0 lets a group have documents too."""
    return agent(call, group=call.version == V2)


def text(call: Call, name: str) -> str:
    """What a document is found by: not empty, not too long, and without what no database can keep."""
    value = call.required(name)
    if "\0" in value or not _is_text(value) or len(value.encode()) > LONGEST:
        raise _bad(name)
    return value


def iri(call: Call, name: str) -> str:
    value = call.required(name)
    _valid(name, validation.iri, value)
    return value


def uuid(call: Call, name: str) -> uuids.UUID:
    value = call.required(name)
    _valid(name, validation.uuid, value)
    return uuids.UUID(value)


def moment(call: Call, name: str) -> datetime | None:
    if name not in call.params:
        return None
    value = call.required(name)
    rule = validation.timestamp if call.version == V1 else validation.timestamp_2
    _valid(name, rule, value)
    return datetime.fromisoformat(value).astimezone(UTC)


def truth(call: Call, name: str) -> bool:
    return one_of(call, name, ("false", "true")) == "true"


def one_of(call: Call, name: str, choices: Collection[str]) -> str:
    """The first of the choices is meant where there is no such parameter."""
    value = call.params.get(name, next(iter(choices)))
    if value not in choices:
        raise _bad(name)
    return value


def _limit(call: Call) -> int:
    """0 asks for as many as the server gives (2.1.3.s1)."""
    value = call.params.get("limit", str(USUAL))
    if not value.isascii() or not value.isdigit():
        raise _bad("limit")
    return min(int(value[:6]) or MOST, MOST)


def _is_text(value: str) -> bool:
    """Half of a surrogate pair is none."""
    return not any("\ud800" <= letter <= "\udfff" for letter in value)


def _valid(name: str, rule: Callable[[Any], None], value: object) -> None:
    try:
        rule(value)
    except validation.Invalid as error:
        raise _bad(name) from error


def _bad(name: str) -> Refused:
    return Refused(
        "bad-parameter", _("The parameter %(name)s is not well formed.") % {"name": name}
    )
