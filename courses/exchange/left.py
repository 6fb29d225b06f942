"""Modules that are left as they are here, because this server could not mark their tests rightly."""

import json
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.attempts.tests import stored
from courses.exchange.editions import EditionRow
from courses.exchange.items import Key, VersionRow


@dataclass(frozen=True)
class LeftOut:
    """A module, and the version of an item that its test asks and that this server could not mark rightly."""

    module: uuid.UUID
    heading: str
    row: VersionRow

    def as_text(self) -> str:
        return self._why() % {
            "module": self.heading,
            "number": self.row.number,
            "item": self.row.item,
            "text": str(self.row.content.get("text", ""))[:90],
            "reason": self.row.problem,
        }

    def _why(self) -> str:
        if self.row.problem:
            return _(
                "The module “%(module)s” was left as it is here; all else was taken. Its test asks version %(number)s of "
                "the item %(item)s, “%(text)s”, and that version cannot be marked (%(reason)s). See that both servers "
                "are of the same version; if they are, have an author at the server above mend the item and publish "
                "it, then take down again what is new."
            )
        return _(
            "The module “%(module)s” was left as it is here; all else was taken. Its test asks version %(number)s of "
            "the item %(item)s, “%(text)s”, and that version says something else here than at the server above. "
            "Versions are never changed: have an author there change a word of the item and publish it, then take "
            "down again what is new."
        )


def left_out(
    editions: list[EditionRow], wrong: Mapping[Key, VersionRow]
) -> dict[uuid.UUID, LeftOut]:
    """By module, one version of each; a language of it is enough. Needs the editions' files."""
    found: dict[uuid.UUID, LeftOut] = {}
    for edition in editions if wrong else []:
        module = edition.columns["module"]
        for key in _asked_without_key(edition):
            if key in wrong and module not in found:
                found[module] = LeftOut(module, edition.columns["heading"], wrong[key])
    return found


def _asked_without_key(edition: EditionRow) -> Iterator[Key]:
    """What the tests of the edition ask, and this server has to know the key of."""
    for part in json.loads(edition.columns["manifest"])["parts"]:
        asked = stored(part["file"]).get("items", []) if part["kind"] == "test" else []
        yield from ((uuid.UUID(each["id"]), each["version"]) for each in asked if "key" not in each)
