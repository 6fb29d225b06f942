"""What the store knows of an activity: what the statements that name it say it is."""

import json
from collections.abc import Iterable
from typing import Any

from assessments.rules import mentions
from assessments.statements import queries

# So many of the newest statements are asked.
LOOK = 20


def definitions(ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """By id, of those that any statement defines."""
    found = {name: definition(name) for name in ids}
    return {name: value for name, value in found.items() if value}


def definition(activity: str) -> dict[str, Any]:
    """Merged from the newest statements that name it: a newer one has the word, older ones add languages."""
    merged: dict[str, Any] = {}
    key = mentions.key(mentions.RELATED_ACTIVITY, activity)
    for row in queries.newest(key, LOOK):
        for each in mentions.activities(json.loads(row.payload)):
            if each["id"] == activity and "definition" in each:
                merged = _merged(each["definition"], merged)
    return merged


def _merged(older: dict[str, Any], newer: dict[str, Any]) -> dict[str, Any]:
    out = older | newer
    for name in ("name", "description", "extensions"):
        if name in older and name in newer:
            out[name] = older[name] | newer[name]
    return out
