"""Numbers, with a tolerance and units."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from assessments.rules.marking.marked import Marked
from assessments.rules.numbers import exact, readings


def number(item: Mapping[str, Any], response: list[str]) -> Marked:
    """Right when anything that the text can mean is near enough to the key's value."""
    key = item["key"]
    factor = _factor(item, response[1:])
    value, tolerance = exact(key.get("value")), exact(key.get("tolerance", "0"))
    if not response or factor is None or value is None or tolerance is None:
        return Marked(0, 1)
    meant = [Fraction(reading) * factor for reading in readings(response[0])]
    return Marked(int(any(abs(each - value) <= tolerance for each in meant)), 1)


def _factor(item: Mapping[str, Any], chosen: list[str]) -> Fraction | None:
    """Of the unit chosen, or of the only one; None for one that the key does not name."""
    units = [unit["id"] for unit in item.get("units", [])]
    if len(units) < 2 and not chosen:
        chosen = units
    if not units and not chosen:
        return Fraction(1)
    named = len(chosen) == 1 and chosen[0] in units
    return exact(item["key"].get("factors", {}).get(chosen[0])) if named else None
