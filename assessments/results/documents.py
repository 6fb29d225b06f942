"""The very file that an officer's tablet had: a past attempt is shown from it and from nothing newer."""

import json
from dataclasses import dataclass
from typing import Any

from assessments.attempts.tests import part_of, stored
from assessments.models import Attempt
from modules.models import Edition

Document = dict[str, Any]


@dataclass(frozen=True)
class SeenTest:
    """The test file of the edition that an attempt names, and where the edition's files are, by SHA-256."""

    document: Document
    urls: dict[str, str]

    @property
    def items(self) -> dict[str, Document]:
        """By id; a file of the first format calls them questions."""
        found: list[Document] = self.document.get("items") or self.document.get("questions") or []
        return {item["id"]: item for item in found}


def seen_test(attempt: Attempt) -> SeenTest | None:
    """None where this server lacks the edition or its file; one query."""
    edition = Edition.objects.filter(
        module=attempt.module, language=attempt.language, version=attempt.version
    ).first()
    manifest = json.loads(edition.manifest) if edition else {}
    part = part_of(manifest, attempt.test)
    if part is None:
        return None
    try:
        document = stored(part["file"])
    except (OSError, ValueError):
        return None
    return SeenTest(document, {each["sha256"]: each["url"] for each in manifest.get("files", [])})
