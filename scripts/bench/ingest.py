"""How many statements a second the server stores, against the database's own bulk insert.

Two gunicorn workers take batches of 100 over HTTP from two clients; then the very rows they stored
are taken out and put back by the bare driver, 100 at a time, each batch in a transaction. After
that 16 clients send one statement at a time. SCALE= makes the run longer.

    .venv/bin/python scripts/bench/ingest.py
"""

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from _results import SCALE, at_least, finish
from _tablets import Tablet, batch

from tests.support import database
from tests.support.database import Database
from tests.support.server import Server

# Statements a second over HTTP, and their share of the raw rate of the same database.
BUDGETS = {"sqlite": (4_000, 0.15), "postgresql": (3_500, 0.45)}
SINGLE_BUDGET = 500
BATCH = 100
CLIENTS = 2
ROUND = BATCH * CLIENTS
STATEMENTS = max(1, int(10_000 * SCALE) // ROUND) * ROUND
SINGLE_CLIENTS = 16
SINGLES = max(10, int(150 * SCALE))
TABLE = "assessments_statement"
TURNS = 3


def main() -> None:
    print(f"Median of {TURNS} turns of {STATEMENTS} statements")
    for vendor in database.vendors():
        measure(vendor)
    finish()


def measure(vendor: str) -> None:
    """Over HTTP and by the driver in turns, so that a busy moment of the machine hits both."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = database.fresh(vendor, Path(folder), pages=False)
        try:
            with Server(fresh, workers=2) as server, ProcessPoolExecutor(CLIENTS) as pool:
                tablets = signed_in(server, SINGLE_CLIENTS)
                over_http(pool, tablets[:CLIENTS], 5)
                turns = [turn(pool, tablets[:CLIENTS], fresh) for _turn in range(TURNS)]
                single = statistics.median(singles(tablets) for _turn in range(TURNS))
        finally:
            fresh.drop()
    rate, raw = (statistics.median(each) for each in zip(*turns, strict=True))
    budget, share = BUDGETS[vendor]
    at_least(f"statements by hundreds, {vendor}", rate, budget, "/s", raw=round(raw))
    at_least(f"share of the raw rate, {vendor}", rate / raw, share, "")
    at_least(f"single statements, 16 clients, {vendor}", single, SINGLE_BUDGET, "/s")


def signed_in(server: Server, number: int) -> list[Tablet]:
    return [Tablet(server.port, f"officer{each + 1}").sign_in() for each in range(number)]


def turn(pool: ProcessPoolExecutor, tablets: list[Tablet], fresh: Database) -> tuple[float, float]:
    """Statements per second over HTTP, and of the bare driver with the same rows."""
    rate = over_http(pool, tablets, STATEMENTS // ROUND)
    return rate, by_driver(fresh, STATEMENTS)


def over_http(pool: ProcessPoolExecutor, tablets: list[Tablet], each: int) -> float:
    """Statements per second; they are written and packed into requests before the clock starts."""
    for tablet in tablets:
        tablet.close()
    bodies = [[batch(tablet.learner, BATCH) for _batch in range(each)] for tablet in tablets]
    start = time.perf_counter()
    list(pool.map(send, tablets, bodies))
    return each * len(tablets) * BATCH / (time.perf_counter() - start)


def singles(tablets: list[Tablet]) -> float:
    bodies = [[batch(tablet.learner, 1) for _one in range(SINGLES)] for tablet in tablets]
    start = time.perf_counter()
    with ThreadPoolExecutor(len(tablets)) as threads:
        list(threads.map(send, tablets, bodies))
    return SINGLES * len(tablets) / (time.perf_counter() - start)


def send(tablet: Tablet, bodies: list[bytes]) -> None:
    """One body after another on one connection, as behind a site's proxy."""
    for body in bodies:
        status = tablet.send(body)
        if status != 200:
            raise RuntimeError(f"The server answered {status}.")
    tablet.close()


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
    main()
