"""Rebuilding all progress from the log, in one process: how long, and with how much memory.

The log is filled to a fifth, rebuilt, filled up and rebuilt again: the memory must not grow with
it. SCALE= makes it shorter; the time allowed is shortened with it.

    .venv/bin/python scripts/bench/rebuild.py
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import _log
from _results import SCALE, at_most, finish

from tests.support import database

LARGE = max(20_000, int(1_000_000 * SCALE))
SMALL = LARGE // 5
SECONDS = 180 * LARGE / 1_000_000
GROWTH = 1.3


def main() -> None:
    for vendor in database.vendors():
        measure(vendor)
    finish()


def measure(vendor: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        fresh = database.fresh(vendor, Path(folder), pages=False)
        try:
            _log.run(fresh, "fill", str(SMALL))
            small = _log.run(fresh, "rebuild")
            _log.run(fresh, "fill", str(LARGE))
            # From rows as they are, then from none: as after a restored database.
            again = _log.run(fresh, "rebuild")
            large = _log.run(fresh, "rebuild", "0")
        finally:
            fresh.drop()
    at_most(f"rebuild of {LARGE:,} statements, {vendor}", again["seconds"], SECONDS, "s", rate=round(again["count"] / again["seconds"]))  # fmt: skip
    at_most(f"the same from no rows, {vendor}", large["seconds"], SECONDS, "s")
    at_most(f"memory of it, to that of {SMALL:,}, {vendor}", again["mb"] / small["mb"], GROWTH, "times", mb=round(again["mb"]))  # fmt: skip


if __name__ == "__main__":
    main()
