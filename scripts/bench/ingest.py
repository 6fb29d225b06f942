"""How many statements a second the server stores, against the database's own bulk insert.

Two gunicorn workers take batches of 100 over HTTP from two clients; then the very rows they stored
are taken out and put back by the bare driver, 100 at a time, each batch in a transaction. Prints a
table and, as the last lines, one line of JSON for each database. SCALE= makes the run longer.

    .venv/bin/python scripts/bench/ingest.py
"""

import http.client
import json
import os
import sqlite3
import statistics
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.support import database
from tests.support.database import Database
from tests.support.server import HOST, Server
from tests.support.statements import statement

BUDGET = 0.10
BATCH = 100
CLIENTS = 2
ROUND = BATCH * CLIENTS
STATEMENTS = max(1, int(10_000 * float(os.environ.get("SCALE", "1"))) // ROUND) * ROUND
TABLE = "assessments_statement"
TURNS = 3


def main() -> int:
    results = [measure(vendor) for vendor in database.vendors()]
    print(
        f"\nStatements stored per second, batches of {BATCH}, median of {TURNS} turns of {STATEMENTS}"
    )
    print(f"{'database':<12}{'over HTTP':>12}{'bulk insert':>14}{'share':>8}{'budget':>8}")
    for each in results:
        print(
            f"{each['database']:<12}{each['rate']:>12,}{each['raw']:>14,}"
            f"{each['share']:>8.0%}{each['budget']:>8.0%}"
        )
    for each in results:
        print(json.dumps(each))
    return 0 if all(each["ok"] for each in results) else 1


def measure(vendor: str) -> dict[str, Any]:
    """Over HTTP and by the driver in turns, so that a busy moment of the machine hits both."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = database.fresh(vendor, Path(folder), pages=False)
        try:
            with Server(fresh, workers=2) as server, ProcessPoolExecutor(CLIENTS) as pool:
                officers = [sign_in(server, number) for number in range(1, CLIENTS + 1)]
                over_http(pool, server, officers, CLIENTS * 5)
                turns = [turn(pool, server, officers, fresh) for _turn in range(TURNS)]
        finally:
            fresh.drop()
    rate, raw = (statistics.median(each) for each in zip(*turns, strict=True))
    share = rate / raw
    return {
        "bench": "ingest",
        "database": vendor,
        "rate": round(rate),
        "raw": round(raw),
        "share": round(share, 3),
        "budget": BUDGET,
        "ok": share >= BUDGET,
    }


Officers = list[tuple[str, str]]


def turn(
    pool: ProcessPoolExecutor, server: Server, officers: Officers, fresh: Database
) -> tuple[float, float]:
    """Statements per second over HTTP, and of the bare driver with the same rows."""
    rate = over_http(pool, server, officers, STATEMENTS // BATCH)
    return rate, by_driver(fresh, STATEMENTS)


def over_http(pool: ProcessPoolExecutor, server: Server, officers: Officers, number: int) -> float:
    """Statements per second; they are written and packed into requests before the clock starts."""
    each = number // CLIENTS
    bodies = [batches(officer, each) for officer, _token in officers]
    tokens = [token for _officer, token in officers]
    start = time.perf_counter()
    list(pool.map(send, [server.port] * CLIENTS, tokens, bodies))
    return each * CLIENTS * BATCH / (time.perf_counter() - start)


def sign_in(server: Server, number: int) -> tuple[str, str]:
    """An officer's id and write token."""
    asked = {
        "username": f"officer{number}",
        "password": "elearning-demo",
        "device": str(uuid.uuid4()),
    }
    request = urllib.request.Request(
        f"{server.url}/learn/api/sign-in",
        json.dumps(asked).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        answer = json.load(response)
    return answer["learner"]["id"], answer["grant"]


def batches(officer: str, number: int) -> list[bytes]:
    module = uuid.uuid4()
    return [
        json.dumps([statement(officer, module=module) for _each in range(BATCH)]).encode()
        for _batch in range(number)
    ]


def send(port: int, token: str, bodies: list[bytes]) -> None:
    """One tablet after another on one connection, as behind a site's proxy."""
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "X-Experience-API-Version": "1.0.3",
    }
    with closing(http.client.HTTPConnection(HOST, port, timeout=60)) as connection:
        for body in bodies:
            connection.request("POST", "/xapi/statements", body, headers)
            response = connection.getresponse()
            answer = response.read()
            if response.status != 200:
                raise RuntimeError(f"{response.status}: {answer.decode()}")


def by_driver(fresh: Database, number: int) -> float:
    """Rows per second of the bare driver, which takes out the last `number` rows and puts them back.

    The table is as the server made it, with all its indexes.
    """
    with _driver(fresh) as (newest, empty, insert):
        rows = newest(number)
        empty(rows[0][0])
        start = time.perf_counter()
        for first in range(0, len(rows), BATCH):
            insert(rows[first : first + BATCH])
        return len(rows) / (time.perf_counter() - start)


Rows = list[tuple[Any, ...]]
Driver = tuple[Callable[[int], Rows], Callable[[int], None], Callable[[Rows], None]]


@contextmanager
def _driver(fresh: Database) -> Iterator[Driver]:
    """How to read the newest rows, to take them out, and to insert a batch in one transaction."""
    connect = _sqlite if fresh.vendor == "sqlite" else _postgresql
    with connect(fresh.url) as (connection, mark):

        def newest(number: int) -> Rows:
            query = f"SELECT * FROM {TABLE} ORDER BY seq DESC LIMIT {number}"
            return connection.execute(query).fetchall()[::-1]

        def empty(first: int) -> None:
            connection.execute(f"DELETE FROM {TABLE} WHERE seq >= {first}")

        def insert(rows: Rows) -> None:
            row = f"({', '.join([mark] * len(rows[0]))})"
            values = [value for each in rows for value in each]
            connection.execute(
                f"INSERT INTO {TABLE} VALUES {', '.join([row] * len(rows))} ON CONFLICT DO NOTHING",
                values,
            )

        yield newest, empty, insert


@contextmanager
def _sqlite(url: str) -> Iterator[tuple[Any, str]]:
    """With the same promises to a power cut as the site's own connection."""
    path = url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        yield connection, "?"


@contextmanager
def _postgresql(url: str) -> Iterator[tuple[Any, str]]:
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection, "%s"


if __name__ == "__main__":
    sys.exit(main())
