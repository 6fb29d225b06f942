"""GET /sync/down: for whom, and at what cost."""

import base64
import gzip
import json
import uuid

import pytest
from django.http import HttpResponse
from django.test import Client

from assessments.credentials import make_credential, revoke_credential
from assessments.models import Scope
from courses.exchange.down import dump
from courses.models import Cohort, ExportLog
from elearning.users.models import User
from tests.integration.courses import world


def credential(*scopes: Scope) -> str:
    return make_credential(label="Site", scopes=scopes).pair


def ask(pair: str, **headers: str) -> HttpResponse:
    basic = "Basic " + base64.b64encode(pair.encode()).decode()
    return Client().get("/sync/down", headers={"Authorization": basic, **headers})


def test_a_site_gets_the_dump(centre: uuid.UUID) -> None:
    answer = ask(credential(Scope.ROSTER))
    assert answer.status_code == 200
    assert answer.json() == json.loads(json.dumps(dump()))
    assert "no-store" in answer["Cache-Control"]


def test_it_comes_gzipped(centre: uuid.UUID) -> None:
    answer = ask(credential(Scope.ROSTER), **{"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(answer.content))["format"] == 1


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_an_unchanged_roster_costs_nothing(centre: uuid.UUID, encoding: str) -> None:
    pair = credential(Scope.ROSTER)
    etag = ask(pair, **{"Accept-Encoding": encoding})["ETag"]
    again = ask(pair, **{"Accept-Encoding": encoding, "If-None-Match": etag})
    assert again.status_code == 304
    assert again.content == b""
    Cohort.objects.update(name="Renamed")
    assert ask(pair, **{"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("scope", [each for each in Scope if each is not Scope.ROSTER])
def test_another_scope_does_not_allow_it(centre: uuid.UUID, scope: Scope) -> None:
    assert ask(credential(scope)).status_code == 403
    assert not ExportLog.objects.exists()


def test_nobody_else_gets_it(centre: uuid.UUID) -> None:
    made = make_credential(label="Site", scopes=[Scope.ROSTER])
    revoke_credential(credential=made.credential.pk)
    assert ask(made.pair).status_code == 401
    assert ask("x:y").status_code == 401
    assert Client().get("/sync/down").status_code == 401
    officer = User.objects.get(username="officer1")
    for token in world.grant(officer):
        headers = {"Authorization": f"Bearer {token}"}
        assert Client().get("/sync/down", headers=headers).status_code in (401, 403)
    officer.is_superuser = True
    officer.save()
    assert world.web(officer).get("/sync/down").status_code == 401
    assert Client().post("/sync/down").status_code == 405


def test_a_note_says_which_site_took_how_many_and_names_nobody(centre: uuid.UUID) -> None:
    made = make_credential(label="Site", scopes=[Scope.ROSTER])
    etag = ask(made.pair)["ETag"]
    ask(made.pair, **{"If-None-Match": etag})
    note = ExportLog.objects.get()
    assert (note.table, note.format, note.rows, note.person) == ("down", "json", 3, None)
    assert note.filters == {"credential": str(made.credential.pk)}
