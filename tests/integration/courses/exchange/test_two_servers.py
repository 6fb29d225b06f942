"""A centre and a site, each a real server with a database of its own."""

import hashlib
import json
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support import database
from tests.support.manage import run
from tests.support.server import Server

pytestmark = pytest.mark.own_databases
PASSWORD = "elearning-demo"
WITHDRAW = """
from courses.models import Assignment
from elearning.users.models import User
Assignment.objects.all().delete()
User.objects.filter(username="officer2").update(is_active=False)
"""


@dataclass
class Pair:
    centre: Server
    site: Server
    credential: str

    def pull(self) -> str:
        """What the command said at the site."""
        above = {"UPSTREAM_URL": self.centre.url, "UPSTREAM_CREDENTIAL": self.credential}
        return run("pull_from_upstream", env=self.site.database.environment(**above))


@pytest.fixture(params=database.vendors())
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Pair]:
    above = database.fresh(request.param, tmp_path / "centre", pages=False)
    below = database.bare(request.param, tmp_path / "site")
    try:
        scopes = ("--scope", "forward", "--scope", "roster")
        credential = above.manage("make_credential", "Site", *scopes).strip()
        with Server(above, workers=1) as centre, Server(below, workers=1) as site:
            yield Pair(centre, site, credential)
    finally:
        above.drop()
        below.drop()


def ask(url: str, body: object = None, **headers: str) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json", **headers})
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.load(response)


def sign_in(site: Server, username: str) -> Any:
    asked = {"username": username, "password": PASSWORD, "device": str(uuid.uuid4())}
    return ask(f"{site.url}/learn/api/sign-in", asked)


def assigned(site: Server, session: str) -> list[Any]:
    found = ask(f"{site.url}/learn/api/assignments?format=2", Authorization=f"Bearer {session}")
    return list(found["assignments"])


def test_an_officer_learns_at_a_site_with_no_further_contact_to_the_centre(pair: Pair) -> None:
    said = pair.pull()
    assert "people: 11 added, 0 unchanged" in said
    pair.centre.stop()
    an_officer_learns(pair.site)
    pair.centre.start()
    pair.centre.database.manage("shell", "--no-imports", "-c", WITHDRAW)
    assert "assignments: 1 ended, 0 unchanged" in pair.pull()
    assert assigned(pair.site, sign_in(pair.site, "officer1")["session"]) == []
    with pytest.raises(urllib.error.HTTPError) as refused:
        sign_in(pair.site, "officer2")
    assert refused.value.code == 401


def an_officer_learns(site: Server) -> None:
    signed_in = sign_in(site, "officer1")
    (assignment,) = assigned(site, signed_in["session"])
    entry = assignment["editions"][0]
    assert assignment["heading"] == entry["heading"]
    manifest = ask(site.url + entry["manifest"])
    assert manifest["files"]
    for file in manifest["files"]:
        with urllib.request.urlopen(site.url + file["url"], timeout=30) as response:
            assert hashlib.sha256(response.read()).hexdigest() == file["sha256"]
    offered = ask(f"{site.url}/editions/index.json?format=2")["editions"]
    assert entry in offered
