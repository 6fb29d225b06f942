"""Tablets as light HTTP clients: sign in and send, on one connection that is kept."""

import http.client
import json
import uuid
from dataclasses import dataclass, field
from typing import Any

from tests.support.server import HOST
from tests.support.statements import statement

PASSWORD = "elearning-demo"


@dataclass
class Tablet:
    """One officer on one tablet; `close` it in the process that used it."""

    port: int
    username: str
    learner: str = ""
    grant: str = ""
    session: str = ""
    connection: http.client.HTTPConnection | None = field(default=None, repr=False)

    def sign_in(self) -> "Tablet":
        asked = {"username": self.username, "password": PASSWORD, "device": str(uuid.uuid4())}
        status, answer = self.request("POST", "/learn/api/sign-in", json.dumps(asked).encode())
        if status != 200:
            raise RuntimeError(f"{self.username} cannot sign in: {status} {answer.decode()}")
        found = json.loads(answer)
        self.learner, self.grant = found["learner"]["id"], found["grant"]
        self.session = found["session"]
        return self

    def request(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, bytes]:
        """Status and body. On a kept connection that the server has closed it is sent again."""
        kind = {"Content-Type": "application/json"} if body is not None else {}
        kept = self.connection is not None
        try:
            return self._request(method, path, body, {**kind, **headers})
        except (OSError, http.client.HTTPException):
            self.close()
            if not kept:
                raise
        return self._request(method, path, body, {**kind, **headers})

    def _request(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, bytes]:
        if self.connection is None:
            self.connection = http.client.HTTPConnection(HOST, self.port, timeout=120)
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        return response.status, response.read()

    def send(self, body: bytes) -> int:
        """The status that the server gives to these statements."""
        return self.request("POST", "/xapi/statements", body, **xapi(self.grant))[0]

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = None


def xapi(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "X-Experience-API-Version": "1.0.3"}


def batch(learner: str, size: int, **more: Any) -> bytes:
    module = more.pop("module", None) or uuid.uuid4()
    return json.dumps([statement(learner, module=module, **more) for _each in range(size)]).encode()
