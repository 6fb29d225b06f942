"""Marking 10,000 attempts at a graded test of 20 items, from the log to the marks in it.

The statements, chained and sealed as tablets send them, are in the log; timed is `manage.py catch_up` of the
reader of attempts: what was said is read, its chain and every seal are checked, answers are
marked with the keys, the rows and the server's own statements are written. SCALE= makes it shorter.

    .venv/bin/python scripts/bench/marking.py
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import _attempts
from _results import SCALE, at_least, finish

from tests.support import database

ATTEMPTS = max(100, int(10_000 * SCALE))
ITEMS = 20
RATE = 100


def main() -> None:
    for vendor in database.vendors():
        measure(vendor)
    finish()


def measure(vendor: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        fresh = database.fresh(vendor, Path(folder), pages=False)
        try:
            _attempts.run(fresh, "fill", str(ATTEMPTS), str(ITEMS))
            marked = _attempts.run(fresh, "mark")
            again = _attempts.run(fresh, "rebuild")
        finally:
            fresh.drop()
    if marked["count"] != ATTEMPTS:
        raise RuntimeError(f"{marked['count']} of {ATTEMPTS} attempts were marked.")
    at_least(
        f"marking of {ATTEMPTS:,} attempts of {ITEMS} items, {vendor}",
        ATTEMPTS / marked["seconds"], RATE, "a second", mb=round(marked["mb"]),
    )  # fmt: skip
    at_least(
        f"making them anew, {vendor}", ATTEMPTS / again["seconds"], RATE, "a second", mb=round(again["mb"])
    )  # fmt: skip


if __name__ == "__main__":
    main()
