"""The next server up (UPSTREAM_URL), and the credential that goes nowhere else and never in the clear."""

import base64
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from elearning.errors import ServiceError

HERE = ("127.0.0.1", "localhost", "::1")


class BadUpstream(ServiceError):
    """Somebody must mend the settings: waiting does not help."""

    def __init__(self, message: str) -> None:
        super().__init__("bad-upstream", message)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the credential to whatever address it names."""

    def redirect_request(self, *_arguments: Any, **_named: Any) -> None:
        return None


# Through the proxy that HTTPS_PROXY names, where there is one.
opener = urllib.request.build_opener(_NoRedirects)


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
