"""What the store knows of an activity: what the statements that name it say it is."""

import json
from collections.abc import Iterable
from typing import Any

from assessments.rules import mentions
from assessments.statements import queries

# So many of the newest statements are asked of each activity, and so many of all together.
LOOK = 20
READ = 500
# So many activities are looked up for one answer; the others are what their own statement says.
MOST = 1000


def definitions(ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """By id, of those that any statement defines; in a few queries, however many there are.

    Merged from the newest statements that name it: a newer one has the word, older ones add languages.
    """
    wanted = set(sorted(ids)[:MOST])
    keys = [mentions.key(mentions.RELATED_ACTIVITY, name) for name in wanted]
    found: dict[str, dict[str, Any]] = {}
    for row in queries.newest_of_each(keys, LOOK, READ):
        for each in mentions.activities(json.loads(row.payload)):
            name = each["id"]
            if name in wanted and "definition" in each:
                found[name] = _merged(each["definition"], found.get(name, {}))
    return {name: value for name, value in found.items() if value}


def definition(activity: str) -> dict[str, Any]:
    """Empty for one that no statement defines."""
    return definitions([activity]).get(activity, {})


def _merged(older: dict[str, Any], newer: dict[str, Any]) -> dict[str, Any]:
    out = older | newer
    for name in ("name", "description", "extensions"):
        if name in older and name in newer:
            out[name] = older[name] | newer[name]
    return out
