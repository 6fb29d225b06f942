"""The fault test: networks that cut at any byte, servers that die, and nothing is lost.

1,000 answers of 10 officers go to a site server, and from there to the centre. Both lines cut
connections in requests and in responses, while the site is killed with SIGKILL and started again
10 times, the centre and the forwarder between them 3 times each. SEED= changes the schedule; SEEDS=
runs that many different ones, as `make soak` does.
"""

import json
import os
import random
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.load.outbox import Outbox
from tests.support import database
from tests.support.database import Database
from tests.support.forwarder import Forwarder
from tests.support.log import Log
from tests.support.proxy import Faults, Proxy
from tests.support.server import Server, wait_until
from tests.support.statements import statement

OFFICERS = 10
ANSWERS = 1000
# Who dies, in an order that the seed draws.
KILLS = ("site",) * 10 + ("centre",) * 3 + ("forwarder",) * 3
PASSWORD = "elearning-demo"
FIRST = int(os.environ.get("SEED", "1"))
SEEDS = range(FIRST, FIRST + int(os.environ.get("SEEDS", "1")))
VENDORS = database.vendors()
# The first seed on every database, those of a long run on one after the other.
CASES = [(vendor, FIRST) for vendor in VENDORS] + [
    (VENDORS[seed % len(VENDORS)], seed) for seed in SEEDS[1:]
]
MODULES = [uuid.UUID(int=number) for number in (1, 2)]
PROGRESS = (
    "SELECT learner, module, state, score, lessons, answers, first_seen, last_seen"
    " FROM assessments_progress ORDER BY learner, module"
)


Written = dict[str, tuple[str, dict[str, Any]]]


@dataclass(frozen=True)
class Databases:
    site: Database
    centre: Database


@pytest.fixture
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Databases]:
    site, centre = (
        database.fresh(request.param, tmp_path / name, pages=False) for name in ("site", "centre")
    )
    yield Databases(site, centre)
    site.drop()
    centre.drop()


@pytest.mark.parametrize(("fresh", "seed"), CASES, indirect=["fresh"])
def test_a_thousand_answers_survive_cuts_and_kills(fresh: Databases, seed: int) -> None:
    chance = random.Random(seed)
    pair = fresh.centre.manage("make_credential", "the site", "--scope", "forward").strip()
    with (
        Server(fresh.site) as site,
        Server(fresh.centre, workers=1) as centre,
        Proxy(site.port, seed=seed) as line,
        Proxy(centre.port, seed=-seed) as upstream,
        Forwarder(fresh.site, upstream.url, pair) as forwarder,
    ):
        outboxes = [sign_in(site, line, number, chance) for number in range(1, OFFICERS + 1)]
        line.faults, upstream.faults = faults(chance), faults(chance)
        written = run(outboxes, chance, blows(site, centre, forwarder, chance))
        wait_until(lambda: count(fresh.centre) == ANSWERS, seconds=120, what="the centre's log")
        print(f"seed {seed}: {line.count}, {sum(box.tries for box in outboxes)} requests")
        print(f"upstream: {upstream.count}")
        for proxy in (line, upstream):
            assert sum(proxy.count.cuts.values()) > 0
        site.restart()
        centre.restart()
    assert_the_log_holds(fresh.site, outboxes, written)
    assert_the_centre_has_the_same(fresh)
    for each in (fresh.site, fresh.centre):
        assert_progress_equals_a_rebuild(each)


def faults(chance: random.Random) -> Faults:
    """A different kind of bad network for each seed; a batch is 1 to 100 statements of 1.1 KB."""
    return Faults(
        cut_requests=chance.uniform(0.2, 0.4),
        cut_responses=chance.uniform(0.2, 0.4),
        request_window=chance.choice([300, 2_000, 10_000, 20_000]),
        response_window=chance.choice([30, 300, 1_000, 2_000]),
    )


def sign_in(server: Server, line: Proxy, number: int, chance: random.Random) -> Outbox:
    """As a tablet signs an officer in, while the network is still good."""
    asked = {
        "username": f"officer{number}",
        "password": PASSWORD,
        "device": str(uuid.UUID(int=chance.getrandbits(128))),
    }
    request = urllib.request.Request(
        f"{server.url}/learn/api/sign-in",
        json.dumps(asked).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as response:
        answer = json.load(response)
    officer_chance = random.Random(chance.getrandbits(64))
    return Outbox(answer["learner"]["id"], answer["grant"], line.port, officer_chance)


def blows(
    site: Server, centre: Server, forwarder: Forwarder, chance: random.Random
) -> list[Callable[[], None]]:
    """Each kills one of them and starts it again."""
    those = {"site": site, "centre": centre, "forwarder": forwarder}

    def blow(victim: Server | Forwarder) -> None:
        victim.kill()
        victim.start()

    return [partial(blow, those[name]) for name in chance.sample(KILLS, len(KILLS))]


def run(outboxes: list[Outbox], chance: random.Random, blows: list[Callable[[], None]]) -> Written:
    """Every round some answers are given and sent, and a blow falls meanwhile.

    Returns what was written, by id: whose it is, and the statement.
    """
    written = {}
    rounds = [ANSWERS // (len(blows) + 1)] * len(blows)
    rounds.append(ANSWERS - sum(rounds))
    with ThreadPoolExecutor(OFFICERS) as pool:
        for number, answers in enumerate(rounds):
            for _answer in range(answers):
                box = chance.choice(outboxes)
                made = answer_of(box, chance)
                box.write(made)
                written[made["id"]] = (box.officer, made)
            deadline = time.monotonic() + 60
            sending = [pool.submit(box.send_until, deadline) for box in outboxes]
            if number < len(blows):
                time.sleep(chance.uniform(0, 0.3))
                blows[number]()
            for each in sending:
                each.result()
    return written


def answer_of(box: Outbox, chance: random.Random) -> dict[str, Any]:
    """What an officer might do next; one in ten hands in a test, which no edition here has."""
    verb = chance.choice(["answered"] * 8 + ["passed", "completed"])
    return statement(
        box.officer,
        verb,
        module=chance.choice(MODULES),
        name=uuid.UUID(int=chance.getrandbits(128), version=4),
        scaled=chance.choice([0, 0.25, 0.5, 1]),
    )


def count(fresh: Database) -> int:
    ((found,),) = Log(fresh).rows("SELECT count(*) FROM assessments_statement")
    return int(found)


def assert_the_log_holds(fresh: Database, outboxes: list[Outbox], written: Written) -> None:
    """Each answer once, whole, and of the officer who gave it; the tablets know it."""
    rows = Log(fresh).rows("SELECT id, actor, payload FROM assessments_statement")
    assert len(rows) == ANSWERS
    stored = {
        str(uuid.UUID(str(name))): (str(uuid.UUID(str(actor))), json.loads(payload))
        for name, actor, payload in rows
    }
    assert stored.keys() == written.keys()
    for name, (officer, made) in written.items():
        actor, payload = stored[name]
        assert actor == officer
        assert {key: payload[key] for key in made} == made
    for box in outboxes:
        assert box.waiting == []
        assert box.aside == {}
        assert box.received == {name for name, (who, _) in written.items() if who == box.officer}


def assert_the_centre_has_the_same(fresh: Databases) -> None:
    """The same statements, each once, and the same progress; nothing was refused."""
    site, centre = Log(fresh.site), Log(fresh.centre)
    assert count(fresh.site) == count(fresh.centre) == ANSWERS
    assert passed_on(site) == passed_on(centre)
    assert site.rows(PROGRESS) == centre.rows(PROGRESS)
    for log in (site, centre):
        assert log.rows("SELECT code FROM assessments_setaside") == []


def passed_on(log: Log) -> list[str]:
    """The log in one order, without the moment of storing, which each server sets."""
    found = [json.loads(row) for (row,) in log.rows("SELECT payload FROM assessments_statement")]
    return sorted(json.dumps(each | {"stored": None}, sort_keys=True) for each in found)


def assert_progress_equals_a_rebuild(fresh: Database) -> None:
    """The server's last start has read the log to its end, for /healthz."""
    log = Log(fresh)
    before = log.rows(PROGRESS)
    ((answers,),) = log.rows("SELECT sum(answers) FROM assessments_progress")
    ((answered,),) = log.rows("SELECT count(*) FROM assessments_statement WHERE verb = 'answered'")
    assert answers == answered > 0
    # A tablet's own word passes nothing.
    assert log.rows("SELECT DISTINCT state FROM assessments_progress") == [("in-progress",)]
    assert f"{ANSWERS} statements read" in fresh.manage("rebuild_progress")
    assert log.rows(PROGRESS) == before
