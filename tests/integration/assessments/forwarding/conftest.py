"""The centre: a real second server, and a stand-in for what only a bad network answers."""

import gzip
import json
import threading
import urllib.error
import urllib.request
import uuid
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from assessments.statements.services import store
from tests.integration.assessments.conftest import Tablet
from tests.support import database
from tests.support.log import Log
from tests.support.server import HOST, Server


@dataclass
class Centre:
    """The next server, in a process and with a database of its own."""

    server: Server
    credential: str

    @property
    def log(self) -> Log:
        return Log(self.server.database)

    def takes(self, statement: dict[str, Any]) -> list[str]:
        """What comes straight to it, past the site."""
        basic = b64encode(self.credential.encode()).decode()
        headers = {
            "Authorization": f"Basic {basic}",
            "Content-Type": "application/json",
            "X-Experience-API-Version": "1.0.3",
        }
        body = json.dumps(statement).encode()
        url = f"{self.server.url}/xapi/statements"
        with urllib.request.urlopen(urllib.request.Request(url, body, headers)) as response:
            return json.load(response)

    def holds(self) -> dict[str, dict[str, Any]]:
        """Its log, by id."""
        rows = self.log.rows("SELECT id, payload FROM assessments_statement")
        return {str(uuid.UUID(str(name))): json.loads(payload) for name, payload in rows}


@pytest.fixture(scope="package")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    made = database.fresh(connection.vendor, tmp_path_factory.mktemp("centre"), pages=False)
    with Server(made, workers=1) as server:
        credential = made.manage("make_credential", "a site", "--scope", "forward").strip()
        yield Centre(server, credential)
    made.drop()


@pytest.fixture
def upstream(centre: Centre, settings: Settings) -> Centre:
    """The centre, as the next server of this one."""
    settings.UPSTREAM_URL = centre.server.url
    settings.UPSTREAM_CREDENTIAL = centre.credential
    return centre


@dataclass(frozen=True)
class Asked:
    """One request as it came; `statements` of what is no multipart."""

    headers: dict[str, str]
    body: bytes

    @property
    def statements(self) -> list[dict[str, Any]]:
        return json.loads(self.body)

    @property
    def ids(self) -> list[str]:
        return [each["id"] for each in self.statements]


Answer = tuple[int, bytes | list[str] | dict[str, Any]]


@dataclass
class StandIn:
    """Answers whatever `answer` says; takes everything at first."""

    url: str
    answer: Callable[[Asked], Answer] = lambda asked: (200, asked.ids)
    asked: list[Asked] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)


@pytest.fixture
def stand_in(settings: Settings) -> Iterator[StandIn]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = gzip.decompress(self.rfile.read(int(self.headers["Content-Length"])))
            asked = Asked(dict(self.headers), body)
            made.asked.append(asked)
            status, said = made.answer(asked)
            text = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(status)
            for name, value in {"Content-Length": str(len(text)), **made.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer((HOST, 0), Handler)
    made = StandIn(f"http://{HOST}:{server.server_port}")
    settings.UPSTREAM_URL, settings.UPSTREAM_CREDENTIAL = made.url, "name:secret"
    thread = threading.Thread(target=server.serve_forever, args=[0.02])
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


def stored(tablet: Tablet, count: int = 1, **more: Any) -> list[dict[str, Any]]:
    """In the order of the log: a batch enters it by its ids."""
    made = sorted((tablet.says(**more) for _number in range(count)), key=lambda each: each["id"])
    store(client=tablet.client, statements=made)
    return made
