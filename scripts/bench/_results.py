"""What a benchmark says: a table as it goes, and at the end one line of JSON for each result."""

import json
import os
import sys
from typing import Any

SCALE = float(os.environ.get("SCALE", "1"))
_results: list[dict[str, Any]] = []


def at_least(bench: str, measured: float, budget: float, unit: str, **more: Any) -> None:
    _keep(bench, measured, budget, unit, measured >= budget, more)


def at_most(bench: str, measured: float, budget: float, unit: str, **more: Any) -> None:
    _keep(bench, measured, budget, unit, measured <= budget, more)


def _keep(
    bench: str, measured: float, budget: float, unit: str, ok: bool, more: dict[str, Any]
) -> None:
    word = "ok" if ok else "OVER BUDGET"
    aside = "  ".join(f"{name} {value}" for name, value in more.items())
    print(
        f"{bench:<58}{measured:>12,.2f} {unit:<8} budget {budget:g}  {word:<12}{aside}", flush=True
    )
    measured = round(measured, 3)
    result = {"bench": bench, "measured": measured, "unit": unit, "budget": budget, "ok": ok}
    _results.append(result | more)


def finish() -> None:
    """Print the lines of JSON and leave, with 1 when a budget was not kept."""
    for each in _results:
        print(json.dumps(each))
    sys.exit(0 if all(each["ok"] for each in _results) else 1)
