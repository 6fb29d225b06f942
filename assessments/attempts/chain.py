"""Whether what was said of an attempt is whole and as the tablet said it (assessments.rules.chain)."""

import base64
import binascii
from collections.abc import Iterable, Mapping
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

from assessments.attempts.said import Link, Said
from assessments.attempts.sitting import Sitting
from assessments.attempts.tests import Test
from assessments.rules import chain
from elearning.users.models import DeviceKey

GAP, BROKEN, UNSEALED, WRONG = "chain-gap", "chain-broken", "not-sealed", "seal-wrong"
HALF = 32
ALGORITHM = ec.ECDSA(hashes.SHA256())
# By name.
Publics = Mapping[str, DeviceKey]


def keys_of(sittings: Iterable[Sitting]) -> Publics:
    """Of all tablets that seal these; one query."""
    names = {each.link.key for sitting in sittings for each in sitting.said if each.link}
    names.discard("")
    if not names:
        return {}
    return {key.name: key for key in DeviceKey.objects.filter(name__in=names)}


def missing_key(sitting: Sitting, publics: Publics) -> str:
    """The name of a key that has sealed it and is not known here (yet); empty where there is none."""
    names = {each.link.key for each in sitting.said if each.link}
    return min(names - publics.keys() - {""}, default="")


def is_owed(sitting: Sitting, test: Test | None) -> bool:
    """Whether all of it must be chained, sealed and timed.

    Old apps knew none of this. They said no plan either, and could open practice only.
    """
    if sitting.plan or any(each.link for each in sitting.said):
        return True
    return test is not None and not test.has_key


def flags(sitting: Sitting, test: Test | None, publics: Publics) -> set[str]:
    if not is_owed(sitting, test):
        return set()
    linked = [each for each in sitting.said if each.link]
    found = {flag for each in sitting.said for flag in _seal_flags(each, publics)}
    if 0 < len(linked) < len(sitting.said) or _is_broken(sitting, linked):
        found.add(BROKEN)
    places = {each.link.facts.n for each in linked if each.link}
    if places and len(places) <= max(places):
        found.add(GAP)
    return found


def _is_broken(sitting: Sitting, linked: list[Said]) -> bool:
    """Two in one place, one that does not name the one before it, or one behind the end."""
    links = {each.link.facts.n: each.link for each in linked if each.link}
    if len(links) < len(linked):
        return True
    closing = sitting.closing.link if sitting.closing else None
    if closing and closing.facts.n < max(links):
        return True
    return any(_is_torn(link, links) for link in links.values())


def _is_torn(link: Link, links: Mapping[int, Link]) -> bool:
    n, previous = link.facts.n, link.facts.previous
    if n == 0:
        return previous != ""
    before = links.get(n - 1)
    return before is not None and previous != chain.digest(before.facts)


def _seal_flags(said: Said, publics: Publics) -> Iterable[str]:
    """A key that is not known here (yet) is one that this server can't check with."""
    link = said.link
    key = publics.get(link.key) if link else None
    if link is None or not link.seal or key is None:
        yield UNSEALED
    elif not _is_sealed(link, key.public):
        yield WRONG


def _is_sealed(link: Link, public: str) -> bool:
    try:
        seal = base64.b64decode(link.seal, validate=True)
        if len(seal) != 2 * HALF:
            return False
        halves = (int.from_bytes(half, "big") for half in (seal[:HALF], seal[HALF:]))
        signature = utils.encode_dss_signature(*halves)
        _public(public).verify(signature, chain.text(link.facts).encode(), ALGORITHM)
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


@lru_cache(maxsize=2000)
def _public(text: str) -> ec.EllipticCurvePublicKey:
    key = serialization.load_der_public_key(base64.b64decode(text))
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise TypeError
    return key
