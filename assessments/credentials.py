"""Making and ending the credentials of systems and other servers."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import Credential, Scope
from elearning.errors import ServiceError
from elearning.users import tokens
from elearning.users.models import User

LABEL_LENGTH = 100


class BadCredential(ServiceError):
    pass


class AlreadyMade(Exception):
    """A credential has this name; its secret is not known any more."""


@dataclass(frozen=True)
class Made:
    """The secret is shown now and never again: only its digest is kept."""

    credential: Credential
    secret: str

    @property
    def pair(self) -> str:
        """As HTTP Basic wants it."""
        return f"{self.credential.pk}:{self.secret}"


def make_credential(
    *,
    label: str,
    scopes: Iterable[str],
    by: User | None = None,
    person: uuid.UUID | None = None,
    name: uuid.UUID | None = None,
) -> Made:
    """`name` becomes its id, so that who asks twice makes one.

    Raises BadCredential for a label or scopes that are missing or unknown, and AlreadyMade.
    """
    label = label.strip()
    wanted = sorted(set(scopes))
    # PostgreSQL stores no NUL.
    if not label or len(label) > LABEL_LENGTH or "\0" in label:
        raise BadCredential("no-label", _("Say what it is for, in up to 100 letters."))
    if not wanted or not set(wanted) <= set(Scope.values):
        raise BadCredential("no-scope", _("Choose what it may do."))
    secret = tokens.new_token()
    credential, new = Credential.objects.get_or_create(
        pk=name or uuid.uuid4(),
        defaults={
            "label": label,
            "scopes": wanted,
            "created_by": by,
            "person": person,
            "digest": tokens.digest(secret),
        },
    )
    if not new:
        raise AlreadyMade
    return Made(credential, secret)


def revoke_credential(*, credential: uuid.UUID) -> bool:
    """Whether it was still good."""
    return bool(
        Credential.objects.filter(pk=credential, revoked=None).update(revoked=timezone.now())
    )
