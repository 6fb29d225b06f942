"""The very file that an officer's tablet had: a past attempt is shown from it and from nothing newer."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from assessments.attempts.tests import part_of, stored
from assessments.models import Attempt
from assessments.results.contents import Asked, asked
from modules.models import Edition

Document = dict[str, Any]


@dataclass(frozen=True)
class SeenTest:
    """The test file of the edition that an attempt names, and where the edition's files are, by SHA-256.
    `doubtful`: another edition had the same number here, and which of them the officer saw is not known."""

    document: Document
    urls: dict[str, str]
    doubtful: bool = False

    @property
    def items(self) -> dict[str, Document]:
        """By id; a file of the first format calls them questions."""
        found: list[Document] = self.document.get("items") or self.document.get("questions") or []
        return {item["id"]: item for item in found}

    def has(self, asked: Iterable[Asked]) -> bool:
        versions = {(name, int(item.get("version", 0))) for name, item in self.items.items()}
        return versions.issuperset(asked)


def seen_test(attempt: Attempt, replaced: Iterable[str] = ()) -> SeenTest | None:
    """None where this server lacks the edition or its file; one query.

    `replaced`: the manifests that had the edition's number here before. The statements name no more
    than the number, so what the tablet said that it asked decides, where only one of them has it.
    """
    edition = Edition.objects.filter(
        module=attempt.module, language=attempt.language, version=attempt.version
    ).first()
    found: dict[str, SeenTest] = {}
    for manifest in [*([edition.manifest] if edition else []), *replaced]:
        sha256, test = _read(json.loads(manifest), attempt)
        if test:
            found.setdefault(sha256, test)
    fitting = [test for test in found.values() if attempt.begun and test.has(asked(attempt))]
    if len(found) < 2 or len(fitting) == 1:
        return next(iter(fitting or found.values()), None)
    return replace(next(iter(fitting or found.values())), doubtful=True)


def _read(manifest: Document, attempt: Attempt) -> tuple[str, SeenTest | None]:
    part = part_of(manifest, attempt.test)
    if part is None:
        return "", None
    try:
        document = stored(part["file"])
    except (OSError, ValueError):
        return "", None
    urls = {each["sha256"]: each["url"] for each in manifest.get("files", [])}
    return part["file"], SeenTest(document, urls)
