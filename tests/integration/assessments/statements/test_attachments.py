"""Attachments and signatures (xAPI 1.0.3, part two, 2.4.11 and 2.6; part three, 1.5.2)."""

import base64
import datetime as dt
import errno
import hashlib
import json
import os
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from assessments.models import Attachment, Statement
from assessments.statements import attachments, multipart, weights
from assessments.statements.errors import Refused
from tests.integration.assessments.systems import System, said
from tests.support.asked import longest_list
from tests.support.disk import storage_in, synced

PHOTO = b"\x89PNG\r\n\r\n--photo\x00\xff"
SIGNATURE = "http://adlnet.gov/expapi/attachments/signature"


def described(content: bytes, **more: Any) -> dict[str, Any]:
    return {
        "usageType": "http://a.example/photo",
        "display": {"en": "Photo"},
        "contentType": "image/png",
        "length": len(content),
        "sha2": hashlib.sha256(content).hexdigest(),
        **more,
    }


def part(content: bytes) -> tuple[str, str, bytes]:
    return hashlib.sha256(content).hexdigest(), "image/png", content


def posts(system: System, statements: object, *contents: bytes) -> HttpResponse:
    content_type, body = multipart.write(statements, [part(content) for content in contents])
    return system.posts_bytes(body, content_type)


def parts_of(response: HttpResponse) -> list[tuple[dict[str, str], bytes]]:
    whole = f"Content-Type: {response['Content-Type']}\r\n\r\n".encode() + response.content
    return [
        (dict(each.items()), each.get_payload(decode=True))
        for each in message_from_bytes(whole).get_payload()
    ]


def test_an_attachment_is_kept_and_given_out_when_asked_for(system: System) -> None:
    made = said(attachments=[described(PHOTO)])
    assert posts(system, [made], PHOTO).status_code == 200
    assert system.asks()["Content-Type"] == "application/json"
    for response in (
        system.asks(attachments="true"),
        system.asks(statementId=made["id"], attachments="true"),
    ):
        (_first, (headers, content)) = parts_of(response)
        assert content == PHOTO
        assert headers["Content-Type"] == "image/png"
        assert headers["X-Experience-API-Hash"] == hashlib.sha256(PHOTO).hexdigest()
        assert headers["Content-Transfer-Encoding"] == "binary"


def test_the_same_bytes_are_kept_once(system: System) -> None:
    batch = [said(attachments=[described(PHOTO)]) for _number in range(2)]
    assert posts(system, batch, PHOTO).status_code == 200
    assert posts(system, [said(attachments=[described(PHOTO)])], PHOTO).status_code == 200
    assert Attachment.objects.count() == 1
    assert len(parts_of(system.asks(attachments="true"))) == 2


def test_a_page_ends_before_what_is_attached_weighs_too_much(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What two statements share comes once, and weighs once."""
    monkeypatch.setattr(weights, "MOST", 250_000)
    contents = [bytes([number]) * 100_000 for number in range(4)]
    names = []
    for content in (contents[0], contents[1], contents[1], contents[2], contents[3]):
        # What it says of the length is not believed.
        made = said(attachments=[described(content, length=1)])
        assert posts(system, [made], content).status_code == 200
        names.append(made["id"])
    assert len(system.finds()) == 5
    params, pages = {"attachments": "true", "ascending": "true"}, []
    while params:
        (_headers, text), *others = parts_of(system.asks(**params))
        page = json.loads(text)
        pages.append(([each["id"] for each in page["statements"]], len(others)))
        params = dict(parse_qsl(urlsplit(page["more"]).query))
    assert pages == [(names[:3], 2), (names[3:], 2)]


def test_with_a_file_url_the_bytes_may_stay_away(system: System) -> None:
    made = said(attachments=[described(PHOTO, fileUrl="https://a.example/photo.png")])
    assert system.posts([made]).status_code == 200


@pytest.mark.parametrize("sent", [(), (b"something else",), (PHOTO, b"something else")])
def test_what_is_sent_is_what_the_statements_name(system: System, sent: tuple[bytes, ...]) -> None:
    made = said(attachments=[described(PHOTO)])
    assert posts(system, [made], *sent).status_code == 400
    assert not Statement.objects.exists()


def test_without_multipart_the_bytes_are_missing(system: System) -> None:
    response = system.posts([said(attachments=[described(PHOTO)])])
    assert response.status_code == 400
    assert response.json()["error"] == "missing-attachment"


SPOILT = {
    "another sum": lambda body: body.replace(PHOTO, PHOTO + b"!"),
    "no sum": lambda body: body.replace(b"X-Experience-API-Hash", b"X-Other"),
    "not binary": lambda body: body.replace(b"Encoding: binary", b"Encoding: base64"),
    "no statements first": lambda body: body.replace(b"application/json", b"text/plain"),
    "cut": lambda body: body[:-10],
    "no headers": lambda body: body.replace(b"\r\n\r\n", b"\r\n"),
    "a sum of no text": lambda body: body.replace(b"Hash: ", b"Hash: \xff"),
    "an encoding of no text": lambda body: body.replace(b"Encoding: binary", b"Encoding: \xff"),
    "no JSON": lambda body: body.replace(b'"actor"', b"actor"),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT.keys())
def test_a_request_that_breaks_the_rules_of_multipart_is_refused(
    system: System, spoil: Any
) -> None:
    made = said(attachments=[described(PHOTO)])
    content_type, body = multipart.write([made], [part(PHOTO)])
    assert system.posts_bytes(spoil(body), content_type).status_code == 400
    assert not Statement.objects.exists()


@pytest.mark.parametrize(
    "kind",
    [
        "multipart/mixed",
        "multipart/form-data; boundary=a",
        "text/plain",
        "",
    ],
)
def test_another_content_type_is_refused(system: System, kind: str) -> None:
    _content_type, body = multipart.write([said()], [])
    assert system.posts_bytes(body, kind).status_code == 400


KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
SUMS = {"RS256": hashes.SHA256(), "RS384": hashes.SHA384(), "RS512": hashes.SHA512()}


def certificate() -> str:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a.example")])
    now = dt.datetime(2026, 1, 1)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(KEY.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + dt.timedelta(days=3650))
        .sign(KEY, hashes.SHA256())
    )
    return base64.b64encode(made.public_bytes(serialization.Encoding.DER)).decode()


def packed(value: object) -> bytes:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


def signature(statement: object, algorithm: Any = "RS256", **header: Any) -> bytes:
    head = packed({"alg": algorithm, **header}) + b"." + packed(statement)
    function = SUMS[algorithm] if algorithm in ("RS384", "RS512") else hashes.SHA256()
    return head + b"." + packed(KEY.sign(head, PKCS1v15(), function))


def signed(made: dict[str, Any], jws: bytes, **more: Any) -> dict[str, Any]:
    kind = {"usageType": SIGNATURE, "contentType": "application/octet-stream"}
    return made | {"attachments": [described(jws, **(kind | more))]}


@pytest.mark.parametrize("algorithm", SUMS)
@pytest.mark.parametrize("with_certificate", [True, False])
def test_a_signed_statement_is_stored(
    system: System, algorithm: str, with_certificate: bool
) -> None:
    made = said()
    jws = signature(made, algorithm, **({"x5c": [certificate()]} if with_certificate else {}))
    assert posts(system, [signed(made, jws)], jws).status_code == 200


def refused(system: System, made: dict[str, Any], jws: bytes, **more: Any) -> None:
    response = posts(system, [signed(made, jws, **more)], jws)
    assert response.status_code == 400
    assert response.json()["error"] == "bad-signature"
    assert not Statement.objects.exists()


def test_a_signature_of_another_statement_is_refused(system: System) -> None:
    refused(system, said(), signature(said()))


def test_a_signature_that_does_not_fit_its_certificate_is_refused(system: System) -> None:
    made = said()
    head, payload, _value = signature(made, x5c=[certificate()]).split(b".")
    refused(system, made, b".".join([head, payload, packed(b"0" * 256)]))


@pytest.mark.parametrize("algorithm", ["HS256", "none", "ES256", ["RS256"], None])
def test_a_signature_by_another_algorithm_is_refused(system: System, algorithm: Any) -> None:
    made = said()
    refused(system, made, signature(made, algorithm))


@pytest.mark.parametrize("jws", [b"x", b"a.b.c", b"..", b"e30.e30.", packed([]) + b".e30.e30"])
def test_what_is_no_signature_is_refused(system: System, jws: bytes) -> None:
    refused(system, said(), jws)


def test_a_signature_of_another_content_type_is_refused(system: System) -> None:
    made = said()
    refused(system, made, signature(made), contentType="text/plain")


def test_bytes_that_a_full_disk_cut_short_are_written_anew(system: System) -> None:
    row = Attachment(sha2=hashlib.sha256(PHOTO).hexdigest(), size=len(PHOTO))
    default_storage.save(row.path, ContentFile(PHOTO[:3]))
    made = said(attachments=[described(PHOTO)])
    assert posts(system, [made], PHOTO).status_code == 200
    ((_headers, content),) = parts_of(system.asks(statementId=made["id"], attachments="true"))[1:]
    assert content == PHOTO


@pytest.mark.parametrize("kind", ["multipart/mixed; boundary*0*=x''a", "multipart/mixed"])
def test_a_boundary_that_cannot_be_read_is_refused(kind: str) -> None:
    with pytest.raises(Refused):
        multipart.read(kind, b"--a\r\n\r\n--a--")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Where the photo stands on a real disk, and nothing does yet."""
    with storage_in(tmp_path):
        yield tmp_path / "xapi" / "attachments" / hashlib.sha256(PHOTO).hexdigest()


def test_the_bytes_are_on_the_disk_before_the_answer_whatever_happens_to_the_power(
    system: System, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database is told to wait for the disk; a file has to be, too."""
    found = synced(monkeypatch)
    assert posts(system, [said(attachments=[described(PHOTO)])], PHOTO).status_code == 200
    assert found.get(disk.stat().st_ino) == len(PHOTO)
    assert disk.parent.stat().st_ino in found
    assert list(disk.parent.iterdir()) == [disk]


def test_a_request_that_fails_takes_nothing_from_another_that_is_writing_the_same(
    system: System, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk.parent.mkdir(parents=True)
    opened = os.open

    def is_full(path: Any, flags: int, *more: Any, **others: Any) -> int:
        if flags & os.O_CREAT and str(path).startswith(str(disk.parent)):
            raise OSError(errno.ENOSPC, "No space left on device")
        return opened(path, flags, *more, **others)

    with disk.open("wb") as other:
        other.write(PHOTO[:3])
        other.flush()
        with monkeypatch.context() as full, pytest.raises(OSError, match="No space"):
            full.setattr(os, "open", is_full)
            posts(system, [said(attachments=[described(PHOTO)])], PHOTO)
        other.write(PHOTO[3:])
    assert disk.read_bytes() == PHOTO
    assert not Statement.objects.exists()


def test_what_another_request_begins_to_write_meanwhile_is_not_taken_for_the_whole(
    system: System, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exists = default_storage.exists

    def begins(name: str) -> bool:
        found = exists(name)
        if not disk.exists():
            disk.parent.mkdir(parents=True)
            disk.write_bytes(PHOTO[:3])
        return found

    monkeypatch.setattr(default_storage._wrapped, "exists", begins)
    assert posts(system, [said(attachments=[described(PHOTO)])], PHOTO).status_code == 200
    assert disk.read_bytes() == PHOTO
    assert list(disk.parent.iterdir()) == [disk]


@pytest.mark.parametrize("left", [b"", PHOTO[:3], PHOTO + b"!"])
def test_what_the_storage_has_lost_a_part_of_is_not_given_out(
    system: System, disk: Path, left: bytes
) -> None:
    made = said(attachments=[described(PHOTO)])
    assert posts(system, [made], PHOTO).status_code == 200
    disk.write_bytes(left)
    response = system.asks(statementId=made["id"], attachments="true")
    assert response.status_code == 200
    assert len(parts_of(response)) == 1
    assert posts(system, [said(attachments=[described(PHOTO)])], PHOTO).status_code == 200
    assert disk.read_bytes() == PHOTO


def test_a_statement_that_names_more_than_an_answer_holds_is_given_out_with_what_it_brought(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others have a fileUrl, or it could not have named them without bringing them."""
    monkeypatch.setattr(weights, "MOST", 250_000)
    contents = [bytes([number]) * 100_000 for number in range(6)]
    for content in contents[:5]:
        assert posts(system, [said(attachments=[described(content)])], content).status_code == 200
    url = "https://a.example/photo.png"
    named = [described(content, fileUrl=url) for content in contents[:5]]
    made = said(attachments=[*named, described(contents[5])])
    assert posts(system, [made], contents[5]).status_code == 200
    response = system.asks(statementId=made["id"], attachments="true")
    (_headers, text), *others = parts_of(response)
    assert len(json.loads(text)["attachments"]) == 6
    assert contents[5] in [content for _headers, content in others]
    assert len(others) == 2


def test_what_any_number_of_attachments_has_here_is_asked_for_few_at_a_time(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "STEP", 4)
    url = "https://a.example/photo.png"
    content = [b"%d" % number for number in range(30)]
    made = said(attachments=[described(each, fileUrl=url) for each in content])
    assert posts(system, [made], *content).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        response = system.asks(statementId=made["id"], attachments="true")
    assert len(parts_of(response)) == 31
    assert longest_list(asked) <= 4
