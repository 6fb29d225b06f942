"""The next server up (UPSTREAM_URL), and the credential that goes nowhere else and never in the clear."""

import base64
import http.client
import io
import math
import time
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from elearning.errors import ServiceError

# Seconds, however lively; a body is bounded by whoever reads it.
LONGEST_HEADERS = 60
HERE = ("127.0.0.1", "localhost", "::1")


class BadUpstream(ServiceError):
    """Somebody must mend the settings: waiting does not help."""

    def __init__(self, message: str) -> None:
        super().__init__("bad-upstream", message)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the credential to whatever address it names."""

    def redirect_request(self, *_arguments: Any, **_named: Any) -> None:
        return None


class _Until(io.RawIOBase):
    """What a socket says until a moment; left to itself it waits anew for each drop."""

    def __init__(self, raw: io.RawIOBase) -> None:
        self.raw = raw
        self.until = time.monotonic() + LONGEST_HEADERS

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        if time.monotonic() > self.until:
            raise TimeoutError("the answer takes too long")
        return self.raw.readinto(buffer)

    def fileno(self) -> int:
        return self.raw.fileno()

    def close(self) -> None:
        self.raw.close()
        super().close()


class _Answer(http.client.HTTPResponse):
    """Its headers, and those of a proxy on the way, come in time. The body is for its reader to bound:
    a large file may take long."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._socket = _Until(self.fp.detach())
        self.fp = io.BufferedReader(self._socket)

    def begin(self) -> None:
        super().begin()
        self._socket.until = math.inf


class _InTime(urllib.request.AbstractHTTPHandler):
    def do_open(self, http_class: Any, req: urllib.request.Request, **more: Any) -> Any:
        def connection(*arguments: Any, **named: Any) -> http.client.HTTPConnection:
            made: http.client.HTTPConnection = http_class(*arguments, **named)
            made.response_class = _Answer
            return made

        return super().do_open(connection, req, **more)


class _Http(_InTime, urllib.request.HTTPHandler):
    pass


class _Https(_InTime, urllib.request.HTTPSHandler):
    pass


# Through the proxy that HTTPS_PROXY names, where there is one.
opener = urllib.request.build_opener(_NoRedirects, _Http, _Https)


def check(url: str, credential: str) -> None:
    """https only, but on this machine and in the demo; raises BadUpstream, which says what to do."""
    if not url or ":" not in credential:
        raise BadUpstream(
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
        raise BadUpstream(_("UPSTREAM_URL must begin with https:// and name a server."))


def basic(credential: str) -> str:
    """The header Authorization for NAME:SECRET (RFC 7617)."""
    return "Basic " + base64.b64encode(credential.encode()).decode()
