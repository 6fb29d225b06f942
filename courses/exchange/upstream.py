"""The next server up, asked over HTTP for what comes down."""

import gzip
import http.client
import json
import urllib.error
import urllib.request
import zlib
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments import upstream
from assessments.upstream import BadUpstream
from elearning.errors import ServiceError

# Seconds without a byte, after which a line is taken for cut.
SILENCE = 30


class Unreachable(ServiceError):
    """The line or the other server fails: the same may work later."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            "unreachable",
            _("The server above cannot be reached (%(reason)s). Try again later; what has arrived is kept.")
            % {"reason": reason},
        )  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """`data` is None where nothing has changed since `etag`."""

    data: dict[str, Any] | None
    etag: str


class Upstream:
    """Raises ServiceError: `bad-upstream`, `unreachable`, or `damaged-data`, each saying what to do."""

    def __init__(self, url: str, credential: str) -> None:
        upstream.check(url, credential)
        self.url = url
        self._basic = upstream.basic(credential)

    def down(self, etag: str = "") -> Answer:
        """What the centre says now, or nothing when it is what `etag` stands for."""
        headers = {"Authorization": self._basic, "Accept-Encoding": "gzip"}
        if etag:
            headers["If-None-Match"] = etag
        status, said, content = self._get("/sync/down", headers)
        if status == 304:
            return Answer(None, etag)
        try:
            if said.get("Content-Encoding") == "gzip":
                content = gzip.decompress(content)
            data = json.loads(content)
        except (OSError, EOFError, zlib.error, ValueError, RecursionError) as error:
            raise ServiceError(
                "damaged-data",
                _("UPSTREAM_URL answers with something else than a list of people and modules. "
                  "Check the address; nothing was changed."),
            ) from error  # fmt: skip
        return Answer(data, said.get("ETag") or "")

    def file(self, sha256: str, extension: str) -> bytes:
        """The bytes of an edition's file, as they came: whoever asks must verify them."""
        return self._get(f"/editions/files/{sha256}.{extension}", {})[2]

    def _get(self, path: str, headers: dict[str, str]) -> tuple[int, Any, bytes]:
        request = urllib.request.Request(self.url + path, headers=headers)  # noqa: S310 - upstream.check
        try:
            with upstream.opener.open(request, timeout=SILENCE) as response:
                return response.status, response.headers, response.read()
        except urllib.error.HTTPError as error:
            with error:
                if error.code == 304:
                    return 304, error.headers, b""
            raise _refusal(error.code) from error
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", None) or error
            raise Unreachable(str(reason) or type(error).__name__) from error


def _refusal(status: int) -> ServiceError:
    if status in (401, 403):
        return BadUpstream(
            _("The server above refuses UPSTREAM_CREDENTIAL. Make one there with "
              "manage.py make_credential --scope forward --scope roster.")
        )  # fmt: skip
    if 300 <= status < 400:
        return BadUpstream(_("UPSTREAM_URL leads to another address. Set it to that address."))
    if status == 404:
        return BadUpstream(
            _("The server above does not have what was asked for. Check UPSTREAM_URL, and that both "
              "servers are of the same version.")
        )  # fmt: skip
    return Unreachable(f"HTTP {status}")
