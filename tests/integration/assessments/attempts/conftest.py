"""A server with an edition that has tests, and an officer who takes them."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.utils import timezone

from assessments.attempts import reader
from assessments.attempts.writing import SOURCE
from assessments.models import Attempt, AttemptAnswer, Statement
from elearning.users import device_keys
from modules.editions import canonical
from modules.editions.files import is_here, keep
from modules.models import Edition
from tests.integration.assessments.conftest import Tablet
from tests.support.attempts import Item, Seal, Sitter, know, named, part, right, single

# They depend on when a statement came, or on what the server has written itself.
BY_ARRIVAL = ("arrived", "statements")
OBJECTIVE = named("objective")
ITEMS = [
    single(f"item {number}", objective=OBJECTIVE if number < 2 else None) for number in range(5)
]
GRADED = part("graded", "graded", ITEMS)
RIGHT = {each["id"]: right(each) for each in ITEMS}


@dataclass
class World:
    tablet: Tablet
    module: uuid.UUID
    seal: Seal = field(default_factory=Seal)

    def publish(self, *parts: dict[str, Any], version: int = 1, language: str = "en") -> Edition:
        return publish(self.module, parts, version=version, language=language)

    def knows(self, items: Iterable[Item]) -> None:
        know(items)

    def tells_key(self) -> None:
        device_keys.keep(device=self.tablet.grant.device, public=self.seal.public)

    def sits(self, test: dict[str, Any], **more: Any) -> Sitter:
        own = {"officer": self.tablet.officer.pk, "device": self.tablet.grant.device}
        return Sitter(test=test, module=self.module, **{**own, "seal": self.seal, **more})

    def sends(self, *statements: dict[str, Any]) -> None:
        if not statements:
            return
        response = self.tablet.posts(list(statements))
        assert response.status_code == 200, response.content

    def reads(self, *statements: dict[str, Any]) -> Attempt:
        """After these were sent, the only attempt."""
        self.sends(*statements)
        reader.catch_up()
        return Attempt.objects.get()


@pytest.fixture
def world(tablet: Tablet) -> World:
    made = World(tablet, tablet.module)
    made.tells_key()
    return made


def publish(
    module: uuid.UUID, parts: Sequence[dict[str, Any]], *, version: int = 1, language: str = "en"
) -> Edition:
    listed = [{**_summary(part), "file": _kept(part)} for part in parts]
    manifest = {"format": 1, "module": str(module), "language": language, "parts": listed}
    Edition.objects.filter(module=module, language=language).update(current=False)
    return Edition.objects.create(
        module=module,
        language=language,
        version=version,
        digest=str(version),
        manifest=canonical.to_bytes(manifest).decode(),
        heading="Borders",
        summary="",
        minutes=1,
        lessons=0,
        files=0,
        size=0,
        published=timezone.now(),
    )


def _summary(part: dict[str, Any]) -> dict[str, Any]:
    return {name: part[name] for name in ("id", "kind", "heading")}


def _kept(part: dict[str, Any]) -> str:
    data = canonical.to_bytes(part)
    name = canonical.sha256(data)
    if not is_here(name):
        keep(name, "json", data)
    return name


def table() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """All that the reader knows."""
    return (
        list(Attempt.objects.order_by("pk").values()),
        [
            {name: row[name] for name in row if name != "id"}
            for row in AttemptAnswer.objects.order_by("attempt", "item").values()
        ],
    )


def timeless() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    attempts, answers = table()
    return [{k: row[k] for k in row if k not in BY_ARRIVAL} for row in attempts], answers


def marks(verb: str | None = None) -> list[Statement]:
    """What this server has written of attempts into the log, in order."""
    found = Statement.objects.filter(source=SOURCE).exclude(verb="registered").order_by("seq")
    return [row for row in found if verb is None or row.verb == verb]


@pytest.fixture
def graded(world: World) -> World:
    world.publish(GRADED)
    world.knows(ITEMS)
    return world
