"""An officer with a tablet, as a client of /xapi/."""

import gzip
import json
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from assessments.models import Scope
from assessments.xapi.clients import Client as XapiClient
from assessments.xapi.clients import person_account
from elearning.users import tokens
from elearning.users.models import Grant, User
from tests.integration.assessments.systems import System, make_system, passes_on
from tests.support.statements import by_server, statement


@dataclass
class Tablet:
    """Sends statements with an officer's write token."""

    officer: User
    grant: Grant
    token: str
    module: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def client(self) -> XapiClient:
        """Who the server takes this tablet's write token for."""
        user = self.grant.user_id
        scopes = frozenset({Scope.WRITE_OWN.value})
        return XapiClient(self.grant.device, user, person_account(user), scopes, tablet=True)

    def says(self, verb: str = "answered", **more: Any) -> dict[str, Any]:
        return statement(self.officer.id, verb, **{"module": self.module, **more})

    def is_marked(self, verb: str, **more: Any) -> dict[str, Any]:
        """A server has marked an attempt of this officer; only such a mark passes a module."""
        made = self.says(verb, **more)
        passes_on(by_server(made))
        return made

    def posts(self, statements: object, *, packed: bool = False, **headers: str) -> HttpResponse:
        body = json.dumps(statements).encode()
        if packed:
            body, headers["Content-Encoding"] = gzip.compress(body), "gzip"
        return self.posts_bytes(body, **headers)

    def posts_bytes(self, body: bytes, **headers: str) -> HttpResponse:
        sent = {
            "Authorization": f"Bearer {self.token}",
            "X-Experience-API-Version": "1.0.3",
            **headers,
        }
        return Client().post(
            "/xapi/statements", body, content_type="application/json", headers=sent
        )


def make_tablet(username: str) -> Tablet:
    officer = User.objects.create(username=username)
    token = tokens.new_token()
    grant = Grant.objects.create(
        user=officer,
        device=uuid.uuid4(),
        write_digest=tokens.digest(token),
        session_digest=tokens.digest(tokens.new_token()),
        session_expires=timezone.now() + timedelta(days=1),
    )
    return Tablet(officer, grant, token)


@pytest.fixture
def tablet(db: None) -> Tablet:
    return make_tablet("officer1")


@pytest.fixture
def other_tablet(db: None) -> Tablet:
    return make_tablet("officer2")


@pytest.fixture
def system(db: None) -> System:
    """With full access, as `make xapi-credential` gives it."""
    return make_system(Scope.WRITE, Scope.READ)


class Clock:
    """What the server takes the time to be."""

    def __init__(self) -> None:
        self.now = datetime(2026, 9, 20, 12, tzinfo=UTC)

    def set(self, text: str) -> None:
        self.now = datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock
