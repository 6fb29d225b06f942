"""The items of bank.yaml, written as an author would write them; never over an author's edit."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from wagtail.fields import StreamField

from assessments.blocks import KINDS
from assessments.loading.bodies import Bodies
from assessments.models import Item
from modules.editions import canonical
from modules.loading.above import ModuleFiles
from modules.loading.illustrations import Illustrations, document_identity
from modules.loading.memory import Outcome, load
from modules.loading.pages import identity, write_field
from modules.loading.source import Node
from modules.models import ModulePage

# What an author can edit, and the file says.
FIELDS = (
    *("text", "body", "explanation", "source"),
    *("module", "objective", "difficulty", "confidence", "shuffle"),
)
NAMES = tuple(name for name, _label in KINDS)


@dataclass(frozen=True)
class ItemSource:
    """One item as the bank's file says it (modules.loading.memory.Source)."""

    uuid: UUID
    fields: dict[str, Any]

    def digest(self) -> str:
        return canonical.sha256(canonical.to_bytes(self.fields, default=identity))

    def find(self) -> Item | None:
        return Item.objects.filter(uuid=self.uuid).first()

    def write_to(self, target: Item) -> None:
        for name, value in self.fields.items():
            write_field(target, name, value)

    def written_digest(self, target: Item) -> str:
        """A drawing counts by what its document holds, as on a page."""
        data = target.serializable_data()
        streams = {name for name in FIELDS if isinstance(Item._meta.get_field(name), StreamField)}
        content = {
            name: json.loads(data[name]) if name in streams else data[name] for name in FIELDS
        }
        for held in content["body"]:
            if drawing := held["value"].get("drawing"):
                content["drawing"] = document_identity(drawing)
        return canonical.sha256(json.dumps(content, sort_keys=True, default=str).encode())


def item_sources(files: ModuleFiles) -> list[ItemSource]:
    objectives = {
        node.text("key"): uuid5(files.uuid, node.text("key"))
        for node in (files.node.keyed("objectives") if files.bank.nodes else [])
    }
    return [
        _source(node, files.bank.uuid(key), objectives) for key, node in files.bank.nodes.items()
    ]


def load_items(sources: list[ItemSource], module: ModulePage) -> Iterator[str]:
    for source in sources:

        def create(source: ItemSource = source) -> Item:
            item = Item(uuid=source.uuid, module=module, live=False)
            source.write_to(item)
            item.save()
            return item

        outcome, _item = load(source, create)
        if outcome is not Outcome.UNCHANGED:
            yield f"{source.fields['text'][:60]}: {outcome.value}"


def _source(node: Node, uuid: UUID, objectives: dict[str, UUID]) -> ItemSource:
    kind = node.choice("kind", NAMES)
    objective = node.choice("objective", tuple(objectives))
    bodies = Bodies(uuid, Illustrations(settings.ILLUSTRATIONS_DIR))
    fields = {
        "text": node.text("text"),
        "body": bodies.body(kind, node),
        "explanation": node.text("explanation"),
        "source": node.text("source"),
        "objective": str(objectives[objective]),
        "difficulty": node.number("difficulty", 1, 3),
        "confidence": "confidence" in node.values and node.flag("confidence"),
        "shuffle": node.flag("shuffle") if "shuffle" in node.values else kind != "truefalse",
    }
    return ItemSource(uuid, fields)
