"""The keys with which tablets seal attempts; only their public halves come here (docs/decisions/0014)."""

import base64
import binascii
import hashlib
import uuid

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from elearning.users.models import DeviceKey

# SubjectPublicKeyInfo of a point on P-256 that is written out: always so many bytes.
SIZE = 91
# Whoever clears a tablet's storage makes a new key; nobody does so more often than this.
MOST = 100


def spki(value: object) -> bytes:
    """The DER bytes of a public key on P-256; empty for anything else."""
    try:
        data = base64.b64decode(value, validate=True) if isinstance(value, str) else b""
        key = serialization.load_der_public_key(data) if len(data) == SIZE else None
    except (binascii.Error, ValueError, UnsupportedAlgorithm):
        return b""
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        return b""
    return data


def name_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def keep(*, device: uuid.UUID, public: bytes) -> None:
    """Once; the first keys of a tablet are kept, however many it comes with."""
    name, known = name_of(public), DeviceKey.objects.filter(device=device)
    if known.filter(name=name).exists() or known.count() >= MOST:
        return
    text = base64.b64encode(public).decode()
    DeviceKey.objects.get_or_create(device=device, name=name, defaults={"public": text})
