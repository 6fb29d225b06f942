"""UUIDs, IRIs and language tags (2.2, 4.2, 4.3 and 4.4; 2.0: 4.2.7)."""

import pytest

from assessments.statements.validation import Invalid, check, iri, language, uuid
from tests.unit.assessments.statements.validation.examples import changed, refused


@pytest.mark.parametrize(
    "text",
    ["en", "de-DE", "cmn", "zh-Hant", "sr-Latn-RS", "es-419", "zh-cmn-Hans-CN", "sl-rozaj-biske",
     "de-CH-1996", "en-u-ca-buddhist-t-es", "en-x-a-b-a", "x-ours", "qaa", "i-klingon", "EN-gb-OED",
     "sgn-BE-FR", "art-lojban", "abcd", "abcdefgh"],
)  # fmt: skip
def test_a_tag_by_rfc_5646_names_a_language(text: str, version: str) -> None:
    language(text)
    check(changed(("context/language", text), ("verb/display", {text: "x"})), version)


@pytest.mark.parametrize(
    "text",
    ["", "e", "something", "a12345", "en_GB", "en-", "-en", "en--GB", "en GB", "en-GB-US",
     "zh-z-aaa-z-bbb-c-ccc", "de-1996-1996", "en-u", "x", "en-x", "i-ours", "en\n", "ſl", "日本"],
)  # fmt: skip
def test_any_other_tag_names_none(text: str, version: str) -> None:
    refused(changed(("context/language", text)), "not-a-language", "context.language", version)
    made = changed(("object/definition/name", {text: "x"}))
    refused(made, "not-a-language", f"object.definition.name.{text}", version)


@pytest.mark.parametrize(
    "text",
    ["http://a.example", "https://a.example/x?y=z#f", "urn:uuid:1", "tag:a.example,2026:x",
     "mailto:a@b.example", "http://[::1]/", "https://пример.example/урок/မြန်မာ", "x-y+z.1:a",
     "https://a.example/a%20b", "urn:x:😀"],
)  # fmt: skip
def test_an_iri_has_a_scheme_and_any_script(text: str, version: str) -> None:
    iri(text)
    check(changed(("verb/id", text), ("result/extensions", {text: 1})), version)


@pytest.mark.parametrize(
    "text",
    ["", "a.example", "/lessons/1", "//a.example", "http:", ":x", "1a:x", "ab=c://a.example", "é:x",
     "http://a.example/a b", "http://a.example/<x>", "http://a.example/{x}", "http://a.example/\x85",
     "http://a.example/\n", "http://a.example/\ud800"],
)  # fmt: skip
def test_an_address_in_part_or_with_blanks_is_no_iri(text: str, version: str) -> None:
    refused(changed(("verb/id", text)), "not-an-iri", "verb.id", version)
    with pytest.raises(Invalid):
        iri(text)


@pytest.mark.parametrize(
    "text",
    ["aa97b177-9383-4934-8543-0f91a7a02836", "AA97B177-9383-1934-8543-0F91A7A02836",
     "00000000-0000-0000-0000-000000000000"],
)  # fmt: skip
def test_a_uuid_is_in_its_standard_form(text: str, version: str) -> None:
    uuid(text)
    check(changed(("id", text), ("context/registration", text)), version)


@pytest.mark.parametrize(
    "text",
    ["AA97B177-9383-4934-8543-0F91A7A028368", "MA97B177-9383-4934-8543-0F91A7A02836",
     "aa97b1779383493485430f91a7a02836", "urn:uuid:aa97b177-9383-4934-8543-0f91a7a02836",
     "aa97b177-9383-4934-8543-0f91a7a0283٦"],
)  # fmt: skip
def test_no_other_form_is_a_uuid(text: str, version: str) -> None:
    refused(changed(("id", text)), "not-a-uuid", "id", version)
