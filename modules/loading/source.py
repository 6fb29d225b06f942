"""Reading a content file so that every mistake is told by file and key."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

# The C loader where the wheel has it: ten times faster, the same language.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class ContentError(ValueError):
    """One sentence that names the file and the key."""


@dataclass(frozen=True)
class Node:
    """A mapping in a content file; `path` is the keys that lead to it, for messages."""

    file: str
    path: str
    values: dict[str, Any]

    def error(self, key: str, problem: str) -> ContentError:
        where = ".".join(part for part in (self.path, key) if part)
        return ContentError(f"{self.file}: {where} {problem}.")

    def text(self, key: str, *, empty: bool = False) -> str:
        value = self.values.get(key)
        if not isinstance(value, str):
            raise self.error(key, "is missing" if value is None else "is not text; quote it")
        if not value.strip() and not empty:
            raise self.error(key, "is empty")
        return value.strip()

    def number(self, key: str, low: int, high: int) -> int:
        value = self.values.get(key)
        if type(value) is not int or not low <= value <= high:
            raise self.error(key, f"is not a whole number from {low} to {high}")
        return value

    def flag(self, key: str) -> bool:
        value = self.values.get(key)
        if not isinstance(value, bool):
            raise self.error(key, "is neither true nor false")
        return value

    def choice(self, key: str, allowed: tuple[str, ...]) -> str:
        value = self.text(key)
        if value not in allowed:
            raise self.error(key, f"is {value!r}, not one of {', '.join(allowed)}")
        return value

    def uuid(self, key: str) -> UUID:
        try:
            return UUID(self.text(key))
        except ValueError as error:
            raise self.error(key, "is not a UUID") from error

    def names(self, key: str) -> list[str]:
        value = self.values.get(key)
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            raise self.error(key, "is not a list of names")
        return value

    def texts(self, key: str) -> list[str]:
        value = self.values.get(key)
        if not isinstance(value, list) or not value:
            raise self.error(key, "is missing or is not a list")
        if not all(isinstance(text, str) and text.strip() for text in value):
            raise self.error(key, "holds something that is not text; quote it")
        return [text.strip() for text in value]

    def node(self, key: str) -> "Node":
        value = self.values.get(key)
        if not isinstance(value, dict):
            raise self.error(key, "is missing or is not a mapping")
        return Node(self.file, f"{self.path}.{key}".lstrip("."), value)

    def keyed(self, key: str) -> list["Node"]:
        """The mappings of a list, each with a `key` of its own within the list."""
        value = self.values.get(key)
        if not isinstance(value, list) or not value:
            raise self.error(key, "is missing or is not a list")
        nodes = list(self._nodes(key, value))
        seen: set[str] = set()
        for node in nodes:
            name = node.text("key")
            if name in seen:
                raise node.error("key", f"{name!r} is used twice")
            seen.add(name)
        return nodes

    def _nodes(self, key: str, value: list[Any]) -> Iterator["Node"]:
        for index, entry in enumerate(value):
            place = f"{self.path}.{key}".lstrip(".")
            if not isinstance(entry, dict):
                raise self.error(f"{key}[{index}]", "is not a mapping")
            yield Node(self.file, f"{place}[{entry.get('key', index)}]", entry)


def read(path: Path, root: Path) -> Node:
    """The mapping in a YAML file; messages name the file relative to `root`. Raises ContentError."""
    name = str(path.relative_to(root))
    try:
        values = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - safe
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(f"{name}: the file cannot be read ({error}).") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" in line {mark.line + 1}" if mark else ""
        raise ContentError(f"{name}: this is not YAML{line}.") from error
    if not isinstance(values, dict):
        raise ContentError(f"{name}: the file is not a mapping.")
    return Node(name, "", values)
