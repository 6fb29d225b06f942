"""Which items an attempt asks, and in what order it shows what can be chosen: the same on every device."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assessments.rules.hashing import sha256


def ranked(seed: str, ids: Iterable[str]) -> list[str]:
    """Each id once, in an order that only the seed decides."""
    return sorted(set(ids), key=lambda each: sha256(f"{seed}\n{each}"))


def draw(seed: str, sections: Sequence[Mapping[str, Any]]) -> list[str]:
    """The ids of the items, section by section; what an earlier section has drawn is not drawn again."""
    drawn: dict[str, None] = {}
    for section in sections:
        items = dict.fromkeys(section["items"])
        ids = items if section.get("fixed") else ranked(f"{seed}\n{section['id']}", items)
        left = [each for each in ids if each not in drawn]
        drawn.update(dict.fromkeys(left[: max(0, section["pick"])]))
    return list(drawn)


def shuffled(seed: str, item: str, ids: Iterable[str]) -> list[str]:
    """The order in which an attempt (the seed) shows the choices of an item."""
    return ranked(f"{seed}\n{item}", ids)
