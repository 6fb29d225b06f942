"""The test that an attempt was made on, from the very file that the tablet had.

A file is named by its content and an edition never changes, so what an author does later changes
nothing here.
"""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.files.storage import default_storage

from assessments.models import Attempt, Purpose
from assessments.rules import drawing, items
from modules.models import Edition, EditionFile

Item = dict[str, Any]
MINUTE = 60_000


@dataclass(frozen=True)
class Test:
    """`limit` in milliseconds and `attempts` are 0 where there is none; `items` by id."""

    id: str
    purpose: str
    decides: bool
    pass_mark: int
    attempts: int
    limit: int
    items: Mapping[str, Item]
    sections: Sequence[Mapping[str, Any]]
    forms: Mapping[str, Sequence[str]]
    second_marker: bool = False

    @property
    def has_key(self) -> bool:
        """Practice is marked by the tablet, with the key that the edition holds."""
        return self.purpose == Purpose.PRACTICE

    def asked(self, attempt: uuid.UUID, form: str) -> list[str]:
        """The ids of the items of this attempt; empty where its form is not known (yet)."""
        if self.forms:
            return [str(each) for each in self.forms.get(form, [])]
        return drawing.draw(str(attempt), self.sections)

    def form_of(self, answered: Iterable[str]) -> str:
        """Which form has what was answered, where nobody has said which it is."""
        given = set(answered)
        found = {form: len(given.intersection(ids)) for form, ids in sorted(self.forms.items())}
        best = max(found, key=found.__getitem__, default="")
        return best if found.get(best) else ""


@dataclass(frozen=True)
class Named:
    """How an attempt names its test."""

    module: uuid.UUID
    language: str
    version: int
    test: uuid.UUID

    @classmethod
    def by(cls, attempt: Attempt) -> "Named":
        return cls(attempt.module, attempt.language, attempt.version, attempt.test)


def find(named: Iterable[Named]) -> dict[Named, Test]:
    """Those that this server has; one query, and a file for each test not seen lately."""
    wanted = set(named)
    editions = Edition.objects.filter(
        module__in={each.module for each in wanted}, version__in={each.version for each in wanted}
    )
    manifests = {
        (edition.module, edition.language, edition.version): json.loads(edition.manifest)
        for edition in editions
    }
    found = {}
    for each in wanted:
        part = part_of(manifests.get((each.module, each.language, each.version), {}), each.test)
        test = _test(part) if part else None
        if test:
            found[each] = test
    return found


def part_of(manifest: Mapping[str, Any], test: uuid.UUID) -> dict[str, Any] | None:
    parts = {part["id"]: part for part in manifest.get("parts", [])}
    return parts.get(str(test))


def stored(sha256: str) -> dict[str, Any]:
    """The file of an edition; raises OSError where it is not here, ValueError for what is no JSON."""
    with default_storage.open(EditionFile(sha256=sha256, extension="json").path) as file:
        document: dict[str, Any] = json.load(file)
    return document


def _test(part: dict[str, Any]) -> Test | None:
    try:
        return read(part["file"], second_marker=part.get("second_marker") is True)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        # Not here, or nothing that a test can be read from.
        return None


@lru_cache(maxsize=200)
def read(sha256: str, *, second_marker: bool) -> Test:
    return of_document(stored(sha256), second_marker=second_marker)


def of_document(document: dict[str, Any], *, second_marker: bool = False) -> Test:
    """A file of the first format is practice that decides, with all questions in their order."""
    listed = [items.normal(each) for each in document.get("items") or document["questions"]]
    ids = [each["id"] for each in listed]
    all_of_them = {"id": document["id"], "pick": len(ids), "items": ids, "fixed": True}
    old = "questions" in document
    return Test(
        id=document["id"],
        purpose=document.get("purpose", Purpose.PRACTICE),
        decides=document.get("decides", old),
        pass_mark=document["pass_mark"],
        attempts=document.get("attempts", 0),
        limit=MINUTE * document.get("minutes", 0),
        items={each["id"]: each for each in listed},
        sections=[all_of_them] if old else document["sections"],
        forms={} if old else document["forms"],
        second_marker=second_marker,
    )
