"""From an item's node to the body of its kind; keys become UUIDv5 names in the item's id."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.utils import translation

from assessments.blocks import ItemBody
from assessments.blocks.kinds import KindBlock
from assessments.blocks.problems import MESSAGES
from assessments.rules.problems import Problem
from elearning import languages
from modules.loading.illustrations import Drawing
from modules.loading.source import Node

Raw = dict[str, Any]
BLOCK = ItemBody()


class Bodies:
    """Makes the body of one item; `illustration` gives the drawing that the item's `file` names."""

    def __init__(self, item: UUID, illustration: Callable[[Node], Drawing]) -> None:
        self.item = item
        self.illustration = illustration

    def body(self, kind: str, node: Node) -> list[Raw]:
        """Raises ContentError for whatever an author would be told in the form."""
        makers = {
            "multiple": self._multiple,
            "order": self._order,
            "match": self._match,
            "groups": self._groups,
            "gaps": self._gaps,
            "number": self._number,
            "spot": self._spot,
            "short": self._short,
            "long": self._long,
        }
        value = makers.get(kind, self._choices)(node)
        _check(kind, value, node)
        return [{"type": kind, "id": str(uuid5(self.item, "body")), "value": value}]

    def _id(self, path: str) -> str:
        return str(uuid5(self.item, path))

    def _children(self, node: Node, key: str, read: Callable[[Node], Any], path: str) -> list[Raw]:
        """The children of a list, each with an id made of `path` and its own key."""
        return [
            {"type": "item", "id": self._id(f"{path}/{each.text('key')}"), "value": read(each)}
            for each in node.keyed(key)
        ]

    def _choices(self, node: Node) -> Raw:
        return {"choices": self._children(node, "choices", _choice, "choices")}

    def _multiple(self, node: Node) -> Raw:
        return self._choices(node) | _scoring(node, "penalty")

    def _order(self, node: Node) -> Raw:
        return {"steps": self._children(node, "steps", _text, "steps")} | _scoring(node)

    def _match(self, node: Node) -> Raw:
        def pair(each: Node) -> Raw:
            right_id = self._id(f"pairs/{each.text('key')}/right")
            return {"left": each.text("left"), "right": each.text("right"), "right_id": right_id}

        extra = node.values.get("extra") and self._children(
            node, "extra", lambda each: each.text("right"), "extra"
        )
        pairs = self._children(node, "pairs", pair, "pairs")
        return {"pairs": pairs, "extra": extra or []} | _scoring(node)

    def _groups(self, node: Node) -> Raw:
        def group(each: Node) -> Raw:
            path = f"groups/{each.text('key')}/cards"
            cards = each.values.get("cards") and self._children(each, "cards", _text, path)
            return {"text": each.text("text"), "cards": cards or []}

        return {"groups": self._children(node, "groups", group, "groups")} | _scoring(node)

    def _gaps(self, node: Node) -> Raw:
        def gap(each: Node) -> Raw:
            return {"name": each.text("key"), "accepted": _accepted(each)}

        gaps = self._children(node, "gaps", gap, "gaps")
        return {"text_with_gaps": node.text("text_with_gaps"), "gaps": gaps} | _scoring(node)

    def _number(self, node: Node) -> Raw:
        def unit(each: Node) -> Raw:
            return {"text": each.text("text"), "factor": each.text("factor")}

        units = node.values.get("units") and self._children(node, "units", unit, "units")
        tolerance = node.text("tolerance") if "tolerance" in node.values else "0"
        return {"value": node.text("value"), "tolerance": tolerance, "units": units or []}

    def _spot(self, node: Node) -> Raw:
        return {
            "drawing": self.illustration(node),
            "picture": None,
            "description": node.text("description"),
            "areas": self._children(node, "areas", _area, "areas"),
        }

    def _short(self, node: Node) -> Raw:
        return {"accepted": _accepted(node)}

    def _long(self, node: Node) -> Raw:
        def level(each: Node) -> Raw:
            return {"text": each.text("text"), "points": each.number("points", 0, 100)}

        def criterion(each: Node) -> Raw:
            path = f"rubric/{each.text('key')}/levels"
            return {
                "text": each.text("text"),
                "levels": self._children(each, "levels", level, path),
            }

        rubric = self._children(node, "rubric", criterion, "rubric")
        return {"words": node.number("words", 10, 1000), "rubric": rubric}


def _text(node: Node) -> str:
    return node.text("text")


def _choice(node: Node) -> Raw:
    words = {name: node.text(name) for name in ("text", "feedback")}
    return words | {"correct": node.flag("correct")}


def _area(node: Node) -> Raw:
    box = {name: node.number(name, 0, 1000) for name in ("x", "y", "width", "height")}
    return _choice(node) | box


def _accepted(node: Node) -> str:
    return "\n".join(node.texts("accepted"))


def _scoring(node: Node, *more: str) -> Raw:
    allowed = ("all", "partial", *more)
    return {"scoring": node.choice("scoring", allowed) if "scoring" in node.values else "all"}


def _check(kind: str, value: Raw, node: Node) -> None:
    """The drawing is no document yet, so a picture counts as missing; illustrations check it."""
    block = BLOCK.child_blocks[kind]
    plain = {name: None if isinstance(each, Drawing) else each for name, each in value.items()}
    with translation.override(languages.SOURCE.code):
        held = block.to_python(plain)
        for field, message in _told(block, held):
            if field != "picture":
                raise node.error(field, f"is not right: {message.rstrip('.')}")
        for problem in block.problems(held):
            if problem != Problem.PICTURE_MISSING:
                raise node.error("", f"is not right: {str(MESSAGES[problem]).rstrip('.')}")


def _told(block: KindBlock, held: Any) -> list[tuple[str, str]]:
    try:
        block.clean(held)
    except ValidationError as error:
        return list(_messages(error.as_json_data()))  # type: ignore[attr-defined]
    return []


def _messages(found: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """The outermost field of each message in what Wagtail tells its own form."""
    for message in found.get("messages", []):
        yield field, str(message)
    inner = found.get("blockErrors", {})
    for name, each in inner.items() if isinstance(inner, dict) else enumerate(inner):
        if each:
            yield from _messages(each, field or str(name))
