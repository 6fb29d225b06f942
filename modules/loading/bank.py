"""The bank of a module: which items its other files may name."""

from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid5

from django.apps import apps

from modules.loading.source import Node, read

FILE = "bank.yaml"


@dataclass(frozen=True)
class BankItem:
    """An item as a page names it. What it is lies above this app; here it has a UUID only."""

    uuid: UUID

    def identity(self) -> str:
        return str(self.uuid)

    def key(self) -> int | None:
        """None where an author has deleted the item."""
        items = apps.get_model("assessments", "Item").objects
        return items.filter(uuid=self.uuid).values_list("pk", flat=True).first()


@dataclass(frozen=True)
class Bank:
    """Empty where the module has no bank.yaml."""

    module: UUID
    nodes: dict[str, Node] = field(default_factory=dict)

    def uuid(self, key: str) -> UUID:
        return uuid5(self.module, f"item/{key}")

    def item(self, node: Node, field: str, key: str) -> BankItem:
        """The item that `field` of `node` names; raises ContentError."""
        if key not in self.nodes:
            raise node.error(field, f"names {key!r}, which is not in {FILE}")
        return BankItem(self.uuid(key))

    def items(self, node: Node, field: str) -> list[tuple[str, BankItem]]:
        """The items of a list of keys, each with its key; raises ContentError."""
        keys = node.names(field)
        if not keys:
            raise node.error(field, "is empty")
        if len(set(keys)) < len(keys):
            raise node.error(field, "names an item twice")
        return [(key, self.item(node, field, key)) for key in keys]


def read_bank(folder: Path, module: UUID) -> Bank:
    path = folder / FILE
    if not path.is_file():
        return Bank(module)
    nodes = read(path, folder.parent).keyed("items")
    return Bank(module, {node.text("key"): node for node in nodes})
