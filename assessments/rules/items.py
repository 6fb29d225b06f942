"""An item as it is delivered, and what xAPI calls its kind."""

from collections.abc import Mapping
from typing import Any

from assessments.rules.problems import Problem, problems

__all__ = ["Problem", "interaction", "normal", "problems", "without_key"]

Item = Mapping[str, Any]

LABEL = ("id", "text")
# What of a kind's body a tablet may have without the key. Anything else stays behind, so that nothing slips out.
BODY: dict[str, tuple[str, ...]] = {
    "single": ("choices",),
    "multiple": ("choices",),
    "truefalse": ("choices",),
    "order": ("steps",),
    "match": ("left", "right"),
    "groups": ("groups", "cards"),
    "gaps": ("parts",),
    "number": ("units",),
    "spot": ("picture", "description", "areas"),
    "short": (),
    "long": ("words",),
}
COMMON = (
    "id", "version", "kind", "text", "objective", "difficulty", "confidence", "shuffle",
)  # fmt: skip
ENTRIES = {
    **dict.fromkeys(("choices", "steps", "left", "right", "groups", "cards", "units"), LABEL),
    "parts": ("text", "gap"),
    "areas": (*LABEL, "x", "y", "width", "height"),
}
INTERACTIONS = {
    **dict.fromkeys(("single", "multiple", "truefalse", "spot"), "choice"),
    "order": "sequencing",
    **dict.fromkeys(("match", "groups"), "matching"),
    **dict.fromkeys(("gaps", "short"), "fill-in"),
    "number": "numeric",
    "long": "long-fill-in",
}


def without_key(item: Item) -> dict[str, Any]:
    """The item as a test that is not practice delivers it: nothing tells what is right."""
    plain = normal(item)
    kept = _only(plain, (*COMMON, *BODY.get(plain["kind"], ())))
    return {
        name: [_only(entry, ENTRIES[name]) for entry in value] if name in ENTRIES else value
        for name, value in kept.items()
    }


def normal(item: Item) -> dict[str, Any]:
    """The item in today's format; those of the first editions have `correct` and `feedback` in each choice."""
    choices = item.get("choices", [])
    if "key" in item or not any("correct" in choice for choice in choices):
        return dict(item)
    key = {
        "right": [choice["id"] for choice in choices if choice.get("correct")],
        "feedback": {choice["id"]: choice.get("feedback", "") for choice in choices},
        "scoring": "all",
    }
    new = {"version": 0, "objective": None, "difficulty": 2, "confidence": False, "shuffle": False}
    return {**new, **item, "choices": [_only(choice, LABEL) for choice in choices], "key": key}


def interaction(item: Item) -> str:
    """The interactionType of its definition; a number with a unit to choose is none that xAPI knows."""
    kind = item["kind"]
    return "other" if kind == "number" and len(item.get("units", [])) > 1 else INTERACTIONS[kind]


def _only(entry: Item, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: entry[name] for name in names if name in entry}
