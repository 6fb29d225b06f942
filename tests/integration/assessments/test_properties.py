"""Whatever way statements come, the log, the index and progress are the same in the end.

Any statements, in any order, cut into any batches, sent any number of times, by several clients at
once. EXAMPLES= for more of them than the usual few.
"""

import os
import time
import uuid
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments import index, progress, readers
from assessments.index import INDEX
from assessments.models import (
    Attempt,
    AttemptAnswer,
    Cursor,
    Mention,
    Progress,
    Scope,
    Statement,
)
from tests.integration.assessments.conftest import Tablet, make_tablet
from tests.integration.assessments.systems import System, make_system, reference, said, voiding
from tests.support.statements import actor, by_server

EXAMPLES = int(os.environ.get("EXAMPLES", "8"))
CLIENTS = 3
pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class World:
    """Two officers' tablets, a system, and a site that passes its marks on; who sends is a part of
    what is sent."""

    tablets: list[Tablet]
    system: System
    site: System
    modules: list[uuid.UUID]

    def sender(self, who: int) -> Tablet | System:
        return [*self.tablets, self.system, self.site][who]


Sent = tuple[int, dict[str, Any]]
SYSTEM, SITE = 2, 3
answers = st.tuples(
    st.sampled_from(["initialized", "answered", "completed", "passed", "failed"]),
    st.integers(0, 1),
    st.integers(0, 1),
    st.sampled_from([0, 0.25, 0.8, 1]),
)
# What a system says of one of the statements before it: that it is void, or something about it.
remarks = st.tuples(st.sampled_from(["voids", "refers"]), st.integers(0, 100))
plans = st.lists(st.one_of(answers, answers, remarks), min_size=1, max_size=12)


def said_in(plan: list[tuple[Any, ...]], world: World) -> list[Sent]:
    made: list[Sent] = []
    at = (timezone.now() - timedelta(days=3)).isoformat()
    for each in plan:
        if len(each) == 4:
            verb, who, what, scaled = each
            more = {"module": world.modules[what], "scaled": scaled, "timestamp": at}
            answer = world.tablets[who].says(verb, **more)
            marks = verb in ("passed", "failed")
            made.append((SITE, by_server(answer)) if marks else (who, answer))
        else:
            made.append((SYSTEM, remark(*each, made, at)))
    return made


def remark(kind: str, number: int, made: list[Sent], at: str) -> dict[str, Any]:
    """About a statement of the plan, or one that never comes."""
    target = made[number % len(made)][1]["id"] if made else str(uuid.uuid4())
    if kind == "voids":
        return {**voiding(target), "timestamp": at}
    # Of an officer, so that what it refers to is found under one name more.
    return {**said(), "actor": actor(uuid.uuid4()), "object": reference(target), "timestamp": at}


def send(world: World, batches: Iterable[list[Sent]], between: Callable[[], None]) -> None:
    """By one client; each sender's part of a batch is a request of its own."""
    for batch in batches:
        for who in range(SITE + 1):
            mine = {made["id"]: made for sender, made in batch if sender == who}
            if mine:
                post(world.sender(who), list(mine.values()))
        between()


def post(sender: Tablet | System, statements: list[dict[str, Any]]) -> None:
    """One that is told to come again does: nothing of it is stored yet (assessments/statements/busy.py)."""
    for _time in range(1000):
        response = sender.posts(statements)
        if response.status_code != 503:
            break
        time.sleep(0.01)
    assert response.status_code == 200, response.content


def outcome() -> tuple[dict[Any, Any], dict[Any, set[int]], list[dict[str, Any]]]:
    """The log without the moment of storing, the index and progress, by the ids of statements."""
    rows = list(Statement.objects.all())
    log = {
        row.id: (row.actor, row.verb, row.object, row.target, row.source, bytes(row.digest),
                 row.payload.replace(row.stored.isoformat(), "now"))
        for row in rows
    }  # fmt: skip
    names = {row.seq: row.id for row in rows}
    index: dict[Any, set[int]] = {name: set() for name in log}
    for key, seq in Mention.objects.values_list("key", "seq"):
        index[names[seq]].add(key)
    return log, index, known()


def known() -> list[dict[str, Any]]:
    found = Progress.objects.order_by("learner", "module").values()
    return [{key: row[key] for key in row if key != "id"} for row in found]


def catch_up() -> None:
    INDEX.catch_up()
    progress.catch_up()


def forget() -> None:
    for model in (Statement, Mention, Progress, Attempt, AttemptAnswer, Cursor):
        model.objects.all().delete()


def nothing() -> None:
    pass


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(plans, st.data())
def test_any_order_batching_repetition_and_number_of_clients_gives_the_same(
    transactional_db: None, plan: list[tuple[Any, ...]], data: st.DataObject
) -> None:
    """Sent once, in order, one by one and read once; then by several at once, each sending all in
    its own order and batches, some of it twice, and reading in between."""
    world = World(
        [make_tablet(f"officer-{uuid.uuid4()}") for _each in range(2)],
        make_system(Scope.WRITE, Scope.READ),
        make_system(Scope.FORWARD),
        [uuid.uuid4(), uuid.uuid4()],
    )
    made = said_in(plan, world)
    forget()
    send(world, [[each] for each in made], nothing)
    catch_up()
    expected = outcome()
    assert len(expected[0]) == len(made)

    forget()
    shuffled = [batches_of(made, data) for _client in range(CLIENTS)]
    reads = data.draw(st.booleans(), label="reads in between")
    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(lambda each: client(world, each, reads), shuffled))
    catch_up()
    assert outcome() == expected
    rebuilt = readers.BATCH
    readers.BATCH = data.draw(st.integers(1, 5), label="batch of the rebuild")
    try:
        index.rebuild()
        progress.rebuild()
    finally:
        readers.BATCH = rebuilt
    assert outcome() == expected


def batches_of(made: list[Sent], data: st.DataObject) -> list[list[Sent]]:
    everything = data.draw(st.permutations(made + data.draw(st.lists(st.sampled_from(made)))))
    batches = []
    while everything:
        size = data.draw(st.integers(1, len(everything)))
        batches.append(everything[:size])
        everything = everything[size:]
    return batches


def client(world: World, batches: list[list[Sent]], reads: bool) -> None:
    try:
        send(world, batches, catch_up if reads else nothing)
    finally:
        connection.close()
