"""A lost tablet, or an officer's every tablet, is shut out by one command."""

import uuid
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import RequestFactory

from elearning.errors import Unauthorized
from elearning.users import services, tokens
from elearning.users.models import User

pytestmark = pytest.mark.django_db
LOST = uuid.UUID("3f0c9a1e-0000-4000-8000-000000000000")
OTHER = uuid.UUID("3f0c9a1f-ffff-4fff-8fff-ffffffffffff")


@pytest.fixture
def officers() -> list[User]:
    return [User.objects.create_user(name, password="right horse") for name in ("ana", "binh")]


def sign_in(user: User, device: uuid.UUID) -> services.SignedIn:
    return services.sign_in_on_tablet(
        request=RequestFactory().post("/learn/api/sign-in"),
        username=user.username,
        password="right horse",
        device=device,
    )


def works(signed_in: services.SignedIn) -> tuple[bool, bool]:
    """Whether the write token and the session token are still taken."""
    taken = []
    pairs = (
        (tokens.write_grant, signed_in.write_token),
        (tokens.session_grant, signed_in.session_token),
    )
    for check, token in pairs:
        try:
            check(RequestFactory().get("/", headers={"Authorization": f"Bearer {token}"}))
            taken.append(True)
        except Unauthorized:
            taken.append(False)
    return taken[0], taken[1]


def revoke(*arguments: str) -> str:
    printed = StringIO()
    call_command("revoke_tablet", *arguments, stdout=printed)
    return printed.getvalue().strip()


def test_a_lost_tablet_reads_and_writes_no_more_and_another_one_does(officers: list[User]) -> None:
    ana, binh = officers
    lost = [sign_in(ana, LOST), sign_in(binh, LOST)]
    kept = sign_in(ana, OTHER)
    assert revoke(str(LOST)) == "2 grants revoked"
    assert [works(one) for one in lost] == [(False, False)] * 2
    assert works(kept) == (True, True)
    assert revoke(str(LOST)) == "0 grants revoked"


def test_one_persons_grants_end_on_every_tablet_and_a_colleagues_do_not(
    officers: list[User],
) -> None:
    ana, binh = officers
    ended = [sign_in(ana, LOST), sign_in(ana, OTHER)]
    kept = sign_in(binh, LOST)
    assert revoke("--user", "ana") == "2 grants revoked"
    assert [works(one) for one in ended] == [(False, False)] * 2
    assert works(kept) == (True, True)


def test_a_tablet_that_was_found_takes_a_new_sign_in(officers: list[User]) -> None:
    sign_in(officers[0], LOST)
    revoke(str(LOST))
    assert works(sign_in(officers[0], LOST)) == (True, True)


@pytest.mark.parametrize("start", ["3f0c9a1e", "3F0C9A1E-00", LOST.hex])
def test_the_digits_that_a_trainer_sees_are_enough(officers: list[User], start: str) -> None:
    lost, kept = sign_in(officers[0], LOST), sign_in(officers[0], OTHER)
    assert revoke(start) == "1 grants revoked"
    assert (works(lost), works(kept)) == ((False, False), (True, True))


def test_digits_that_two_tablets_share_revoke_neither(officers: list[User]) -> None:
    twin = uuid.UUID(int=LOST.int + 1)
    both = [sign_in(officers[0], LOST), sign_in(officers[0], twin)]
    with pytest.raises(CommandError, match=str(twin)):
        revoke("3f0c9a1e")
    assert [works(one) for one in both] == [(True, True)] * 2


@pytest.mark.parametrize(
    "arguments",
    [[], ["not-a-uuid"], ["3f0c9a1"], ["3f0c9a1e"], ["--user", "nobody"], ["--user", ""]],
)
def test_it_says_what_it_does_not_know_instead_of_revoking_nothing(arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        revoke(*arguments)


def test_a_tablet_and_a_person_at_once_are_refused() -> None:
    with pytest.raises(CommandError):
        revoke(str(LOST), "--user", "ana")
