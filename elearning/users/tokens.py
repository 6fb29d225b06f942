"""Bearer tokens of tablets: long random strings, compared by one SHA-256, never by a slow hash."""

import hashlib
import secrets

from django.http import HttpRequest
from django.utils import timezone

from elearning.errors import Unauthorized
from elearning.users.models import Grant


def new_token() -> str:
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _bearer(request: HttpRequest) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthorized
    return digest(token)


def write_grant(request: HttpRequest) -> Grant:
    """The grant whose write token the request carries; raises Unauthorized (401)."""
    grant = Grant.objects.filter(write_digest=_bearer(request), revoked=None).first()
    if grant is None:
        raise Unauthorized
    return grant


def session_grant(request: HttpRequest) -> Grant:
    """The grant whose unexpired session token the request carries, with its user; raises Unauthorized."""
    grant = (
        Grant.objects.filter(
            session_digest=_bearer(request),
            revoked=None,
            session_expires__gt=timezone.now(),
            user__is_active=True,
        )
        .select_related("user")
        .first()
    )
    if grant is None:
        raise Unauthorized
    return grant
