"""A tablet says what time it takes it for; what is wrong with that is kept and shown."""

import json
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from elearning.users import tokens
from elearning.users.clocks import wrong_clocks
from elearning.users.models import Contact, Grant, User
from elearning.users.services import record_contact

pytestmark = pytest.mark.django_db
DAY = 24 * 3600


def reports(clock: object, *, device: uuid.UUID | None = None) -> Contact:
    """A new officer's tablet reports, with this clock; Ellipsis leaves it out."""
    officer = User.objects.create(username=uuid.uuid4().hex)
    token = tokens.new_token()
    Grant.objects.create(
        user=officer,
        device=device or uuid.uuid4(),
        write_digest=tokens.digest(token),
        session_digest=tokens.digest(tokens.new_token()),
        session_expires=timezone.now(),
    )
    body = {"waiting": 0, "aside": [], "lost": {}, "clock": clock}
    if clock is ...:
        del body["clock"]
    answer = Client().post(
        "/learn/api/contact",
        json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status_code == 200
    return Contact.objects.get(user=officer)


@pytest.mark.parametrize("days", [-56 * 365, -3, 0, 3, 73 * 365])
def test_how_wrong_a_clock_is_is_measured_when_its_report_arrives(days: int) -> None:
    clock = timezone.now() + timedelta(days=days)
    found = reports(clock.isoformat(timespec="milliseconds").replace("+00:00", "Z"))
    assert found.skew is not None
    assert abs(found.skew + days * DAY) < 60
    assert found.clock_is_wrong == bool(days)


@pytest.mark.parametrize(
    "clock", [..., None, "", "soon", 7, 1e300, ["2026-01-01T00:00:00Z"], {}, "2026-01-01T00:00:00"]
)
def test_a_clock_that_is_missing_or_silly_counts_as_nothing(clock: object) -> None:
    found = reports(clock)
    assert found.skew is None
    assert not found.clock_is_wrong


@pytest.mark.parametrize("clock", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"])
def test_the_ends_of_time_stop_no_report(clock: str) -> None:
    assert reports(clock).clock_is_wrong


@pytest.mark.parametrize(("seconds", "wrong"), [(290, False), (-290, False), (320, True)])
def test_a_report_may_be_under_way_for_five_minutes(seconds: int, wrong: bool) -> None:
    clock = timezone.now() - timedelta(seconds=seconds)
    assert reports(clock.isoformat()).clock_is_wrong == wrong


def test_of_a_shared_tablet_the_latest_report_counts() -> None:
    shared, other = uuid.uuid4(), uuid.uuid4()
    reports("1970-01-02T00:00:00Z", device=shared)
    last = reports("1970-01-02T00:00:01Z", device=shared)
    elsewhere = reports("2099-01-01T00:00:00Z", device=other)
    assert wrong_clocks() == [elsewhere, last]
    reports(timezone.now().isoformat(), device=shared)
    assert wrong_clocks() == [elsewhere]
    # An older app, which says no time, tells nothing new.
    reports(..., device=other)
    assert wrong_clocks() == [elsewhere]


def test_a_report_without_a_clock_forgets_what_the_one_before_it_said() -> None:
    found = reports("1970-01-02T00:00:00Z")
    record_contact(user_id=found.user_id, device=found.device, waiting=0, aside=[], lost=0)
    assert wrong_clocks() == []
