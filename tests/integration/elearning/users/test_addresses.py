"""The sign-in lock counts by the tablet's address, not by the proxy's, and not by what anybody may send."""

import json
import uuid

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from elearning.users.addresses import client_address
from elearning.users.models import User

PROXY = "10.0.0.1"


def address(forwarded: str | None = None, remote: str = PROXY) -> str | None:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return client_address(RequestFactory(REMOTE_ADDR=remote).get("/", headers=headers))


@pytest.mark.parametrize(
    ("trusted", "forwarded", "expected"),
    [
        (0, "192.0.2.1", PROXY),
        (1, None, PROXY),
        (1, "192.0.2.1", "192.0.2.1"),
        (1, "made up, 198.51.100.7,192.0.2.1", "192.0.2.1"),
        (2, "198.51.100.7, 192.0.2.1, 10.0.0.2", "192.0.2.1"),
        (2, "192.0.2.1", PROXY),
        (1, "192.0.2.1:50123", "192.0.2.1"),
        (1, "[2001:db8::1]:443", "2001:db8::1"),
        (1, "2001:DB8::1", "2001:db8::1"),
        (1, "fe80::1%eth0", "fe80::1"),
        (1, "unknown", PROXY),
        (1, "", PROXY),
    ],
)
def test_only_what_our_own_proxies_wrote_counts(
    settings: Settings, trusted: int, forwarded: str | None, expected: str
) -> None:
    settings.TRUSTED_PROXIES = trusted
    assert address(forwarded) == expected


def test_a_unix_socket_without_a_proxy_has_no_address(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = 1
    assert address(remote="") is None


def sign_in(password: str, forwarded: str) -> int:
    body = {"username": "officer", "password": password, "device": str(uuid.uuid4())}
    headers = {"X-Forwarded-For": forwarded}
    response = Client(REMOTE_ADDR=PROXY).post(
        "/learn/api/sign-in", json.dumps(body), content_type="application/json", headers=headers
    )
    return response.status_code


@pytest.mark.django_db
def test_wrong_tries_elsewhere_lock_nobody_out_behind_the_same_proxy(
    settings: Settings,
) -> None:
    settings.TRUSTED_PROXIES = 1
    User.objects.create_user("officer", password="right horse")
    tries = [sign_in("wrong", f"198.51.100.{made_up}, 192.0.2.1") for made_up in range(10)]
    assert tries[-1] == 429
    assert sign_in("right horse", "192.0.2.2") == 200
    assert sign_in("right horse", "192.0.2.1") == 429
