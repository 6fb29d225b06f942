"""The last look at what an edition would hold: what is asked without its key has no key on the tablet."""

from collections.abc import Iterable, Iterator
from typing import Any

from modules import checks

Document = dict[str, Any]


class KeyGivenAway(Exception):
    """The sentence names the item and both parts."""

    @classmethod
    def within(cls, item: Document, asked: str, given: str) -> "KeyGivenAway":
        return cls(
            f"“{item['text']}” is asked in “{asked}”, and its answer stands in “{given}”. No edition was built. "
            "Take it out of one of the two and publish."
        )


def check(parts: Iterable[Document]) -> None:
    """Raises KeyGivenAway. The forms of the pages refuse this already; a page can be published without its form."""
    documents = list(parts)
    given = {item["id"]: part for part in documents for item in _items(part) if "key" in item}
    for part in documents:
        for item in part.get("items", []):
            if "key" not in item and item["id"] in given:
                raise KeyGivenAway.within(item, part["heading"], given[item["id"]]["heading"])


def check_elsewhere(parts: Iterable[Any]) -> None:
    """The same of pages of other modules, which are on the same tablet; raises KeyGivenAway."""
    for part in parts:
        for _field, sentence in checks.mistakes_of_built(part):
            raise KeyGivenAway(str(sentence))


def _items(part: Document) -> Iterator[Document]:
    yield from part.get("items", [])
    yield from (block["question"] for block in part.get("blocks", []) if "question" in block)
