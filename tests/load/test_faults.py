"""The fault test: a network that cuts at any byte and a server that dies, and nothing is lost.

1,000 answers of 10 officers go through a proxy that cuts connections in requests and in responses,
while the server is killed with SIGKILL and started again 10 times. SEED= changes the schedule;
SEEDS= runs that many different ones, as `make soak` does.
"""

import json
import os
import random
import time
import urllib.request
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.load.outbox import Outbox
from tests.support import database
from tests.support.database import Database
from tests.support.log import Log
from tests.support.proxy import Faults, Proxy
from tests.support.server import Server
from tests.support.statements import statement

OFFICERS = 10
ANSWERS = 1000
KILLS = 10
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


@pytest.fixture
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    made = database.fresh(request.param, tmp_path, pages=False)
    yield made
    made.drop()


@pytest.mark.parametrize(("fresh", "seed"), CASES, indirect=["fresh"])
def test_a_thousand_answers_survive_cuts_and_kills(fresh: Database, seed: int) -> None:
    chance = random.Random(seed)
    with Server(fresh) as server, Proxy(server.port, seed=seed) as line:
        outboxes = [sign_in(server, line, number, chance) for number in range(1, OFFICERS + 1)]
        line.faults = faults(chance)
        written = run(server, outboxes, chance)
        print(f"seed {seed}: {line.count}, {sum(box.tries for box in outboxes)} requests")
        assert line.count.cuts["request"] > 0
        assert line.count.cuts["response"] > 0
        server.restart()
        assert_the_log_holds(fresh, outboxes, written)
    assert_progress_equals_a_rebuild(fresh)


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


def run(
    server: Server, outboxes: list[Outbox], chance: random.Random
) -> dict[str, tuple[str, dict[str, Any]]]:
    """Every round some answers are given and sent, and the server dies meanwhile.

    Returns what was written, by id: whose it is, and the statement.
    """
    written = {}
    rounds = [ANSWERS // (KILLS + 1)] * KILLS
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
            if number < KILLS:
                time.sleep(chance.uniform(0, 0.3))
                server.kill()
                server.start()
            for each in sending:
                each.result()
    return written


def answer_of(box: Outbox, chance: random.Random) -> dict[str, Any]:
    """What an officer might do next; one in ten hands in a test."""
    verb = chance.choice(["answered"] * 8 + ["passed", "failed"])
    return statement(
        box.officer,
        verb,
        module=chance.choice(MODULES),
        name=uuid.UUID(int=chance.getrandbits(128), version=4),
        scaled=chance.choice([0, 0.25, 0.5, 1]),
    )


def assert_the_log_holds(
    fresh: Database, outboxes: list[Outbox], written: dict[str, tuple[str, dict[str, Any]]]
) -> None:
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


def assert_progress_equals_a_rebuild(fresh: Database) -> None:
    """The server's last start has read the log to its end, for /healthz."""
    log = Log(fresh)
    before = log.rows(PROGRESS)
    ((answers,),) = log.rows("SELECT sum(answers) FROM assessments_progress")
    ((answered,),) = log.rows("SELECT count(*) FROM assessments_statement WHERE verb = 'answered'")
    assert answers == answered > 0
    assert f"{ANSWERS} statements read" in fresh.manage("rebuild_progress")
    assert log.rows(PROGRESS) == before
