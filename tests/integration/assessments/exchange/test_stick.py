"""Two servers with databases of their own and nothing between them but a stick."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assessments.exchange.keys import Identity
from tests.support import database
from tests.support.database import Database
from tests.support.log import Log
from tests.support.manage import run
from tests.support.statements import statement, store

pytestmark = pytest.mark.own_databases
RENAME_ALL = """
from django.db.models import F, Value
from django.db.models.functions import Concat
from elearning.users.models import User
User.objects.update(username=Concat(Value("local-"), F("username")))
"""
RENAME_ONE = """
from elearning.users.models import User
User.objects.filter(username="officer1").update(last_name="Renamed")
"""


@dataclass(frozen=True)
class Site:
    database: Database
    identity: Identity

    def manage(self, *arguments: str) -> str:
        return run(*arguments, env=self.database.environment(EXCHANGE_KEY=self.identity.text))

    def fails(self, *arguments: str) -> str:
        with pytest.raises(RuntimeError) as caught:
            self.manage(*arguments)
        return str(caught.value)

    def log(self) -> dict[str, Any]:
        """What was said, by id, without the moment in which each server stored it."""
        rows = Log(self.database).rows("SELECT payload FROM assessments_statement")
        found = [json.loads(payload) for (payload,) in rows]
        return {each["id"]: each | {"stored": None} for each in found}

    def number(self, query: str) -> int:
        ((found,),) = Log(self.database).rows(query)
        return int(found)


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[tuple[Site, Site]]:
    """A site on SQLite and a centre on PostgreSQL, where there is one; each trusts the other."""
    site, centre = (
        Site(database.fresh(vendor, tmp_path / name, pages=False), Identity.generate())
        for name, vendor in (("site", "sqlite"), ("centre", database.vendors()[-1]))
    )
    try:
        site.manage("exchange_trust", "centre", centre.identity.public.text, "--centre")
        centre.manage("exchange_trust", "site", site.identity.public.text)
        yield site, centre
    finally:
        site.database.drop()
        centre.database.drop()


def test_a_log_goes_up_by_stick_and_its_receipt_comes_back(
    servers: tuple[Site, Site], tmp_path: Path
) -> None:
    site, centre = servers
    officer, module = uuid.uuid4(), uuid.uuid4()
    made = [statement(officer, module=module) for _number in range(12)]
    store(site.database, made)
    log, receipt, damaged = (str(tmp_path / name) for name in ("log", "receipt", "damaged"))
    assert "12 statements" in site.manage("export_log", log, "--to", "centre")

    data = bytearray(Path(log).read_bytes())
    data[len(data) // 2] ^= 1
    Path(damaged).write_bytes(data)
    assert "damaged" in centre.fails("import_log", damaged, "--receipt", receipt)
    assert centre.log() == {}
    assert not Path(receipt).exists()

    for stored, known in ((12, 0), (0, 12), (0, 12)):
        said = centre.manage("import_log", log, "--receipt", receipt)
        assert f"{stored} statements stored, {known} known already, 0 set aside" in said
        assert centre.log() == site.log()
        assert len(site.log()) == 12

    site.manage("import_receipt", receipt)
    last = site.number("SELECT max(seq) FROM assessments_statement")
    assert site.number("SELECT received FROM assessments_partner") == last
    assert "nothing new" in site.manage("export_log", log, "--to", "centre")


def test_people_and_editions_come_down_by_stick(servers: tuple[Site, Site], tmp_path: Path) -> None:
    pytest.importorskip("courses.exchange.down")
    site, centre = servers
    # The demo people of the site are other people, who have the same user names.
    site.manage("shell", "-c", RENAME_ALL)
    centre.manage("shell", "-c", RENAME_ONE)
    file = str(tmp_path / "bundle")
    centre.manage("export_bundle", file, "--to", "site")
    data = Path(file).read_bytes()
    renamed = "SELECT count(*) FROM users_user WHERE last_name = 'Renamed'"

    Path(file).write_bytes(data[:-1])
    assert "damaged" in site.fails("import_bundle", file)
    assert site.number(renamed) == 0

    Path(file).write_bytes(data)
    said = [site.manage("import_bundle", file) for _time in range(3)]
    assert said[1] == said[2]
    assert site.number(renamed) == 1
