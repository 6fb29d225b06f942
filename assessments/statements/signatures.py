"""Signed statements (xAPI 1.0.3, part two, 2.6; RFC 7515)."""

import base64
import binascii
import json
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509 import load_der_x509_certificate
from django.utils.translation import gettext as _

from assessments.statements import canonical
from assessments.statements.errors import Refused

USAGE = "http://adlnet.gov/expapi/attachments/signature"
ALGORITHMS = {"RS256": hashes.SHA256(), "RS384": hashes.SHA384(), "RS512": hashes.SHA512()}


def check(statement: dict[str, Any], attachment: dict[str, Any], signature: bytes | None) -> None:
    """The JWS signs this statement, and does so rightly where it brings its certificate (x5c).

    Raises Refused (400). Whether to trust the certificate is for the reader to judge.
    """
    name = statement.get("id")
    if attachment["contentType"].partition(";")[0].strip() != "application/octet-stream":
        raise _bad(name, _("A signature must be application/octet-stream."))
    if signature is None:
        raise _bad(name, _("The signature did not come with the request."))
    try:
        header, payload, signed, value = _parts(signature)
        statement_signed = json.loads(payload, parse_float=canonical.number)
    except (ValueError, binascii.Error, RecursionError) as error:
        raise _bad(name, _("The signature is not a JSON Web Signature.")) from error
    if str(header.get("alg")) not in ALGORITHMS:
        raise _bad(name, _("A signature must use RS256, RS384 or RS512."))
    if not _same(statement_signed, statement):
        raise _bad(name, _("The signature is of another statement."))
    if "x5c" in header:
        _verify(name, header, signed, value)


def _parts(signature: bytes) -> tuple[dict[str, Any], bytes, bytes, bytes]:
    """Header, payload, what is signed, signature; raises ValueError or binascii.Error."""
    header, payload, value = signature.split(b".")
    found = json.loads(_decoded(header))
    if not isinstance(found, dict):
        raise ValueError("the header is no object")
    return found, _decoded(payload), header + b"." + payload, _decoded(value)


def _decoded(text: bytes) -> bytes:
    return base64.b64decode(text + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _same(signed: Any, statement: dict[str, Any]) -> bool:
    """But for the signature itself and what a server sets (2.6.s4.b5).

    That may be a server on the way here: the id, the timestamp, the form of the context.
    """
    if not isinstance(signed, dict):
        return False
    filled_in = {"id", "timestamp"} - signed.keys()
    given = {key: value for key, value in statement.items() if key not in filled_in}
    try:
        return canonical.text(_bare(signed)) == canonical.text(_bare(given))
    except (ValueError, TypeError, AttributeError, LookupError):
        # What was signed is no statement at all.
        return False


def _bare(statement: dict[str, Any]) -> dict[str, Any]:
    bare = canonical.listed(canonical.comparable(canonical.bare(statement)))
    if "timestamp" in statement:
        bare["timestamp"] = datetime.fromisoformat(statement["timestamp"]).timestamp()
    if "id" in bare:
        bare["id"] = bare["id"].lower()
    others = [each for each in bare.pop("attachments", []) if each.get("usageType") != USAGE]
    return bare | ({"attachments": others} if others else {})


def _verify(name: str | None, header: dict[str, Any], signed: bytes, value: bytes) -> None:
    try:
        key = load_der_x509_certificate(base64.b64decode(header["x5c"][0])).public_key()
        if not isinstance(key, RSAPublicKey):
            raise ValueError("not RSA")
        key.verify(value, signed, PKCS1v15(), ALGORITHMS[header["alg"]])
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError, LookupError) as error:
        raise _bad(name, _("The signature does not fit its certificate.")) from error


def _bad(statement: str | None, sentence: str) -> Refused:
    return Refused("bad-signature", sentence, statement=statement, path="attachments")
