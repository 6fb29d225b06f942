"""What the tests of a module are called, as its editions say."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessments.models import Purpose
from elearning import languages
from modules.models import Edition


@dataclass(frozen=True)
class TestPart:
    """A test of a module; `place` is where it stands in the module. One that no edition here has is
    called so and comes last."""

    id: UUID
    module: UUID
    heading: str
    purpose: str = Purpose.PRACTICE
    place: int = 10_000

    @property
    def purpose_label(self) -> str:
        return str(Purpose(self.purpose).label)


@dataclass(frozen=True)
class Parts:
    """Tests by id and the words of objectives by id, in the active language where there are some."""

    tests: dict[UUID, TestPart] = field(default_factory=dict)
    objectives: dict[str, str] = field(default_factory=dict)

    def of(self, module: UUID) -> list[TestPart]:
        found = [part for part in self.tests.values() if part.module == module]
        return sorted(found, key=lambda part: (part.place, part.heading, str(part.id)))

    def test(self, test: UUID, module: UUID) -> TestPart:
        return self.tests.get(test) or TestPart(test, module, _("A deleted test"))

    def objective(self, objective: str | None) -> str:
        if not objective:
            return _("No objective")
        return self.objectives.get(objective) or _("A deleted objective")


def parts_of(modules: Iterable[UUID], tests: Iterable[UUID] = ()) -> Parts:
    """The tests of the current editions, and those of `tests` that only older ones have.

    One query, and one more where there are such.
    """
    wanted = list(set(modules))
    editions = Edition.objects.filter(module__in=wanted)
    parts = Parts()
    _read(editions.current(), parts)
    if set(tests) - parts.tests.keys():
        _read(editions.filter(current=False).order_by("-version"), parts)
    return parts


def _read(editions: Iterable[Edition], parts: Parts) -> None:
    """What is known already stands; the active language goes before the source, that before others."""
    order = {get_language(): 0, languages.SOURCE.code: 1}
    for edition in sorted(editions, key=lambda each: order.get(each.language, 2)):
        manifest = json.loads(edition.manifest)
        for place, part in enumerate(manifest.get("parts", [])):
            if part.get("kind") == "test":
                parts.tests.setdefault(UUID(part["id"]), _part(edition.module, part, place))
        for objective in manifest.get("objectives", []):
            parts.objectives.setdefault(objective["id"], objective["text"])


def _part(module: UUID, part: dict[str, Any], place: int) -> TestPart:
    purpose = part.get("purpose", Purpose.PRACTICE)
    return TestPart(
        id=UUID(part["id"]),
        module=module,
        heading=part["heading"],
        purpose=purpose if purpose in Purpose.values else Purpose.PRACTICE,
        place=place,
    )
