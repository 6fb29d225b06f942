"""A system with a credential, as a client of /xapi/."""

import base64
import json
import uuid
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client

from assessments.credentials import Made, make_credential
from assessments.models import Scope
from assessments.statements import services
from assessments.xapi.clients import Client as XapiClient

MOODLE = "https://moodle.example"
ANSWERED = "http://adlnet.gov/expapi/verbs/answered"
VOIDED = "http://adlnet.gov/expapi/verbs/voided"


SITE = uuid.UUID(int=1)


@dataclass
class System:
    made: Made
    version: str = "1.0.3"
    mount: str = "/xapi"
    http: Client = field(default_factory=Client)

    @property
    def headers(self) -> dict[str, str]:
        packed = base64.b64encode(self.made.pair.encode()).decode()
        return {"Authorization": f"Basic {packed}", "X-Experience-API-Version": self.version}

    def asks(self, resource: str = "statements", **params: str) -> HttpResponse:
        address = f"{self.mount}/{resource}?{urlencode(params)}"
        return self.http.get(address, headers=self.headers)

    def finds(self, **params: str) -> list[str]:
        """The ids of the statements on the first page, newest first."""
        response = self.asks(**params)
        assert response.status_code == 200, response.content
        return [each["id"] for each in response.json()["statements"]]

    def posts(self, statements: object, **headers: str) -> HttpResponse:
        return self.posts_bytes(json.dumps(statements).encode(), "application/json", **headers)

    def posts_bytes(self, body: bytes, content_type: str, **headers: str) -> HttpResponse:
        return self.http.post(
            f"{self.mount}/statements",
            body,
            content_type=content_type,
            headers={**self.headers, **headers},
        )

    def puts(self, name: str, statement: object) -> HttpResponse:
        return self.http.put(
            f"{self.mount}/statements?{urlencode({'statementId': name})}",
            json.dumps(statement),
            content_type="application/json",
            headers=self.headers,
        )

    def stores(self, *statements: dict[str, Any]) -> list[str]:
        response = self.posts(list(statements))
        assert response.status_code == 200, response.content
        ids: list[str] = response.json()
        return ids


def make_system(*scopes: Scope, **more: Any) -> System:
    return System(make_credential(label="a system", scopes=scopes, **more))


def passes_on(*statements: dict[str, Any]) -> None:
    """As a site that passes its log on: who has vouched for a statement there still does."""
    site = XapiClient(SITE, SITE, {}, frozenset({Scope.FORWARD.value}), tablet=False)
    services.store(client=site, statements=statements)


def person(name: str) -> dict[str, Any]:
    return {"account": {"homePage": MOODLE, "name": name}}


def said(name: str = "ann", **more: Any) -> dict[str, Any]:
    """A small statement of somebody at another platform; what is not given is new."""
    return {
        "id": str(uuid.uuid4()),
        "actor": person(name),
        "verb": {"id": ANSWERED, "display": {"en": "answered", "fr": "a répondu"}},
        "object": {"id": f"{MOODLE}/quiz/{uuid.uuid4()}"},
        **more,
    }


def about(activity: str, **definition: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"objectType": "Activity", "id": activity}
    return found | ({"definition": definition} if definition else {})


def reference(name: str) -> dict[str, Any]:
    return {"objectType": "StatementRef", "id": name}


def voiding(name: str, by: str = "administrator") -> dict[str, Any]:
    return said(by, verb={"id": VOIDED}, object=reference(name))
