"""A centre whose dump is taken, then the same database emptied: the site that it comes down to."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.core.files.storage import default_storage
from wagtail.models import Page

from courses.exchange.down import Loaded, dump, load
from courses.models import Cohort
from elearning.users.models import User
from elearning.users.roles import Role
from modules.editions import build_module
from modules.models import Edition, EditionFile, ModulePage
from tests.integration.courses import world
from tests.integration.modules import pages
from tests.support.storage import forget_files

PASSWORD = "a good password"


@dataclass
class Site:
    """What the centre last said, and this server, which takes it down."""

    data: dict[str, Any]
    store: dict[str, bytes]
    module: uuid.UUID
    fetched: list[str] = field(default_factory=list)

    def fetch(self, sha256: str, extension: str) -> bytes:
        self.fetched.append(f"{sha256}.{extension}")
        return self.store[sha256]

    def takes(self) -> Loaded:
        self.fetched.clear()
        return load(self.data, self.fetch)

    def entry(self, username: str) -> dict[str, Any]:
        (found,) = [each for each in self.data["people"] if each["username"] == username]
        return found

    @property
    def cohort(self) -> dict[str, Any]:
        (found,) = self.data["cohorts"]
        return found


@pytest.fixture
def centre(db: None) -> Iterator[uuid.UUID]:
    """A trainer, two officers and a module in two languages, due at the end of the year."""
    trainer = world.person("trainer1", Role.TRAINER, first_name="Asha")
    officers = [world.person(f"officer{number}", Role.OFFICER) for number in (1, 2)]
    for each in [trainer, *officers]:
        each.set_password(PASSWORD)
        each.save()
    module = pages.make_module(languages=("en", "my"))
    for heading in ("One", "Two"):
        pages.add_lesson(module, heading)
    build_module(module.uuid)
    made = world.cohort(trainer, "Border course A", officers, module.uuid)
    made.assignments.update(due=date(2030, 12, 31))
    yield module.uuid
    forget_files()


def say(module: uuid.UUID) -> Site:
    """What the centre says, as it comes over the line."""
    store = {}
    for file in EditionFile.objects.all():
        with default_storage.open(file.path) as stored:
            store[file.sha256] = stored.read()
    return Site(json.loads(json.dumps(dump())), store, module)


@pytest.fixture
def site(centre: uuid.UUID) -> Site:
    """An empty server, before it takes anything down."""
    said = say(centre)
    for page in ModulePage.objects.all():
        Page.objects.get(pk=page.pk).delete()
    for model in (Cohort, User, Edition, EditionFile):
        model.objects.all().delete()
    forget_files()
    return said
