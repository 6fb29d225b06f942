"""700 tablets of 500 statements each all come back at once; one server of two workers.

Each sends its batches of 100, gzipped, one after another, and again after a pause that grows, as the
app does, when it is told that the server is busy or hears nothing for 30 seconds. Meanwhile somebody
opens the sign-in page once a second. SCALE= for fewer tablets.

    .venv/bin/python scripts/bench/return.py
"""

import collections
import gzip
import http.client
import multiprocessing
import random
import sys
import tempfile
import time
import urllib.request
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import _log
from _results import SCALE, at_most, finish
from _tablets import batch, xapi

from tests.support import database
from tests.support.server import HOST, Server

TABLETS = max(20, int(700 * SCALE))
BATCHES, BATCH = 5, 100
SECONDS = 2
LONGEST = 20
Answers = collections.Counter[str]


def main() -> None:
    for vendor in database.vendors():
        measure(vendor)
    finish()


def measure(vendor: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        fresh = database.fresh(vendor, Path(folder))
        try:
            officers = _log.run(fresh, "tablets", str(TABLETS))["said"]
            with Server(fresh, workers=2) as server:
                before = _log.run(fresh, "count")["count"]
                began = time.perf_counter()
                answers, waits = come_back(server, officers)
                took = time.perf_counter() - began
            stored = _log.run(fresh, "count")["count"] - before
        finally:
            fresh.drop()
    sent = TABLETS * BATCHES * BATCH
    print(f"{TABLETS} tablets, {vendor}: {sent / took:,.0f} statements/s; answers {dict(answers)}")
    at_most(f"statements lost of {sent:,}, {vendor}", sent - stored, 0, "")
    refused = sum(number for answer, number in answers.items() if is_refusal(answer))
    at_most(f"requests refused for good, {vendor}", refused, 0, "", again=answers["503"])
    at_most(f"slowest sign-in page of {len(waits)}, {vendor}", max(waits), SECONDS, "s", median=round(sorted(waits)[len(waits) // 2], 3))  # fmt: skip


def come_back(server: Server, officers: list[list[str]]) -> tuple[Answers, list[float]]:
    """How many requests got each answer, and how long the sign-in page took, in seconds."""
    answers: Answers = collections.Counter()
    over, waits = multiprocessing.Event(), multiprocessing.Queue()
    # A process of its own: 700 threads that write statements would keep it waiting for themselves.
    visitor = multiprocessing.Process(target=visit, args=(server.url, over, waits))
    visitor.start()
    try:
        with ThreadPoolExecutor(len(officers)) as tablets:
            for each in tablets.map(lambda officer: send_all(server.port, *officer), officers):
                answers += each
    finally:
        over.set()
    found = waits.get(timeout=90)
    visitor.join()
    return answers, found


def visit(url: str, over: Any, waits: Any) -> None:
    """Put the seconds of each look at the sign-in page, once it is over."""
    found = []
    while not over.wait(1) or not found:
        began = time.perf_counter()
        with urllib.request.urlopen(f"{url}/sign-in/", timeout=60) as page:
            page.read()
        found.append(time.perf_counter() - began)
    waits.put(found)


def send_all(port: int, officer: str, token: str) -> Answers:
    answers: Answers = collections.Counter()
    module = uuid.uuid4()
    for _batch in range(BATCHES):
        body, pause = gzip.compress(batch(officer, BATCH, module=module)), 1.0
        while (answer := send(port, token, body)) != "200":
            answers[answer] += 1
            if is_refusal(answer):
                break
            time.sleep(pause * random.uniform(0.5, 1.5))
            pause = min(2 * pause, LONGEST)
        answers["200"] += answer == "200"
    return answers


def is_refusal(answer: str) -> bool:
    """408 says that the request took too long to arrive: it is sent again."""
    return answer[0] == "4" and answer != "408"


def send(port: int, token: str, body: bytes) -> str:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip", **xapi(token)}
    with closing(http.client.HTTPConnection(HOST, port, timeout=30)) as connection:
        try:
            connection.request("POST", "/xapi/statements", body, headers)
            response = connection.getresponse()
            response.read()
        except (OSError, http.client.HTTPException):
            return "nothing"
        return str(response.status)


if __name__ == "__main__":
    main()
