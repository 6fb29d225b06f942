"""The tablet's outbox, modelled in Python: it keeps its promises over any network.

The same rules as elearning/offline/static/offline/sync.js (which the browser tests drive): send in
batches, forget a statement only once the server has named it, halve a refused batch until the
guilty statement is found and set that one aside, never throw anything away on a 401.
"""

import gzip
import http.client
import json
import random
import time
from dataclasses import dataclass, field
from typing import Any

from tests.support.server import HOST

BATCH = 100
REFUSED = (400, 403, 409)


class Unavailable(Exception):
    """No answer, or none that settles anything: try again later."""


@dataclass
class Outbox:
    """One officer's waiting statements; `port` is where the server seems to be."""

    officer: str
    token: str
    port: int
    random: random.Random
    waiting: list[dict[str, Any]] = field(default_factory=list)
    received: set[str] = field(default_factory=set)
    aside: dict[str, str] = field(default_factory=dict)
    tries: int = 0
    pause: float = 0.25

    def write(self, statement: dict[str, Any]) -> None:
        self.waiting.append(statement)

    def send_until(self, deadline: float) -> None:
        """Send all that waits, again and again, until nothing does; raises TimeoutError."""
        while self.waiting:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{len(self.waiting)} answers of {self.officer} still wait")
            try:
                self._send(self.waiting[: self.random.randint(1, BATCH)])
            except Unavailable:
                time.sleep(self.random.uniform(0.1, 1) * self.pause)

    def _send(self, batch: list[dict[str, Any]]) -> None:
        status, answer = self._post(batch)
        if status == 200:
            self._settle(set(answer))
            self.received |= set(answer)
        elif status in REFUSED and len(batch) == 1:
            (guilty,) = batch
            self.aside[guilty["id"]] = answer["error"]
            self._settle({guilty["id"]})
        elif status in REFUSED:
            half = len(batch) // 2
            self._send(batch[:half])
            self._send(batch[half:])
        else:
            raise Unavailable

    def _settle(self, ids: set[str]) -> None:
        self.waiting = [each for each in self.waiting if each["id"] not in ids]

    def _post(self, batch: list[dict[str, Any]]) -> tuple[int, Any]:
        """Status and JSON of a whole answer; half an answer counts as none."""
        self.tries += 1
        connection = http.client.HTTPConnection(HOST, self.port, timeout=20)
        try:
            connection.request("POST", "/xapi/statements", *self._request(batch))
            response = connection.getresponse()
            return response.status, json.loads(response.read())
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Unavailable from error
        finally:
            connection.close()

    def _request(self, batch: list[dict[str, Any]]) -> tuple[bytes, dict[str, str]]:
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "X-Experience-API-Version": "1.0.3",
        }
        body = json.dumps(batch).encode()
        if self.random.random() < 0.5:
            return gzip.compress(body), {**headers, "Content-Encoding": "gzip"}
        return body, headers
