"""What the apps above add when a module is loaded: items and tests, which this app does not know."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from modules.loading.bank import Bank
from modules.loading.pages import PageSource
from modules.loading.source import Node, read
from modules.models import ModulePage


@dataclass(frozen=True)
class ModuleFiles:
    """The folder of one module, its `module.yaml` and its bank."""

    folder: Path
    node: Node
    uuid: UUID
    bank: Bank

    def named(self, key: str) -> Node | None:
        """The file that module.yaml names under this key, if it names one; raises ContentError."""
        if key not in self.node.values:
            return None
        return read(self.folder / self.node.text(key), self.folder.parent)


@dataclass(frozen=True)
class Additions:
    """Everything is read, and its mistakes told, before anything is written.

    `write_first` is called with the module's page before its parts are written, and gives a line
    for each thing that it wrote or left alone.
    """

    before_lessons: list[PageSource] = field(default_factory=list)
    after_lessons: list[PageSource] = field(default_factory=list)
    write_first: Callable[[ModulePage], Iterable[str]] = lambda _page: []


Reader = Callable[[ModuleFiles, list[PageSource]], Additions]
_asked: list[Reader] = []


def ask(reader: Reader) -> None:
    """From now on the loading of a module also asks this: `reader(files, lessons)`."""
    _asked.append(reader)


def additions(files: ModuleFiles, lessons: list[PageSource]) -> list[Additions]:
    return [reader(files, lessons) for reader in _asked]
