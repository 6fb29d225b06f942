"""The resources of documents, as a client sees them."""

import json
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client

from tests.integration.assessments.systems import MOODLE, person

ACTIVITY = f"{MOODLE}/quiz/1"
JSON = "application/json"
NEW = {"If-None-Match": "*"}
STATE = "activities/state"
AGENT_PROFILE = "agents/profile"
ACTIVITY_PROFILE = "activities/profile"
BELONGS_TO: dict[str, dict[str, str]] = {
    STATE: {"activityId": ACTIVITY, "agent": json.dumps(person("ann"))},
    AGENT_PROFILE: {"agent": json.dumps(person("ann"))},
    ACTIVITY_PROFILE: {"activityId": ACTIVITY},
}


@dataclass
class Shelf:
    """One resource, asked by one client about one agent or activity."""

    resource: str
    authorization: str
    params: dict[str, str]
    version: str = "1.0.3"
    mount: str = "/xapi"
    http: Client = field(default_factory=Client)

    @property
    def key(self) -> str:
        return "stateId" if self.resource == STATE else "profileId"

    def with_(self, **params: str) -> "Shelf":
        return replace(self, params=self.params | params)

    def speaking(self, version: str) -> "Shelf":
        return replace(self, version=version)

    def sends(
        self,
        method: str,
        name: str | None = None,
        content: bytes = b"",
        content_type: str = JSON,
        **headers: str,
    ) -> HttpResponse:
        params = self.params | ({} if name is None else {self.key: name})
        return self.http.generic(
            method,
            f"{self.mount}/{self.resource}?{urlencode(params)}",
            content,
            content_type=content_type,
            headers={
                "Authorization": self.authorization,
                "X-Experience-API-Version": self.version,
                **headers,
            },
        )

    def puts(self, name: str, content: object, **headers: str) -> HttpResponse:
        return self.sends("PUT", name, json.dumps(content).encode(), **headers)

    def posts(self, name: str, content: object, **headers: str) -> HttpResponse:
        return self.sends("POST", name, json.dumps(content).encode(), **headers)

    def gets(self, name: str) -> HttpResponse:
        return self.sends("GET", name)

    def deletes(self, name: str | None = None, **headers: str) -> HttpResponse:
        return self.sends("DELETE", name, **headers)

    def holds(self, name: str) -> Any:
        """What is kept as JSON under this name."""
        response = self.gets(name)
        assert response.status_code == 200, response.content
        return response.json()

    def names(self, **params: str) -> list[str]:
        response = self.with_(**params).sends("GET")
        assert response.status_code == 200, response.content
        found: list[str] = response.json()
        return found

    def etag(self, name: str) -> str:
        return self.gets(name).headers["ETag"]


def shelf(resource: str, authorization: str) -> Shelf:
    return Shelf(resource, authorization, BELONGS_TO[resource])
