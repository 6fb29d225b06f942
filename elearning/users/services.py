"""What people and tablets do to their accounts."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth import authenticate
from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from elearning.errors import ServiceError
from elearning.users import tokens
from elearning.users.models import Contact, Grant, User
from elearning.users.roles import Role

SESSION_LIFE = timedelta(days=30)


class WrongCredentials(ServiceError):
    status = 401


class TooManyTries(ServiceError):
    status = 429


@dataclass(frozen=True)
class SignedIn:
    user: User
    write_token: str
    session_token: str


def sign_in_on_tablet(
    *, request: HttpRequest, username: str, password: str, device: uuid.UUID
) -> SignedIn:
    """Check the password and hand this tablet its two tokens; earlier tokens stay valid.

    Raises WrongCredentials, or TooManyTries once django-axes has locked the name.
    """
    user = authenticate(request, username=username, password=password)
    if not isinstance(user, User):
        if getattr(request, "axes_locked_out", False):
            raise TooManyTries(
                "too-many-tries", _("Too many wrong tries. Wait 15 minutes, then try again.")
            )
        raise WrongCredentials(
            "wrong-credentials", _("The user name or the password is not right.")
        )
    signed_in = SignedIn(user, tokens.new_token(), tokens.new_token())
    with transaction.atomic():
        _keep_grant(signed_in, device)
        # Signing in is a contact too; what still waits there is for the tablet to say.
        now = {"last": timezone.now()}
        Contact.objects.update_or_create(user=user, device=device, defaults=now)
    return signed_in


def _keep_grant(signed_in: SignedIn, device: uuid.UUID) -> None:
    Grant.objects.create(
        user=signed_in.user,
        device=device,
        write_digest=tokens.digest(signed_in.write_token),
        session_digest=tokens.digest(signed_in.session_token),
        session_expires=timezone.now() + SESSION_LIFE,
    )


def record_contact(
    *, user_id: uuid.UUID, device: uuid.UUID, waiting: int, aside: list[dict[str, str]], lost: int
) -> None:
    """Keep the latest report of one officer's store on one tablet. A repeated report changes nothing."""
    with transaction.atomic():
        contact, _created = Contact.objects.select_for_update().get_or_create(
            user_id=user_id, device=device, defaults={"last": timezone.now()}
        )
        contact.last = timezone.now()
        contact.waiting = waiting
        contact.aside = aside
        contact.lost = max(contact.lost, lost)
        contact.save()


def give_role(user: User, role: Role) -> None:
    user.groups.add(Group.objects.get_or_create(name=role)[0])
