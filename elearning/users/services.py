"""What people and tablets do to their accounts."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from axes.utils import reset as forget_wrong_tries
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group, update_last_login
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from elearning.errors import ServiceError
from elearning.users import device_keys, tokens
from elearning.users.addresses import client_address
from elearning.users.models import Contact, Grant, User
from elearning.users.roles import Role

SESSION_LIFE = timedelta(days=30)
MOST_EVICTIONS = 100


class WrongCredentials(ServiceError):
    status = 401

    def __init__(self) -> None:
        super().__init__("wrong-credentials", _("The user name or the password is not right."))


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
            # Else the middleware of axes puts its page for people in the place of our answer.
            vars(request)["axes_locked_out"] = False
            raise TooManyTries(
                "too-many-tries", _("Too many wrong tries. Wait 15 minutes, then try again.")
            )
        raise WrongCredentials
    # Axes itself hears of a success only when a session is made, and a tablet has none.
    forget_wrong_tries(ip=client_address(request), username=username)
    signed_in = SignedIn(user, tokens.new_token(), tokens.new_token())
    with transaction.atomic():
        _keep_grant(signed_in, device)
        update_last_login(User, user)
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
    *,
    user_id: uuid.UUID,
    device: uuid.UUID,
    waiting: int,
    aside: list[dict[str, str]],
    lost: Mapping[str, int] | int,
    clock: datetime | None = None,
    key: bytes = b"",
) -> None:
    """Keep the latest report of one officer's store on one tablet. A repeated report changes nothing.

    `lost` counts answers by the id of the eviction that lost them; a plain number has no id.
    `clock` is what the tablet takes for now, `key` the public half of the key that it seals with.
    """
    now = timezone.now()
    with transaction.atomic():
        contact, _created = Contact.objects.select_for_update().get_or_create(
            user_id=user_id, device=device, defaults={"last": now}
        )
        contact.last = now
        contact.skew = round((now - clock).total_seconds()) if clock else None
        contact.waiting = waiting
        contact.aside = aside
        contact.evictions = _joined(
            contact.evictions, {"": lost} if isinstance(lost, int) else lost
        )
        contact.lost = sum(contact.evictions.values())
        contact.save()
        if key:
            device_keys.keep(device=device, public=key)


def _joined(known: Mapping[str, int], reported: Mapping[str, int]) -> dict[str, int]:
    """An eviction keeps its highest count, also when the tablet names it no more; the first 100 are kept."""
    joined = dict(known)
    for eviction, count in reported.items():
        if count > joined.get(eviction, 0) and (eviction in joined or len(joined) < MOST_EVICTIONS):
            joined[eviction] = count
    return joined


def revoke_tablet(*, device: uuid.UUID) -> int:
    """End every grant handed out to this tablet; returns how many were still good."""
    return Grant.objects.filter(device=device, revoked=None).update(revoked=timezone.now())


def revoke_grants(*, user: User) -> int:
    """End every grant of this person, on whichever tablet; returns how many were still good."""
    return Grant.objects.filter(user=user, revoked=None).update(revoked=timezone.now())


def give_role(user: User, role: Role) -> None:
    user.groups.add(Group.objects.get_or_create(name=role)[0])
