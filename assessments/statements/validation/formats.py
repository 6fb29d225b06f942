"""Text in a particular form: UUIDs, IRIs, language tags (xAPI 1.0.3, part two, 2.2 and 4).

An empty text is never in such a form. All patterns but that of the IRI mean ASCII only, so that no
digit or letter of another script slips through.
"""

import re
from typing import Any

from assessments.statements.validation.errors import Invalid, gettext_noop

UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
# A scheme, and then the characters that RFC 3987 allows anywhere in an IRI.
IRI = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*:"
    r"[^\x00-\x20\x7f-\x9f<>\"{}|\\^`\ud800-\udfff\ufdd0-\ufdef\ufff0-\uffff]+"
)
# RFC 5646, 2.1; the last line has those grandfathered tags that have another form.
LANGUAGE = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})"
    r"(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?"
    r"(?P<variants>(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*)"
    r"(?P<extensions>(?:-[0-9a-wyz](?:-[a-z0-9]{2,8})+)*)(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+"
    r"|i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)"
    r"|en-GB-oed|sgn-(?:BE-FR|BE-NL|CH-DE)",
    re.IGNORECASE | re.ASCII,
)


def uuid(value: Any) -> None:
    """In its standard text form, of any version (4.4)."""
    if type(value) is not str or not UUID.fullmatch(value):
        raise Invalid("not-a-uuid", gettext_noop("This must be a UUID."))


def iri(value: Any) -> None:
    """An IRI, IRL or URI, with its scheme."""
    if type(value) is not str or not IRI.fullmatch(value):
        raise Invalid("not-an-iri", gettext_noop("This must be an absolute address (IRI)."))


def language(value: Any) -> None:
    """A well-formed tag in which no variant and no kind of extension occurs twice."""
    if type(value) is str and (found := LANGUAGE.fullmatch(value)):
        variants, extensions = found.group("variants", "extensions")
        if not variants and not extensions:
            return
        kinds = [part for part in (extensions or "").lower().split("-") if len(part) == 1]
        once = kinds + (variants or "").lower().split("-")[1:]
        if len(set(once)) == len(once):
            return
    raise Invalid("not-a-language", gettext_noop("This must be a language tag, such as en."))
