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
STATEMENTS = (
    int(10_000 * float(os.environ.get("SCALE", "1"))) // (BATCH * CLIENTS) * BATCH * CLIENTS
)
TABLE = "assessments_statement"
Insert = Callable[[list[tuple[Any, ...]]], None]


def main() -> int:
    results = [measure(vendor) for vendor in database.vendors()]
    print(f"\nStatements stored per second, batches of {BATCH}, {STATEMENTS} of about 1.1 KB")
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
    with tempfile.TemporaryDirectory() as folder:
        fresh = database.fresh(vendor, Path(folder), pages=False)
        try:
            with Server(fresh, workers=2) as server:
                rate = over_http(server)
            raw = by_driver(fresh)
        finally:
            fresh.drop()
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


def over_http(server: Server) -> float:
    """Statements per second; they are written and packed into requests before the clock starts."""
    officers = [sign_in(server, number) for number in range(1, CLIENTS + 1)]
    ports, tokens = [server.port] * CLIENTS, [token for _officer, token in officers]
    bodies = [batches(officer, STATEMENTS // BATCH // CLIENTS) for officer, _token in officers]
    with ProcessPoolExecutor(CLIENTS) as pool:
        list(pool.map(send, ports, tokens, [batches(officer, 5) for officer, _ in officers]))
        start = time.perf_counter()
        list(pool.map(send, ports, tokens, bodies))
        return STATEMENTS / (time.perf_counter() - start)


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


def by_driver(fresh: Database) -> float:
    """Rows per second of the bare driver, median of three, on the table as the server made it."""
    with _driver(fresh) as (query, empty, insert):
        rows = query()
        return statistics.median(_once(rows, empty, insert) for _run in range(3))


def _once(rows: list[tuple[Any, ...]], empty: Callable[[], None], insert: Insert) -> float:
    empty()
    start = time.perf_counter()
    for first in range(0, len(rows), BATCH):
        insert(rows[first : first + BATCH])
    return len(rows) / (time.perf_counter() - start)


Driver = tuple[Callable[[], list[tuple[Any, ...]]], Callable[[], None], Insert]


@contextmanager
def _driver(fresh: Database) -> Iterator[Driver]:
    """How to read all rows, to empty the table, and to insert a batch in one transaction."""
    connect = _sqlite if fresh.vendor == "sqlite" else _postgresql
    with connect(fresh.url) as (connection, mark, emptying):

        def query() -> list[tuple[Any, ...]]:
            return connection.execute(f"SELECT * FROM {TABLE} ORDER BY seq").fetchall()

        def empty() -> None:
            connection.execute(emptying)

        def insert(rows: list[tuple[Any, ...]]) -> None:
            row = f"({', '.join([mark] * len(rows[0]))})"
            values = [value for each in rows for value in each]
            connection.execute(
                f"INSERT INTO {TABLE} VALUES {', '.join([row] * len(rows))} ON CONFLICT DO NOTHING",
                values,
            )

        yield query, empty, insert


@contextmanager
def _sqlite(url: str) -> Iterator[tuple[Any, str, str]]:
    """With the same promises to a power cut as the site's own connection."""
    path = url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        yield connection, "?", f"DELETE FROM {TABLE}"


@contextmanager
def _postgresql(url: str) -> Iterator[tuple[Any, str, str]]:
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection, "%s", f"TRUNCATE {TABLE}"


if __name__ == "__main__":
    sys.exit(main())
