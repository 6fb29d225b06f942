"""One server as a site box, as `make run` starts it (SQLite, two workers), with 30 and 60 tablets.

Each tablet signs in once, fetches the files of one module as fast as it can, as the app does, and
then works: a step, and two seconds of thinking, give or take one. An officer takes ten times as
long over a page. Of a hundred steps 40 fetch a file of another module, 5 ask what editions there
are, 35 send one to five statements, 15 ask for the assignments, and 5 report the tablet to its
trainer. One that is told that the server is busy (503) sends again after its next step. Latency is that of all requests after the sign-in. Memory is PSS, summed over all
processes of the server, at its highest. SCALE= changes how long they work.

    .venv/bin/python scripts/bench/site_box.py
"""

import json
import random
import statistics
import sys
import tempfile
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from _results import SCALE, at_most, finish
from _tablets import Tablet, batch, xapi

from tests.support import database
from tests.support.server import Server

SECONDS = max(10, 60 * SCALE)
THINK = (1, 3)
STEPS = {"file": 40, "index": 5, "answers": 35, "assignments": 15, "contact": 5}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        fresh = database.fresh("sqlite", Path(folder))
        with Server(fresh, workers=2, command=["scripts/serve.py"]) as server:
            for number in (30, 60):
                measure(server, number)
    finish()


def measure(server: Server, number: int) -> None:
    """30 officers are in the demo; two tablets share one where there are more."""
    names = [f"officer{each % 30 + 1}" for each in range(number)]
    with ThreadPoolExecutor(4) as threads:
        tablets = list(threads.map(lambda name: Worker(server.port, name), names))
    until = time.monotonic() + SECONDS
    with ThreadPoolExecutor(number + 1) as threads:
        memory = threads.submit(most_memory, server, until)
        list(threads.map(lambda tablet: tablet.works(until), tablets))
    waits = [wait for tablet in tablets for wait in tablet.waits]
    slow = statistics.quantiles(waits, n=20)[-1]
    at_most(
        f"95th percentile, {number} tablets", slow * 1000, 500, "ms",
        median=round(statistics.median(waits) * 1000, 1), per_second=round(len(waits) / SECONDS, 1),
        busy=sum(tablet.busy for tablet in tablets),
    )  # fmt: skip
    at_most(f"memory of all processes, {number} tablets", memory.result(), 250, "MB")


class Worker:
    """An officer at work; `waits` are the seconds of each request."""

    def __init__(self, port: int, username: str) -> None:
        self.tablet = Tablet(port, username).sign_in()
        self.waits: list[float] = []
        self.waiting: list[bytes] = []
        self.busy = 0
        self.module = uuid.uuid4()
        self.files: list[str] = []

    def works(self, until: float) -> None:
        self.downloads_a_module()
        while time.monotonic() < until:
            (step,) = random.choices(list(STEPS), weights=list(STEPS.values()))
            getattr(self, f"_{step}")()
            time.sleep(random.uniform(*THINK))
        self.tablet.close()

    def downloads_a_module(self) -> None:
        editions = json.loads(self.asks("GET", "/editions/index.json?format=2"))
        paths = [path for path in strings(editions) if path.startswith("/editions/")]
        for path in random.sample(paths, min(3, len(paths))):
            manifest = json.loads(self.asks("GET", path))
            self.files += [found for found in strings(manifest) if "/editions/files/" in found]
        for path in self.files[: len(self.files) // 3]:
            self.asks("GET", path)

    def _file(self) -> None:
        self.asks("GET", random.choice(self.files))

    def _index(self) -> None:
        self.asks("GET", "/editions/index.json?format=2")

    def _answers(self) -> None:
        self.waiting.append(batch(self.tablet.learner, random.randint(1, 5), module=self.module))
        while self.waiting:
            busy = self.busy
            self.asks("POST", "/xapi/statements", self.waiting[0], **xapi(self.tablet.grant))
            if self.busy > busy:
                break
            self.waiting.pop(0)

    def _assignments(self) -> None:
        self.asks(
            "GET", "/learn/api/assignments?format=2", Authorization=f"Bearer {self.tablet.session}"
        )

    def _contact(self) -> None:
        body = json.dumps({"waiting": 0, "aside": [], "lost": {}}).encode()
        grant = f"Bearer {self.tablet.grant}"
        self.asks("POST", "/learn/api/contact", body, Authorization=grant)

    def asks(self, method: str, path: str, body: bytes | None = None, **headers: str) -> bytes:
        began = time.perf_counter()
        status, answer = self.tablet.request(method, path, body, **headers)
        self.waits.append(time.perf_counter() - began)
        self.busy += status == 503
        if status not in (200, 503):
            raise RuntimeError(f"{method} {path}: {status} {answer.decode()[:300]}")
        return answer


def strings(value: Any) -> list[str]:
    """Every text in it, however deep."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [found for each in value for found in strings(each)]
    return [value] if isinstance(value, str) else []


def most_memory(server: Server, until: float) -> float:
    """Megabytes."""
    most = 0.0
    while time.monotonic() < until:
        most = max(most, sum(map(pss, server.processes)))
        threading.Event().wait(2)
    return most / 1024


def pss(process: int) -> int:
    """Kilobytes: what it has alone, and its part of what it shares."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


if __name__ == "__main__":
    main()
