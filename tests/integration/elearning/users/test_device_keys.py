"""A tablet tells the public half of the key that it seals attempts with."""

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from django.http import HttpResponse
from django.test import Client

from elearning.users import device_keys
from elearning.users.models import Contact, DeviceKey
from tests.integration.assessments.conftest import Tablet, make_tablet

DER, SPKI = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo


@pytest.fixture
def tablet(db: None) -> Tablet:
    return make_tablet("officer1")


def public(curve: ec.EllipticCurve | None = None) -> bytes:
    return ec.generate_private_key(curve or ec.SECP256R1()).public_key().public_bytes(DER, SPKI)


def text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def report(tablet: Tablet, **body: object) -> HttpResponse:
    headers = {"Authorization": f"Bearer {tablet.token}"}
    return Client().post(
        "/learn/api/contact", body, content_type="application/json", headers=headers
    )


def test_a_key_is_kept_once_under_its_name(tablet: Tablet) -> None:
    key = public()
    for _time in range(2):
        assert report(tablet, key=text(key)).status_code == 200
    kept = DeviceKey.objects.get()
    assert (kept.device, base64.b64decode(kept.public)) == (tablet.grant.device, key)
    assert kept.name == hashlib.sha256(key).digest()[:16].hex()


def test_a_tablet_whose_storage_was_cleared_has_a_second_key(tablet: Tablet) -> None:
    for _time in range(2):
        report(tablet, key=text(public()))
    assert DeviceKey.objects.filter(device=tablet.grant.device).count() == 2


def test_no_tablet_fills_the_table(tablet: Tablet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_keys, "MOST", 3)
    for _time in range(5):
        report(tablet, key=text(public()))
    assert DeviceKey.objects.count() == 3


@pytest.mark.parametrize(
    "odd",
    [
        None, "", 7, ["x"], {"x": 1}, "not base64", "\ud800", text(b"x" * 91), text(public()[:-1]),
        text(public() + b"x"), text(public()[:-1] + b"\0"), text(public(ec.SECP384R1())),
        text(public(ec.SECP256K1())), text(public()) + "\n",
        text(ed25519.Ed25519PrivateKey.generate().public_key().public_bytes(DER, SPKI)),
        text(ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(
            DER, SPKI)).replace("MFkw", "MFkx"),
    ],
    # Two workers that run these tests side by side must find the same names, and keys are random.
    ids=lambda _odd: "odd",
)  # fmt: skip
def test_what_is_no_such_key_is_taken_for_none(tablet: Tablet, odd: object) -> None:
    assert report(tablet, key=odd, waiting=3).status_code == 200
    assert not DeviceKey.objects.exists()
    assert Contact.objects.get().waiting == 3
