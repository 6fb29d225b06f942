"""One request to the next server: POST /xapi/statements (xAPI 1.0.3, part three, 2.1.2)."""

import gzip
import http.client
import json
import time
import urllib.error
import urllib.request
from typing import IO

from django.conf import settings

from assessments import upstream
from assessments.forwarding.batches import Batch
from assessments.forwarding.errors import NotAllowed, Refusal, Unavailable
from assessments.xapi.versions import HEADER
from elearning.errors import ServiceError

TIMEOUT = 60  # seconds without a sign of life
LONGEST_ANSWER = (
    60  # seconds for the body, however lively; for the headers upstream.LONGEST_HEADERS
)
# A list of 200 ids has 8 KB; whatever answers with more than this is not the next server.
MOST_ANSWER = 1_000_000
DROP = 65_536
# With the scope "forward" statements may be about anybody.
WRONG_CREDENTIAL = frozenset({"not-allowed", "other-person"})
# The request did not arrive as it was sent, or the next server is too old for it.
NOT_THE_STATEMENTS = frozenset(
    {
        "alternate-syntax", "bad-content-type", "bad-gzip", "bad-json", "bad-version", "no-statements",
        "unknown-encoding", "unknown-parameter",
    }
)  # fmt: skip


def post(batch: Batch) -> None:
    """Return when the next server has all of it. Raises Refusal, NotAllowed or Unavailable."""
    status, text = _answer(batch)
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        answer = None
    if status == 200 and answer == batch.ids:
        return
    error = answer.get("error") if isinstance(answer, dict) else None
    if status == 413 and (isinstance(error, str) or len(batch.items) > 1):
        # Also from a proxy in between, which does not speak our language: smaller requests may pass.
        raise Refusal(error if isinstance(error, str) else "too-large")
    if not isinstance(error, str):
        raise Unavailable(f"http-{status}", _not_understood(status))
    if status == 401 or (status == 403 and error in WRONG_CREDENTIAL):
        raise NotAllowed(error)
    if status in (400, 403, 409) and error not in NOT_THE_STATEMENTS:
        raise Refusal(error)
    raise Unavailable(error, f"The next server answers {status}: {error}")


def _not_understood(status: int) -> str:
    return f"Something at {settings.UPSTREAM_URL} answers {status}, but not as the next server does"


def _answer(batch: Batch) -> tuple[int, bytes]:
    """Status and body, however short it was cut; raises Unavailable."""
    try:
        upstream.check(settings.UPSTREAM_URL, settings.UPSTREAM_CREDENTIAL)
    except ServiceError as error:
        raise Unavailable(error.code, error.message) from error
    content_type, body = batch.body()
    try:
        return _sent(_request(batch.version, content_type, body))
    except ValueError as error:
        raise Unavailable("bad-upstream", f"UPSTREAM_URL is no address: {error}") from error
    except (OSError, http.client.HTTPException) as error:
        raise Unavailable("unreachable", f"{settings.UPSTREAM_URL}: {error}") from error


def _sent(request: urllib.request.Request) -> tuple[int, bytes]:
    try:
        with upstream.opener.open(request, timeout=TIMEOUT) as response:
            return response.status, _read(response)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, _read(error)


def _read(response: IO[bytes]) -> bytes:
    """Raises TimeoutError where the answer comes by drops."""
    until = time.monotonic() + LONGEST_ANSWER
    text = b""
    while len(text) < MOST_ANSWER and (some := response.read1(DROP)):  # type: ignore[attr-defined]
        text += some
        if time.monotonic() > until:
            raise TimeoutError("the answer takes too long")
    return text


def _request(version: str, content_type: str, body: bytes) -> urllib.request.Request:
    return urllib.request.Request(  # noqa: S310 - the operator's own address
        f"{settings.UPSTREAM_URL}/xapi/statements",
        gzip.compress(body, 6),
        {
            "Authorization": upstream.basic(settings.UPSTREAM_CREDENTIAL),
            "Content-Type": content_type,
            "Content-Encoding": "gzip",
            HEADER: version,
        },
        method="POST",
    )
