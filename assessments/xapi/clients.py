"""Who asks: a tablet with a grant or a session, or a system with a credential."""

import base64
import binascii
import contextlib
import hmac
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import OperationalError
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import Credential, Scope
from assessments.rules.keys import agent_key
from assessments.statements.log import no_waiting
from elearning.errors import ServiceError, Unauthorized
from elearning.users import tokens

# How often a credential's last use is written down: not at every request.
USE = timedelta(minutes=1)


class Forbidden(ServiceError):
    status = 403

    def __init__(self) -> None:
        super().__init__("not-allowed", _("These credentials do not allow this."))


class WrongCredentials(ServiceError):
    """Of a system; a tablet is told to sign in again (elearning.errors.Unauthorized)."""

    status = 401

    def __init__(self) -> None:
        super().__init__(
            "unknown-token",
            _("The name or the secret is not right, or the credential was revoked."),
        )


@dataclass(frozen=True)
class Client:
    """`person` is the key of the agent whose statements and documents are the own ones."""

    source: uuid.UUID
    person: uuid.UUID
    own: dict[str, str]
    scopes: frozenset[str]
    tablet: bool

    @property
    def authority(self) -> dict[str, Any]:
        """The agent that vouches for what it writes (part two, 2.4.9)."""
        return {"objectType": "Agent", "account": _account(self.source)}

    def may(self, *scopes: Scope) -> bool:
        return not self.scopes.isdisjoint(scopes)

    def require(self, *scopes: Scope) -> None:
        """Any of these; raises Forbidden (403)."""
        if not self.may(*scopes):
            raise Forbidden

    def require_for(self, person: uuid.UUID | None, everything: Scope, own: Scope) -> None:
        """`own` is enough for what is about the client's own person; raises Forbidden (403)."""
        if not self.may(everything) and not (self.may(own) and person == self.person):
            raise Forbidden


def _account(source: uuid.UUID) -> dict[str, str]:
    return {"homePage": settings.WAGTAILADMIN_BASE_URL, "name": str(source)}


def person_account(person: uuid.UUID) -> dict[str, str]:
    return {"homePage": settings.XAPI_HOME_PAGE, "name": str(person)}


def client_of(request: HttpRequest, authorization: str) -> Client:
    """Raises Unauthorized (401)."""
    scheme, _space, value = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return _tablet(request)
    return _system(_credential(value if scheme.lower() == "basic" else ""))


def _tablet(request: HttpRequest) -> Client:
    """A write token writes for its officer; a session token reads what that officer's own is."""
    try:
        grant, scope = tokens.write_grant(request), Scope.WRITE_OWN
    except Unauthorized:
        grant, scope = tokens.session_grant(request), Scope.READ_OWN
    own = person_account(grant.user_id)
    return Client(grant.device, grant.user_id, own, frozenset({scope}), tablet=True)


def _system(credential: Credential) -> Client:
    own = person_account(credential.person) if credential.person else _account(credential.pk)
    person = agent_key({"account": own}, settings.XAPI_HOME_PAGE)
    return Client(credential.pk, person, own, frozenset(credential.scopes), tablet=False)


def _credential(value: str) -> Credential:
    try:
        name, _colon, secret = base64.b64decode(value, validate=True).decode().partition(":")
        found = Credential.objects.filter(pk=uuid.UUID(name), revoked=None).first()
    except (binascii.Error, ValueError) as error:
        raise WrongCredentials from error
    if found is None or not hmac.compare_digest(found.digest, tokens.digest(secret)):
        raise WrongCredentials
    _note_use(found)
    return found


def _note_use(credential: Credential) -> None:
    now = timezone.now()
    if credential.last_used is None or credential.last_used < now - USE:
        stale = Q(last_used=None) | Q(last_used__lt=now - USE)
        # A request does not wait for a writer, nor fail, for this.
        with no_waiting(), contextlib.suppress(OperationalError):
            Credential.objects.filter(stale, pk=credential.pk).update(last_used=now)
