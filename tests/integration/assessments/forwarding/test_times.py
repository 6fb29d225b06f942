"""When a statement happened, as the servers further on are told."""

import json
import uuid
from datetime import UTC, datetime

import pytest

from assessments.forwarding.batches import outgoing
from assessments.models import Scope, Statement
from assessments.statements.services import store
from assessments.xapi.clients import Client, person_account
from tests.integration.assessments.conftest import Clock, Tablet

pytestmark = pytest.mark.django_db


def pass_on() -> Statement:
    """This database plays the next server too: what it has stored is taken out of it and sent on."""
    row = Statement.objects.get()
    sent = json.loads(outgoing(row).text)
    row.delete()
    scopes = frozenset({Scope.FORWARD.value})
    account = person_account(uuid.uuid4())
    passing = Client(uuid.uuid4(), uuid.uuid4(), account, scopes, tablet=False)
    store(client=passing, statements=[sent])
    return Statement.objects.get()


@pytest.mark.parametrize("wrong", ["1970-01-02T03:04:05Z", "2099-12-31T23:59:59Z"])
def test_a_clock_that_cannot_be_right_was_judged_by_the_first_server_for_all_further_on(
    tablet: Tablet, clock: Clock, wrong: str
) -> None:
    """However long the way: each server must take it to have happened when the first one had it."""
    clock.set("2026-11-01T08:00:00")
    store(client=tablet.client, statements=[tablet.says(timestamp=wrong)])
    for day in ("2026-11-08", "2026-11-20", "2026-12-24"):
        clock.set(f"{day}T08:00:00")
        row = pass_on()
        assert row.timestamp == datetime(2026, 11, 1, 8, tzinfo=UTC)
        assert json.loads(row.payload)["timestamp"] == wrong


@pytest.mark.parametrize(
    "site", ["2026-01-05T08:00:00", "1970-01-01T00:05:00", "2028-06-01T00:00:00"]
)
def test_a_site_with_a_wrong_clock_does_not_make_a_right_time_wrong(
    tablet: Tablet, clock: Clock, site: str
) -> None:
    clock.set(site)
    store(client=tablet.client, statements=[tablet.says(timestamp="2026-11-01T08:00:00Z")])
    for day in ("2026-11-08", "2026-11-20"):
        clock.set(f"{day}T08:00:00")
        assert pass_on().timestamp == datetime(2026, 11, 1, 8, tzinfo=UTC)


def test_a_timestamp_that_a_server_filled_in_is_known_as_such_three_servers_on(
    tablet: Tablet,
) -> None:
    made = tablet.says()
    del made["timestamp"]
    original = made
    store(client=tablet.client, statements=[made])
    first = Statement.objects.get()
    for _server in range(3):
        pass_on()
    last = Statement.objects.get()
    assert last.timestamp == first.timestamp < last.stored
    assert store(client=tablet.client, statements=[original]) == [made["id"]]


def test_a_tablet_cannot_pretend_that_a_server_filled_in_the_time(tablet: Tablet) -> None:
    made = tablet.says(timestamp="2026-11-20T10:00:00Z")
    tablet.posts([made | {"stored": made["timestamp"]}])
    assert tablet.posts([made]).status_code == 200
    timeless = {key: value for key, value in made.items() if key != "timestamp"}
    assert tablet.posts([timeless]).status_code == 409
