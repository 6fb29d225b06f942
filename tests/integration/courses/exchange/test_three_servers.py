"""A centre and two sites, each with a database of its own: one by a bad line, one by stick only."""

import json
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assessments.exchange.keys import Identity
from tests.support import database
from tests.support.database import Database
from tests.support.forwarder import Forwarder
from tests.support.log import Log
from tests.support.manage import run
from tests.support.proxy import Faults, Proxy
from tests.support.server import Server, wait_until
from tests.support.statements import statement

pytestmark = pytest.mark.own_databases
PASSWORD = "elearning-demo"
MODULE = uuid.UUID(int=1)


@dataclass(frozen=True)
class Place:
    server: Server
    identity: Identity

    @property
    def database(self) -> Database:
        return self.server.database

    def manage(self, *arguments: str, **more: str) -> str:
        env = self.database.environment(EXCHANGE_KEY=self.identity.text, **more)
        return run(*arguments, env=env)

    def log(self) -> dict[str, tuple[str, dict[str, Any]]]:
        """Whose each statement is, and what it says, by id; each row is in it, or the number is wrong."""
        rows = Log(self.database).rows("SELECT id, actor, payload FROM assessments_statement")
        found = {
            str(uuid.UUID(str(name))): (str(uuid.UUID(str(actor))), json.loads(payload))
            for name, actor, payload in rows
        }
        assert len(found) == len(rows)
        return found


@dataclass(frozen=True)
class Officer:
    """Signed in on a tablet at one place."""

    id: str
    place: Place
    token: str

    def answers(self, count: int) -> list[dict[str, Any]]:
        made = [statement(self.id, module=MODULE) for _number in range(count)]
        self.sends(made)
        return made

    def sends(self, made: list[dict[str, Any]]) -> None:
        headers = {"Authorization": f"Bearer {self.token}", "X-Experience-API-Version": "1.0.3"}
        answer = asks(f"{self.place.server.url}/xapi/statements", made, **headers)
        assert answer == [each["id"] for each in made]


def asks(url: str, body: object, **headers: str) -> Any:
    data = json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json", **headers})
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.load(response)


def signs_in(place: Place, username: str) -> Officer:
    asked = {"username": username, "password": PASSWORD, "device": str(uuid.uuid4())}
    answer = asks(f"{place.server.url}/learn/api/sign-in", asked)
    return Officer(answer["learner"]["id"], place, answer["grant"])


@pytest.fixture
def places(tmp_path: Path) -> Iterator[tuple[Place, Place, Place]]:
    """The centre on PostgreSQL, where there is one, and two empty sites on SQLite."""
    with ExitStack() as stack:
        made = []
        for name in ("centre", "online", "offline"):
            vendor = database.vendors()[-1] if name == "centre" else "sqlite"
            if name == "centre":
                own = database.fresh(vendor, tmp_path / name, pages=False)
            else:
                own = database.bare(vendor, tmp_path / name)
            stack.callback(own.drop)
            made.append(Place(stack.enter_context(Server(own, workers=1)), Identity.generate()))
        centre, online, offline = made
        yield centre, online, offline


Written = dict[str, tuple[str, dict[str, Any]]]


def know_each_other(centre: Place, site: Place) -> None:
    site.manage("exchange_trust", "centre", centre.identity.public.text, "--centre")
    centre.manage("exchange_trust", "site", site.identity.public.text)


def editions(place: Place) -> Any:
    with urllib.request.urlopen(
        f"{place.server.url}/editions/index.json?format=2", timeout=30
    ) as response:
        return json.load(response)["editions"]


def learn(officers: list[Officer]) -> Written:
    """Four times ten answers of each, one officer after the other."""
    return {
        each["id"]: (officer.id, each)
        for _time in range(4)
        for officer in officers
        for each in officer.answers(10)
    }


def answers_credited(place: Place) -> dict[str, int]:
    place.manage("catch_up")
    rows = Log(place.database).rows("SELECT learner, answers FROM assessments_progress")
    return {str(uuid.UUID(str(learner))): answers for learner, answers in rows}


def test_two_sites_one_by_a_bad_line_and_one_by_stick_give_the_centre_each_answer_once(
    places: tuple[Place, Place, Place], tmp_path: Path
) -> None:
    centre, online, offline = places
    know_each_other(centre, offline)
    scopes = ("--scope", "forward", "--scope", "roster")
    credential = centre.manage("make_credential", "online", *scopes).strip()
    bundle, log, receipt = (str(tmp_path / name) for name in ("bundle", "log", "receipt"))
    with (
        Proxy(centre.server.port, seed=5) as line,
        Forwarder(online.database, line.url, credential),
    ):
        # People and editions come down: by pull, and by stick.
        above = {"UPSTREAM_URL": line.url, "UPSTREAM_CREDENTIAL": credential}
        assert "people: 11 added" in online.manage("pull_from_upstream", **above)
        centre.manage("export_bundle", bundle, "--to", "site")
        assert "people: 11 added" in offline.manage("import_bundle", bundle)
        assert editions(online) == editions(offline) == editions(centre) != []

        # Officers learn at both. One goes from one to the other, with a tablet that sends twice.
        line.faults = Faults(cut_requests=0.3, cut_responses=0.3, request_window=4000)
        line.faults.cut_response_once_after = 10
        here = [signs_in(online, name) for name in ("officer1", "officer2")]
        there = [signs_in(offline, name) for name in ("officer1", "officer3")]
        written = learn(here) | learn(there)
        both = here[0].answers(5)
        there[0].sends(both)
        written |= {each["id"]: (here[0].id, each) for each in both}

        # One log goes up by the line that cuts, the other by stick in the middle of that.
        assert "85 statements" in offline.manage("export_log", log, "--to", "centre")
        assert " 0 set aside" in centre.manage("import_log", log, "--receipt", receipt)
        wait_until(lambda: len(centre.log()) >= 165, seconds=40, what="the centre's log")
        assert sum(line.count.cuts.values()) > 0

    # What comes once more, by either way, is known.
    above["UPSTREAM_URL"] = centre.server.url
    assert "85 statements sent, 0 kept" in online.manage("forward_statements", "--again", **above)
    again = centre.manage("import_log", log, "--receipt", receipt)
    assert "0 statements stored, 85 known already, 0 set aside" in again
    offline.manage("import_receipt", receipt)
    assert "nothing new" in offline.manage("export_log", log, "--to", "centre")

    assert_each_is_there_once(centre, written)
    ann, bob, cid = here[0].id, here[1].id, there[1].id
    assert ann == there[0].id
    assert answers_credited(centre) == {ann: 85, bob: 40, cid: 40}


def assert_each_is_there_once(centre: Place, written: Written) -> None:
    found = centre.log()
    assert found.keys() == written.keys()
    for name, (officer, made) in written.items():
        actor, payload = found[name]
        assert actor == officer
        assert {key: payload[key] for key in made} == made
    assert Log(centre.database).rows("SELECT code FROM assessments_setaside") == []
