"""The answer to each kind of item beside what was right, for a template to draw.

Each function takes the item as it stands in the edition's file, its key ({} where this server has
none), the response and the order that was recorded; a response of a shape that cannot be is shown
as no answer, never an error.
"""

from collections.abc import Callable, Iterable
from typing import Any

from modules.rules import svg

Item = dict[str, Any]
Body = dict[str, Any]
JOIN = "[.]"


def choices(item: Item, key: Item, response: list[str], order: list[str]) -> Body:
    right = set(key.get("right", []))
    feedback = key.get("feedback", {})
    return {
        "several": item["kind"] == "multiple",
        "rows": [
            {
                "text": each["text"],
                "chosen": each["id"] in response,
                "right": each["id"] in right,
                "feedback": feedback.get(each["id"], ""),
            }
            for each in in_order(item.get("choices", []), order)
        ],
    }


def ordered(item: Item, key: Item, response: list[str], order: list[str]) -> Body:
    """What the officer made of it; who answered nothing left it as it was shown."""
    right = {step: place for place, step in enumerate(key.get("order", []), start=1)}
    shown = in_order(item.get("steps", []), order)
    return {
        "shown": [each["text"] for each in shown],
        "rows": [
            {"text": each["text"], "place": place, "right": right.get(each["id"])}
            for place, each in enumerate(in_order(shown, response), start=1)
        ],
    }


def match(item: Item, key: Item, response: list[str], order: list[str]) -> Body:
    texts = _texts(item.get("right", []))
    given, right = pairs(response), key.get("pairs", {})
    return {
        "rows": _given_rows(in_order(item.get("left", []), order), texts, given, right),
        "options": [each["text"] for each in in_order(item.get("right", []), order)],
    }


def grouped(item: Item, key: Item, response: list[str], order: list[str]) -> Body:
    texts = _texts(item.get("groups", []))
    given, right = pairs(response), key.get("groups", {})
    return {
        "rows": _given_rows(in_order(item.get("cards", []), order), texts, given, right),
        "options": [each["text"] for each in item.get("groups", [])],
    }


def gaps(item: Item, key: Item, response: list[str], _order: list[str]) -> Body:
    accepted = key.get("accepted", {})
    given = iter(response)
    return {
        "parts": [
            {"text": part["text"]}
            if "text" in part
            else {"gap": True, "given": next(given, ""), "accepted": accepted.get(part["gap"], [])}
            for part in item.get("parts", [])
        ]
    }


def number(item: Item, key: Item, response: list[str], _order: list[str]) -> Body:
    units = _texts(item.get("units", []))
    only = next(iter(units.values()), "") if len(units) == 1 else ""
    return {
        "given": response[0] if response else "",
        "unit": units.get(response[1], "") if len(response) > 1 else only,
        "value": key.get("value", ""),
        "tolerance": key.get("tolerance", ""),
        "base": next((units.get(unit, "") for unit in _base(key)), only),
    }


def spot(item: Item, key: Item, response: list[str], _order: list[str]) -> Body:
    """The areas in thousandths of the picture; a point where no area was hit."""
    right, feedback = set(key.get("right", [])), key.get("feedback", {})
    return {
        "picture": item.get("picture", {}),
        "drawing": _drawing(item),
        "description": item.get("description", ""),
        "point": _point(response),
        "rows": [
            {
                **each,
                "number": place,
                "chosen": each["id"] in response,
                "right": each["id"] in right,
                "feedback": feedback.get(each["id"], ""),
            }
            for place, each in enumerate(item.get("areas", []), start=1)
        ],
    }


def written(item: Item, key: Item, response: list[str], _order: list[str]) -> Body:
    return {
        "given": response[0] if response else "",
        "accepted": key.get("accepted", []),
        "rubric": key.get("rubric", []) or item.get("rubric", []),
    }


Make = Callable[[Item, Item, list[str], list[str]], Body]
# The name of the template that draws it, and what it is drawn from.
KINDS: dict[str, tuple[str, Make]] = {
    "single": ("choices", choices),
    "truefalse": ("choices", choices),
    "multiple": ("choices", choices),
    "order": ("order", ordered),
    "match": ("pairs", match),
    "groups": ("pairs", grouped),
    "gaps": ("gaps", gaps),
    "number": ("number", number),
    "spot": ("spot", spot),
    "short": ("short", written),
    "long": ("long", written),
}


def in_order(rows: Iterable[Item], order: list[str]) -> list[Item]:
    """By the order that was recorded; what it does not name stays behind in the order of the file."""
    places = {each: place for place, each in enumerate(order)}
    return sorted(rows, key=lambda row: places.get(row["id"], len(places)))


def pairs(response: list[str]) -> dict[str, str]:
    """{left: right}; of a left named twice the last counts."""
    found = (each.split(JOIN, 1) for each in response if JOIN in each)
    return {each[0]: each[1] for each in found}


def _given_rows(
    rows: list[Item], texts: dict[str, str], given: dict[str, str], right: dict[str, str]
) -> list[Body]:
    return [
        {
            "text": row["text"],
            "given": texts.get(given.get(row["id"], ""), ""),
            "right": texts.get(right.get(row["id"], ""), ""),
            "known": row["id"] in right,
        }
        for row in rows
    ]


def _texts(rows: Iterable[Item]) -> dict[str, str]:
    return {row["id"]: row["text"] for row in rows}


def _base(key: Item) -> list[str]:
    """The unit in which `value` is: the one with the factor 1."""
    return [unit for unit, factor in key.get("factors", {}).items() if factor in ("1", "1.0", 1)]


def _drawing(item: Item) -> str:
    """Cleaned again, though publishing cleaned it: the file may come from another server."""
    markup = item.get("picture", {}).get("svg", "")
    try:
        return svg.clean(markup.encode(), prefix=f"s{item['id'][:8]}-").markup if markup else ""
    except svg.NotADrawing:
        return ""


def _point(response: list[str]) -> dict[str, int] | None:
    x, comma, y = (response[0] if response else "").partition(",")
    if not comma or not (x.isdecimal() and y.isdecimal()):
        return None
    return {"x": min(int(x), 1000), "y": min(int(y), 1000)}
