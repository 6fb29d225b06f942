"""What a question to the log costs when the log is a hundred times as long.

GET /xapi/statements by agent and by activity, and one officer's progress, over HTTP, in a log of
10,000 statements and one of 1,000,000 that hold equally many of what is asked for. Median of many;
both servers are asked in turns. SCALE= makes the longer log shorter.

    .venv/bin/python scripts/bench/queries.py
"""

import contextlib
import json
import statistics
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import _log
from _results import SCALE, at_most, finish
from _tablets import Tablet

from tests.support import database
from tests.support.database import Database
from tests.support.server import Server
from tests.support.statements import actor, urn

SMALL, LARGE = 10_000, max(20_000, int(1_000_000 * SCALE))
TIMES = 101
BUDGET = 1.5


def main() -> None:
    for vendor in database.vendors():
        measure(vendor)
    finish()


def measure(vendor: str) -> None:
    with ExitStack() as stack:
        logs = [stack.enter_context(filled(vendor, size)) for size in (SMALL, LARGE)]
        servers = [stack.enter_context(Server(log, workers=1)) for log in logs]
        askers = [Asker(log, server) for log, server in zip(logs, servers, strict=True)]
        for name in askers[0].questions:
            small, large = in_turns(askers, name)
            at_most(
                f"{name}, {LARGE:,} to {SMALL:,} statements, {vendor}",
                large / small, BUDGET, "times", small_ms=round(small, 2), large_ms=round(large, 2),
            )  # fmt: skip


@contextlib.contextmanager
def filled(vendor: str, size: int) -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        fresh = database.fresh(vendor, Path(folder), pages=False)
        try:
            for step in (["fill", str(size)], ["index"]):
                done = _log.run(fresh, *step)
                rate = done["count"] / done["seconds"]
                print(f"{step[0]} of {size:,} statements, {vendor}: {rate:,.0f}/s, {done['mb']:.0f} MB", flush=True)  # fmt: skip
            fresh.manage("rebuild_progress", "--verbosity=0")
            yield fresh
        finally:
            fresh.drop()


class Asker:
    """Asks one server, with a credential that reads everything and as an officer for progress."""

    def __init__(self, fresh: Database, server: Server) -> None:
        self.tablet = Tablet(server.port, "officer1").sign_in()
        self.system = credential(fresh)
        agent = urllib.parse.quote(json.dumps(actor(_log.OFFICER)))
        activity = urllib.parse.quote(urn(_log.QUESTION))
        self.questions = {
            "statements of an agent": f"/xapi/statements?agent={agent}",
            "statements of an activity": f"/xapi/statements?activity={activity}",
            "progress of an officer": "/learn/api/assignments",
        }

    def ask(self, name: str) -> float:
        """Milliseconds."""
        path = self.questions[name]
        own = {"Authorization": f"Bearer {self.tablet.session}"}
        headers = self.system if path.startswith("/xapi/") else own
        began = time.perf_counter()
        status, body = self.tablet.request("GET", path, **headers)
        took = time.perf_counter() - began
        if status != 200:
            raise RuntimeError(f"{path}: {status} {body.decode()[:500]}")
        if path.startswith("/xapi/") and len(json.loads(body)["statements"]) != 100:
            raise RuntimeError(f"{path} does not fill a page.")
        return took * 1000


def credential(fresh: Database) -> dict[str, str]:
    import base64

    lines = fresh.manage("make_credential", "benchmark").split()
    secret = next(word for word in lines if word.count(":") == 1 and len(word) > 40)
    token = base64.b64encode(secret.encode()).decode()
    return {"Authorization": f"Basic {token}", "X-Experience-API-Version": "1.0.3"}


def in_turns(askers: list[Asker], name: str) -> list[float]:
    for asker in askers:
        asker.ask(name)
    turns = [[asker.ask(name) for asker in askers] for _time in range(TIMES)]
    return [statistics.median(each) for each in zip(*turns, strict=True)]


if __name__ == "__main__":
    main()
