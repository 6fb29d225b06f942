"""What a statement says about its attachments (2.4.11; 2.0: 4.2.2)."""

from typing import Any

import pytest

from assessments.statements.validation import check
from tests.unit.assessments.statements.validation.examples import ATTACHMENT, changed, refused

RIGHT: list[dict[str, Any]] = [
    {},
    {"description": {"en": "A"}, "fileUrl": "https://a.example/file.pdf"},
    {"display": {}},
    {"length": 0},
    {"contentType": "text/plain; charset=ascii"},
    {"contentType": "image/svg+xml"},
    *({"sha2": "Ab" * (bits // 8)} for bits in (224, 256, 384, 512)),
]


@pytest.mark.parametrize("things", RIGHT, ids=str)
def test_an_attachment_is_described(things: dict[str, Any], version: str) -> None:
    check(changed(("attachments", [{**ATTACHMENT, **things}])), version)


def test_a_statement_has_any_number_of_attachments(version: str) -> None:
    for attachments in ([], [ATTACHMENT, ATTACHMENT]):
        check(changed(("attachments", attachments)), version)


@pytest.mark.parametrize("name", ATTACHMENT)
def test_everything_but_description_and_address_is_needed(name: str, version: str) -> None:
    partial = {key: value for key, value in ATTACHMENT.items() if key != name}
    refused(changed(("attachments", [partial])), "missing", f"attachments.0.{name}", version)


WRONG: list[tuple[str, object, str]] = [
    ("usageType", "certificate", "not-an-iri"),
    ("display", "Certificate", "not-an-object"),
    ("description", "Certificate", "not-an-object"),
    ("contentType", "pdf", "not-a-media-type"),
    ("contentType", "text/", "not-a-media-type"),
    ("contentType", "", "not-a-media-type"),
    ("contentType", "text/plain; x=1\r\nX-Other: 1", "not-a-media-type"),
    ("contentType", 1, "not-a-media-type"),
    ("length", -1, "not-a-length"),
    ("length", 1.5, "not-a-length"),
    ("length", "27", "not-a-length"),
    ("length", True, "not-a-length"),
    ("sha2", "0a" * 20, "not-a-sha2"),
    ("sha2", "xy" * 32, "not-a-sha2"),
    ("sha2", 1, "not-a-sha2"),
    ("fileUrl", "file.pdf", "not-an-iri"),
    ("filename", "file.pdf", "unknown-key"),
]


@pytest.mark.parametrize(("name", "value", "code"), WRONG)
def test_a_description_of_an_attachment_is_exact(
    name: str, value: object, code: str, version: str
) -> None:
    made = changed(("attachments", [{**ATTACHMENT, name: value}]))
    refused(made, code, f"attachments.0.{name}", version)
