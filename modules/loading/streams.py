"""From the blocks of a content file to StreamField data; keys become UUIDv5 names in the page's id."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid5

from modules.loading.bank import Bank
from modules.loading.illustrations import Drawing
from modules.loading.source import Node
from modules.rules import html, questions

Raw = dict[str, Any]
Illustration = Callable[[Node], Drawing]
_TAG = re.compile(r"</?\s*([a-zA-Z0-9]+)")
PROBLEMS = {
    questions.Problem.TWO_CHOICES: "must be exactly two in a true or false question",
    questions.Problem.AT_LEAST_TWO: "must be at least two",
    questions.Problem.ONE_RIGHT: "must have exactly one that is correct",
    questions.Problem.SOME_RIGHT_SOME_WRONG: "must have at least one correct and one wrong",
    questions.Problem.TEXT_MISSING: "must all have a text",
    questions.Problem.FEEDBACK_MISSING: "must all have feedback",
}


class Streams:
    """Makes the streams of one page; `illustration` gives the drawing for a figure's node."""

    def __init__(self, page: UUID, illustration: Illustration, bank: Bank | None = None) -> None:
        self.page = page
        self.illustration = illustration
        self.bank = bank or Bank(page)

    def body(self, lesson: Node) -> list[Raw]:
        return [self._block(node) for node in lesson.keyed("body")]

    def questions(self, test: Node) -> list[Raw]:
        return [
            self._child("question", node.text("key"), self._question(node, node.text("key")))
            for node in test.keyed("questions")
        ]

    def objectives(self, module: Node) -> list[Raw]:
        return [
            self._child("objective", node.text("key"), node.text("text"))
            for node in module.keyed("objectives")
        ]

    def _child(self, kind: str, name: str, value: Any) -> Raw:
        return {"type": kind, "id": str(uuid5(self.page, name)), "value": value}

    def _block(self, node: Node) -> Raw:
        kinds: dict[str, Callable[[Node], Raw]] = {
            "text": _text,
            "definition": _definition,
            "case": _case,
            "callout": _callout,
            "checklist": self._checklist,
            "figure": self._figure,
            "check": lambda node: self._question(node.node("question"), node.text("key")),
            "practice": lambda node: {"item": self.bank.item(node, "item", node.text("item"))},
        }
        kind = node.choice("type", tuple(kinds))
        return self._child(kind, node.text("key"), kinds[kind](node))

    def _checklist(self, node: Node) -> Raw:
        name = node.text("key")
        items = [
            self._child("item", f"{name}/{item.text('key')}", item.text("text"))
            for item in node.keyed("items")
        ]
        return {"heading": node.text("heading"), "items": items}

    def _figure(self, node: Node) -> Raw:
        return {
            "drawing": self.illustration(node),
            "picture": None,
            "caption": node.text("caption"),
            "description": node.text("description"),
            "source": node.text("source", empty=True),
        }

    def _question(self, node: Node, name: str) -> Raw:
        kind = node.choice("kind", questions.KINDS)
        choices = [
            self._child("item", f"{name}/{choice.text('key')}", _choice(choice))
            for choice in node.keyed("choices")
        ]
        found = questions.problems(kind, [questions.Choice(**each["value"]) for each in choices])
        if found:
            raise node.error("choices", PROBLEMS[found[0]])
        return {
            "kind": kind,
            "text": node.text("text"),
            "choices": choices,
            "explanation": node.text("explanation"),
            "source": node.text("source"),
        }


def _choice(node: Node) -> Raw:
    return {
        "text": node.text("text"),
        "correct": node.flag("correct"),
        "feedback": node.text("feedback"),
    }


def _html(node: Node) -> str:
    value = node.text("html")
    if unknown := {tag.lower() for tag in _TAG.findall(value)} - html.TAGS:
        raise node.error("html", f"holds <{min(unknown)}>, which is not allowed")
    return html.clean(value)


def _text(node: Node) -> Raw:
    return {"html": _html(node)}


def _definition(node: Node) -> Raw:
    source = node.text("source", empty=True)
    return {"term": node.text("term"), "html": _html(node), "source": source}


def _case(node: Node) -> Raw:
    source = node.text("source", empty=True)
    return {"heading": node.text("heading"), "html": _html(node), "source": source}


def _callout(node: Node) -> Raw:
    tone = node.choice("tone", ("note", "remember", "warning"))
    return {"tone": tone, "html": _html(node)}
