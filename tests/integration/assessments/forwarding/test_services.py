"""The log reaches a real second server whole and once, whatever stands in the way."""

import hashlib
import json
import threading
import uuid
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from assessments.credentials import make_credential
from assessments.forwarding import selectors, services
from assessments.forwarding import upstream as requests
from assessments.forwarding.batches import Batch
from assessments.forwarding.errors import NotAllowed, Unavailable
from assessments.models import Cursor, Scope, SetAside, Statement
from assessments.statements import multipart
from assessments.statements.services import store
from tests.integration.assessments.conftest import Tablet, make_tablet
from tests.integration.assessments.forwarding.conftest import Centre, stored
from tests.integration.assessments.systems import System, person, reference, said, voiding
from tests.support.manage import run
from tests.support.proxy import Faults, Proxy

pytestmark = pytest.mark.django_db


def payloads() -> dict[str, dict[str, Any]]:
    """The site's log, by id, without the moment of storing, which each server sets."""
    return without_stored({str(row.id): json.loads(row.payload) for row in Statement.objects.all()})


def without_stored(found: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {
        name: {key: value for key, value in payload.items() if key != "stored"}
        for name, payload in found.items()
    }


def at_the_centre(centre: Centre, made: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    names = {each["id"] for each in made}
    return without_stored(
        {name: payload for name, payload in centre.holds().items() if name in names}
    )


def test_the_whole_log_arrives_with_who_vouched_for_it_here(
    tablet: Tablet, upstream: Centre
) -> None:
    made = stored(tablet, 450)
    assert services.forward() == services.Done(sent=450)
    arrived = at_the_centre(upstream, made)
    assert arrived == payloads()
    assert arrived[made[0]["id"]]["authority"]["account"]["name"] == str(tablet.grant.device)


def test_a_second_pass_sends_only_what_is_new(tablet: Tablet, upstream: Centre) -> None:
    stored(tablet, 3)
    services.forward()
    assert services.forward() == services.Done()
    stored(tablet, 2)
    assert services.forward() == services.Done(sent=2)


def test_a_line_that_cuts_loses_nothing(
    tablet: Tablet, upstream: Centre, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = stored(tablet, 300)
    posted: list[set[str]] = []
    post = requests.post

    def notes(batch: Batch) -> None:
        posted.append(set(batch.ids))
        post(batch)

    monkeypatch.setattr(requests, "post", notes)
    with Proxy(upstream.server.port, seed=3) as line:
        settings.UPSTREAM_URL = line.url
        line.faults = Faults(0, 0.5, 0.5, request_window=8000, response_window=2000)
        for _try in range(100):
            try:
                services.forward()
                break
            except Unavailable:
                there = at_the_centre(upstream, made).keys()
                assert posted[-1] <= there or posted[-1].isdisjoint(there)
        assert line.count.cuts["request"] + line.count.cuts["response"] > 0
    assert at_the_centre(upstream, made) == payloads()
    assert not SetAside.objects.exists()


def test_no_network_is_noted_and_the_next_try_waits(
    tablet: Tablet, upstream: Centre, settings: Settings
) -> None:
    stored(tablet, 2)
    with Proxy(upstream.server.port) as line:
        settings.UPSTREAM_URL = line.url
        line.go_offline()
        with pytest.raises(Unavailable):
            services.forward()
        line.go_online()
        services.forward_when_due()
        state = selectors.state()
        assert state is not None
        assert (state.behind, state.error, state.last) == (2, "unreachable", None)
        assert state.since == Statement.objects.earliest("seq").stored
        services.forward()
    state = selectors.state()
    assert state is not None
    assert (state.behind, state.since, state.error) == (0, None, "")
    assert state.last is not None


def test_a_conflict_is_kept_aside_and_everything_else_goes_on(
    tablet: Tablet, upstream: Centre
) -> None:
    made = stored(tablet, 30)
    other = made[13] | {"timestamp": "2020-01-01T00:00:00Z"}
    upstream.takes(other)
    assert services.forward() == services.Done(sent=29, aside=1)
    aside = SetAside.objects.get()
    assert (str(aside.statement), aside.code) == (other["id"], "upstream-conflict")
    assert json.loads(aside.payload)["timestamp"] == made[13]["timestamp"]
    assert len(at_the_centre(upstream, made)) == 30
    state = selectors.state()
    assert state is not None
    assert (state.behind, state.refused) == (0, 1)


@pytest.mark.parametrize("scope", ["write-own", None])
def test_a_wrong_credential_stops_everything_and_sets_nothing_aside(
    tablet: Tablet, upstream: Centre, settings: Settings, scope: str | None
) -> None:
    made = stored(tablet, 5)
    wrong = "nobody:nothing"
    if scope:
        wrong = upstream.server.database.manage(
            "make_credential", "wrong", "--scope", scope
        ).strip()
    settings.UPSTREAM_CREDENTIAL = wrong
    with pytest.raises(NotAllowed):
        services.forward()
    state = selectors.state()
    assert state is not None
    assert state.not_allowed
    assert (state.behind, state.refused) == (5, 0)
    settings.UPSTREAM_CREDENTIAL = upstream.credential
    services.forward()
    assert at_the_centre(upstream, made) == payloads()


@pytest.mark.parametrize("first", ["site", "centre"])
@pytest.mark.parametrize("with_time", [True, False])
def test_a_statement_that_comes_by_both_ways_is_stored_once(
    tablet: Tablet, upstream: Centre, first: str, with_time: bool
) -> None:
    """Also one without a timestamp, which each of the two servers fills in by itself."""
    made = tablet.says()
    if not with_time:
        del made["timestamp"]
    store(client=tablet.client, statements=[made])
    if first == "centre":
        upstream.takes(made)
    assert services.forward() == services.Done(sent=1)
    assert upstream.takes(made) == [made["id"]]
    assert not SetAside.objects.exists()
    assert len(at_the_centre(upstream, [made])) == 1


def test_a_log_is_sent_again_to_a_centre_that_lost_it(tablet: Tablet, upstream: Centre) -> None:
    stored(tablet, 4)
    services.forward()
    services.start_again()
    assert services.forward() == services.Done(sent=4)


@pytest.mark.django_db(transaction=True)
def test_two_forwarders_at_once_pass_everything_once(upstream: Centre) -> None:
    tablet = make_tablet("officer1")
    made = stored(tablet, 600)
    upstream.takes(made[300] | {"timestamp": "2020-01-01T00:00:00Z"})
    done: list[services.Done] = []

    def work() -> None:
        try:
            done.append(services.forward())
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum(each.sent for each in done) == 599
    assert SetAside.objects.get().times == 1
    assert len(at_the_centre(upstream, made)) == 600


@pytest.mark.django_db(transaction=True)
def test_a_ring_of_servers_harms_none(
    centre: Centre, settings: Settings, live_server: LiveServer
) -> None:
    """This server passes its log on to the centre, and the centre passes its own on to this one."""
    tablet = make_tablet("officer1")
    made = stored(tablet, 3)
    timeless = tablet.says()
    del timeless["timestamp"]
    store(client=tablet.client, statements=[timeless])
    pair = make_credential(label="the centre", scopes=[Scope.FORWARD]).pair
    ring = centre.server.database.environment(
        UPSTREAM_URL=live_server.url, UPSTREAM_CREDENTIAL=pair
    )
    settings.UPSTREAM_URL, settings.UPSTREAM_CREDENTIAL = centre.server.url, centre.credential
    before = payloads()
    services.forward()
    assert " 0 kept aside" in run("forward_statements", "--again", env=ring)
    services.forward()
    assert before.items() <= payloads().items()
    assert not SetAside.objects.exists()
    assert len(at_the_centre(centre, [*made, timeless])) == 4
    newest = Statement.objects.latest("seq").seq
    assert Cursor.objects.get(reader="forward").seq == newest


@pytest.mark.django_db(transaction=True)
def test_a_server_that_is_its_own_upstream_does_not_run_in_a_circle(
    settings: Settings, live_server: LiveServer
) -> None:
    stored(make_tablet("officer1"), 3)
    pair = make_credential(label="itself", scopes=[Scope.FORWARD]).pair
    settings.UPSTREAM_URL, settings.UPSTREAM_CREDENTIAL = live_server.url, pair
    assert services.forward() == services.Done(sent=3)
    assert services.forward() == services.Done()
    assert Statement.objects.count() == 3


def test_the_same_id_twice_with_other_words_is_a_conflict_whatever_the_time_says(
    tablet: Tablet, upstream: Centre
) -> None:
    made = tablet.says()
    del made["timestamp"]
    store(client=tablet.client, statements=[made])
    upstream.takes(made | {"timestamp": "2020-01-01T00:00:00Z"})
    assert services.forward() == services.Done(aside=1)
    assert str(SetAside.objects.get().statement) == str(uuid.UUID(made["id"]))


def test_every_kind_of_statement_arrives_whole(system: System, upstream: Centre) -> None:
    """Both versions, with an attachment, a group, a sub-statement, a reference, and one that voids."""
    plain = said()
    sub = {key: value for key, value in said().items() if key != "id"}
    system.stores(
        plain,
        said(actor={"objectType": "Group", "member": [person("ann"), person("bob")]}),
        said(object={"objectType": "SubStatement", **sub}),
        said(object=reference(plain["id"])),
        voiding(plain["id"]),
    )
    photo = b"\x89PNG\r\n"
    digest = hashlib.sha256(photo).hexdigest()
    attached = {"contentType": "image/png", "length": len(photo), "sha2": digest}
    attached |= {"usageType": "http://a.example/photo", "display": {"en": "Photo"}}
    content_type, body = multipart.write(
        [said(attachments=[attached])], [(digest, "image/png", photo)]
    )
    assert system.posts_bytes(body, content_type).status_code == 200
    system.version = "2.0.0"
    system.stores(said(timestamp="2026-11-20T12:00:00+02:00"))
    assert services.forward().sent == 7
    mine = payloads()
    assert at_the_centre(upstream, [{"id": name} for name in mine]) == mine
    sums = upstream.log.rows("SELECT sha2 FROM assessments_attachment")
    assert (digest,) in [tuple(row) for row in sums]
