"""A site and the centre in one database: whose keys are in the settings says which one it is now."""

import gzip
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from assessments.exchange import archive, sealed
from assessments.exchange.keys import Identity
from assessments.models import Partner, Scope, SetAside, Statement
from assessments.statements import services
from assessments.xapi.clients import Client
from tests.support.statements import statement


@dataclass
class World:
    """Starts as the site; the log of the other server is what it was when it was left."""

    settings: Settings
    stick: Path
    site: Identity
    centre: Identity

    def as_site(self) -> None:
        self.settings.EXCHANGE_KEY = self.site.text

    def as_centre(self) -> None:
        """An empty one."""
        self.settings.EXCHANGE_KEY = self.centre.text
        Statement.objects.all().delete()
        SetAside.objects.all().delete()

    def run(self, command: str, *arguments: str) -> str:
        out = StringIO()
        call_command(command, *arguments, stdout=out)
        return out.getvalue()

    def fails(self, command: str, *arguments: str) -> str:
        with pytest.raises(CommandError) as caught:
            self.run(command, *arguments)
        said = str(caught.value)
        assert "\n" not in said
        return said

    def file(self, name: str = "log") -> str:
        return str(self.stick / name)

    def export(self, name: str = "log", *more: str) -> str:
        return self.run("export_log", self.file(name), "--to", "centre", *more)

    def take(self, name: str = "log", receipt: str = "receipt") -> str:
        return self.run("import_log", self.file(name), "--receipt", self.file(receipt))

    def note(self, name: str = "receipt") -> str:
        return self.run("import_receipt", self.file(name))

    @property
    def mark(self) -> int:
        return Partner.objects.get(name="centre").received

    def stores(self, *statements: dict[str, Any], **attached: bytes) -> None:
        scopes = frozenset({Scope.WRITE.value})
        name = uuid.UUID(int=9)
        client = Client(name, name, {}, scopes, tablet=False)
        services.store(client=client, statements=statements, attached=attached)

    def answers(self, number: int) -> list[dict[str, Any]]:
        officer, module = uuid.UUID(int=7), uuid.UUID(int=1)
        made = [statement(officer, module=module) for _number in range(number)]
        self.stores(*made)
        return made


def log() -> list[tuple[uuid.UUID, bytes]]:
    """What was said, without what each server sets itself."""
    return [
        (name, bytes(digest))
        for name, digest in Statement.objects.order_by("id").values_list("id", "digest")
    ]


def seal_log(world: World, content: str, **attached: bytes) -> None:
    """What a site with other ideas of a statement might send."""
    about = {"format": 1, "after": 0, "until": 9, "last": str(uuid.uuid4())}
    with (
        sealed.sealed_file(
            Path(world.file()), kind="log", sender=world.site, receiver=world.centre.public
        ) as target,
        archive.written(target) as writer,
    ):
        writer.add_json("log.json", about)
        for name, data in attached.items():
            writer.add(f"attachments/{name}", data)
        writer.add("statements/1.json.gz", gzip.compress(content.encode()))


@pytest.fixture
def world(db: None, settings: Settings, tmp_path: Path) -> Iterator[World]:
    made = World(settings, tmp_path, Identity.generate(), Identity.generate())
    for name, keys in (("site", made.site.public), ("centre", made.centre.public)):
        Partner.objects.create(pk=keys.id, name=name, public=keys.text, above=name == "centre")
    made.as_site()
    return made
