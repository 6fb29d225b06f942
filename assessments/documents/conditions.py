"""Optimistic concurrency: a change of what the client has seen, or none (xAPI 1.0.3, part three, 3.1; 2.0, 4.1.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from django.utils.http import parse_etags
from django.utils.translation import gettext as _

from assessments.documents.errors import Changed, Unseen
from assessments.models import Kind
from assessments.statements.errors import Refused
from assessments.xapi.versions import V1


@dataclass(frozen=True)
class Conditions:
    """The tags of If-Match and If-None-Match; None where there is no such header."""

    match: frozenset[str] | None = None
    none_match: frozenset[str] | None = None

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> Self:
        return cls(_tags(headers.get("If-Match")), _tags(headers.get("If-None-Match")))

    def check(self, etag: str) -> None:
        """`etag` is that of the document, empty where there is none. Raises Changed (412)."""
        if self.match is not None and not _meant(self.match, etag):
            raise Changed
        if self.none_match is not None and _meant(self.none_match, etag):
            raise Changed

    def check_put(self, etag: str, kind: Kind, version: str) -> None:
        """Also raises Unseen (409) or Refused (400) for a PUT without either header.

        Version 1.0.3 lets states go without and wants a header for every profile; 2.0 has the server
        refuse only what would overwrite a document, states as well.
        """
        self.check(etag)
        if self.match is not None or self.none_match is not None:
            return
        if version == V1 and kind == Kind.STATE:
            return
        if etag:
            raise Unseen
        if version == V1:
            raise Refused(
                "no-condition", _("Send the header If-None-Match: * with a new document.")
            )


def _tags(header: str | None) -> frozenset[str] | None:
    """A tag that a gzip on the way has made weak is still the tag of these very bytes."""
    if header is None:
        return None
    return frozenset(tag.removeprefix("W/").strip('"') for tag in parse_etags(header))


def _meant(tags: frozenset[str], etag: str) -> bool:
    return bool(etag) and ("*" in tags or etag in tags)
