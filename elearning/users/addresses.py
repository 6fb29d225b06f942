"""Where a request comes from, behind the proxies that this installation trusts; the sign-in lock counts by it."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The IP address of the tablet, or of its room's router; None when the server can't tell.

    Each proxy appends the address it was asked from to X-Forwarded-For, so with n = TRUSTED_PROXIES
    the n-th from the right was written by a proxy of ours. What stands further left anybody can
    send. Without that entry it is the address of the connection.
    """
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    trusted = settings.TRUSTED_PROXIES
    written = forwarded[-trusted] if 0 < trusted <= len(forwarded) else ""
    return _address(written) or _address(request.META.get("REMOTE_ADDR", ""))


def _address(text: str) -> str | None:
    """Without port, brackets and zone, which some proxies add; None for what is no address."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        return str(ipaddress.ip_address(text.partition("%")[0]))
    except ValueError:
        return None
