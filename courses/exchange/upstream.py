"""The next server up, asked over HTTP for what comes down."""

import base64
import gzip
import http.client
import json
import urllib.error
import urllib.request
import zlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from elearning.errors import ServiceError

# Seconds without a byte, after which a line is taken for cut.
SILENCE = 30
HERE = ("127.0.0.1", "localhost", "::1")


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


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the credential to whatever address it names."""

    def redirect_request(self, *_args: Any, **_named: Any) -> None:
        return None


class Upstream:
    """Raises ServiceError: `bad-upstream`, `unreachable`, or `damaged-data`, each saying what to do."""

    def __init__(self, url: str, credential: str) -> None:
        _check(url, credential)
        self.url = url
        self._basic = "Basic " + base64.b64encode(credential.encode()).decode()
        self._opener = urllib.request.build_opener(_NoRedirect)

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
        request = urllib.request.Request(self.url + path, headers=headers)  # noqa: S310 - _check
        try:
            with self._opener.open(request, timeout=SILENCE) as response:
                return response.status, response.headers, response.read()
        except urllib.error.HTTPError as error:
            with error:
                if error.code == 304:
                    return 304, error.headers, b""
            raise _refusal(error.code) from error
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", None) or error
            raise Unreachable(str(reason) or type(error).__name__) from error


def _check(url: str, credential: str) -> None:
    if not url or ":" not in credential:
        raise _bad(
            _("Set UPSTREAM_URL to the address of the server above, and UPSTREAM_CREDENTIAL to the "
              "NAME:SECRET that manage.py make_credential --scope forward --scope roster prints "
              "there.")
        )  # fmt: skip
    try:
        parts = urlsplit(url)
        encrypted = parts.scheme == "https" or settings.DEMO or parts.hostname in HERE
    except ValueError:
        parts, encrypted = urlsplit(""), False
    if not parts.hostname or parts.scheme not in ("http", "https") or not encrypted:
        raise _bad(_("UPSTREAM_URL must begin with https:// and name a server."))


def _refusal(status: int) -> ServiceError:
    if status in (401, 403):
        return _bad(
            _("The server above refuses UPSTREAM_CREDENTIAL. Make one there with "
              "manage.py make_credential --scope forward --scope roster.")
        )  # fmt: skip
    if 300 <= status < 400:
        return _bad(_("UPSTREAM_URL leads to another address. Set it to that address."))
    if status == 404:
        return _bad(
            _("The server above does not have what was asked for. Check UPSTREAM_URL, and that both "
              "servers are of the same version.")
        )  # fmt: skip
    return Unreachable(f"HTTP {status}")


def _bad(message: str) -> ServiceError:
    return ServiceError("bad-upstream", message)
