"""How an answer to an item is marked: in whole points, exactly, and whatever the answer is without an error."""

from collections.abc import Callable, Mapping
from typing import Any

from assessments.rules.items import normal
from assessments.rules.marking import chosen, numeric, paired, placed, typed, written
from assessments.rules.marking.marked import Marked

__all__ = ["Marked", "mark"]

KINDS: dict[str, Callable[[Mapping[str, Any], list[str]], Marked | None]] = {
    "single": chosen.one,
    "truefalse": chosen.one,
    "spot": chosen.one,
    "multiple": chosen.several,
    "order": placed.steps,
    "match": paired.sides,
    "groups": paired.cards,
    "gaps": typed.gaps,
    "short": typed.short,
    "number": numeric.number,
    "long": written.long,
}


def mark(item: Mapping[str, Any], response: object) -> Marked | None:
    """The points of a response (a list of texts; anything else is blank).

    None where a person has to mark it, or where the item has come without its key.
    """
    item = normal(item)
    if "key" not in item:
        return None
    given = response if isinstance(response, list) else []
    texts = [text if isinstance(text, str) else "" for text in given]
    marked = KINDS.get(item["kind"])
    return marked(item, texts) if marked else Marked(0, 1)
