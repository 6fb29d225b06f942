"""An item as an edition and a version hold it (docs/formats.md, "Item")."""

import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from assessments.blocks import ALWAYS_SHUFFLED
from elearning import languages
from modules.editions.files import EditionFiles
from modules.parts import Files

if TYPE_CHECKING:
    from assessments.models import Item


def document(item: "Item", version: int, files: Files | None = None) -> dict[str, Any]:
    """The item with its key; its pictures go to `files`, or among those of the editions."""
    held = item.body[0] if item.body else None
    item_id = str(item.uuid)
    body, key = (
        held.block.document(held.value, item_id, files or EditionFiles()) if held else ({}, {})
    )
    return {
        "id": item_id,
        "version": version,
        "kind": item.kind,
        "text": item.text,
        "objective": str(item.objective) if item.objective else None,
        "difficulty": item.difficulty,
        "confidence": item.confidence,
        "shuffle": item.shuffle or item.kind in ALWAYS_SHUFFLED,
        **body,
        "key": key,
        "explanation": item.explanation,
        "source": item.source,
    }


def preview(items: Iterable[dict[str, Any]], heading: str = "") -> dict[str, Any]:
    """A lesson of knowledge checks, which the learner's app can draw before there is an edition."""
    return {
        "id": str(uuid.uuid4()),
        "kind": "lesson",
        "heading": heading,
        "language": languages.SOURCE.code,
        "blocks": [{"id": item["id"], "type": "check", "question": item} for item in items],
    }
