"""The alternate request syntax of 1.0.3 (part three, 1.3)."""

import json
import uuid
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client

from assessments.models import Statement
from tests.integration.assessments.systems import System, said


def form(system: System, method: str = "PUT", query: str = "", **fields: Any) -> HttpResponse:
    sent = {"Authorization": system.headers["Authorization"], "X-Experience-API-Version": "1.0.3"}
    return Client().post(
        f"/xapi/statements?method={method}{query}",
        urlencode(sent | fields),
        content_type="application/x-www-form-urlencoded",
    )


def test_a_form_puts_a_statement(system: System) -> None:
    name = str(uuid.uuid4())
    made = said()
    del made["id"]
    assert form(system, statementId=name, content=json.dumps(made)).status_code == 204
    assert Statement.objects.get().id == uuid.UUID(name)


def test_a_form_asks_for_statements(system: System) -> None:
    made = said()
    form(system, statementId=made["id"], content=json.dumps(made))
    response = form(system, "GET", limit="1")
    assert response.status_code == 200
    assert [each["id"] for each in response.json()["statements"]] == [made["id"]]


def test_nothing_else_may_stand_in_the_address(system: System) -> None:
    name = str(uuid.uuid4())
    response = form(system, query=f"&statementId={name}", content=json.dumps(said()))
    assert response.status_code == 400


def test_what_is_sent_must_stand_in_the_field_content(system: System) -> None:
    assert form(system, statementId=str(uuid.uuid4())).status_code == 400


def test_the_headers_of_the_form_count(system: System) -> None:
    name = str(uuid.uuid4())
    bad = {"X-Experience-API-Version": "0.8"}
    assert form(system, statementId=name, content="{}", **bad).status_code == 400
    assert (
        form(system, statementId=name, content="{}", Authorization="Basic eDp5").status_code == 401
    )


def test_it_goes_with_post_only(system: System) -> None:
    response = Client().put("/xapi/statements?method=PUT", "{}", headers=system.headers)
    assert response.status_code == 400


def test_version_2_has_none(system: System) -> None:
    version = {"X-Experience-API-Version": "2.0.0"}
    response = form(system, statementId=str(uuid.uuid4()), content=json.dumps(said()), **version)
    assert response.status_code == 400
    assert response.json()["error"] == "alternate-syntax"


def test_a_parameter_that_stands_twice_is_refused(system: System) -> None:
    response = Client().get("/xapi/statements?limit=1&limit=2", headers=system.headers)
    assert response.status_code == 400
