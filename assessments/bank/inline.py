"""A question that is written in its test, as an item of the bank would be."""

from typing import Any

from modules.blocks import item_json


def item(value: Any, item_id: str) -> dict[str, Any]:
    """Version 0 of the item: it is marked by the key that its own edition holds."""
    question = item_json(value, item_id)
    choices = question.pop("choices")
    right = [choice["id"] for choice in choices if choice["correct"]]
    feedback = {choice["id"]: choice["feedback"] for choice in choices}
    return {
        **question,
        "version": 0,
        "objective": None,
        "difficulty": 2,
        "confidence": False,
        "shuffle": False,
        "choices": [{"id": choice["id"], "text": choice["text"]} for choice in choices],
        "key": {"right": right, "feedback": feedback, "scoring": "all"},
    }
