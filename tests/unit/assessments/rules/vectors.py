"""The cases of tests/fixtures/rules.json, which the server's rules and the tablet's must both answer alike."""

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[3] / "fixtures" / "rules.json"
VECTORS = json.loads(FILE.read_text(encoding="utf-8"))
RULES = [name for name in VECTORS if name not in ("note", "items")]


def cases() -> list[tuple[str, str, list[Any], Any]]:
    """The rule, what the case is about, its arguments and what comes out."""
    return [
        (rule, about, written(arguments), written(expected))
        for rule in RULES
        for about, arguments, expected in VECTORS[rule]
    ]


def written(value: Any) -> Any:
    """`value` with what the file writes short in full."""
    if isinstance(value, list):
        return [written(each) for each in value]
    if isinstance(value, str) and value.startswith("@"):
        return item(*value[1:].split(":"))
    if not isinstance(value, dict):
        return value
    if "repeat" in value:
        text, times = value["repeat"]
        return text * times
    if "list" in value:
        text, times = value["list"]
        return [text] * times
    if "join" in value:
        return "".join(written(value["join"]))
    return {name: written(each) for name, each in value.items()}


def item(name: str, scoring: str = "") -> Any:
    found = VECTORS["items"][name]
    return {**found, "key": {**found["key"], "scoring": scoring}} if scoring else found
