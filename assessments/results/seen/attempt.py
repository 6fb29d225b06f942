"""One attempt, item by item."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.models import Attempt, AttemptAnswer, Mark
from assessments.results.contents import Contents, contents
from assessments.results.documents import SeenTest, seen_test
from assessments.results.seen.bodies import KINDS, Body, Item
from assessments.results.sittings import Sitting, sittings
from assessments.rules.items import normal
from elearning import languages

SURE = {1: _("Not sure"), 2: _("Fairly sure"), 3: _("Very sure")}
VERDICTS = {
    "right": pgettext_lazy("of an answer", "Right"),
    "part": pgettext_lazy("of an answer", "Partly right"),
    "wrong": pgettext_lazy("of an answer", "Not right"),
    "blank": _("Not answered"),
    "waits": _("Waits for marking"),
}


@dataclass(frozen=True)
class SeenItem:
    """`template` and `body` are empty where the edition's file does not have the item."""

    number: int
    item: Item
    answer: AttemptAnswer | None
    verdict: str
    template: str = ""
    body: Body = field(default_factory=dict)
    key: Item = field(default_factory=dict)
    explanation: str = ""
    source: str = ""
    marks: list[Mark] = field(default_factory=list)

    @property
    def verdict_label(self) -> str:
        return str(VERDICTS[self.verdict])

    @property
    def sure(self) -> str:
        level = self.answer.confidence if self.answer else None
        return str(SURE.get(level, "")) if level else ""

    @property
    def seconds(self) -> int | None:
        spent = self.answer.spent if self.answer else None
        return None if spent is None else round(spent / 1000)

    @property
    def response(self) -> list[str]:
        return list(self.answer.response) if self.answer else []


@dataclass(frozen=True)
class SeenAttempt:
    """`language` is that of the texts; None where this server lacks the file of the edition.
    `doubtful` as in SeenTest."""

    attempt: Attempt
    heading: str
    items: list[SeenItem]
    language: languages.Language | None
    doubtful: bool


def seen_attempt(attempt: Attempt, replaced: Iterable[str] = ()) -> SeenAttempt:
    """Five queries and one file, however many items; `replaced` as in seen_test."""
    seen = seen_test(attempt, replaced)
    (sitting,) = sittings([attempt])
    known = contents([attempt])
    marks = list(Mark.objects.filter(attempt=attempt.pk).order_by("at", "pk"))
    items = [
        _item(number, entry, sitting, seen, known, marks)
        for number, entry in enumerate(attempt.items, start=1)
    ]
    document = seen.document if seen else {}
    language = languages.BY_CODE.get(document.get("language", ""))
    doubtful = seen is not None and seen.doubtful
    return SeenAttempt(attempt, document.get("heading", ""), items, language, doubtful)


def _item(
    number: int,
    entry: dict[str, Any],
    sitting: Sitting,
    seen: SeenTest | None,
    known: Contents,
    marks: list[Mark],
) -> SeenItem:
    item_id, version = str(entry["item"]), int(entry.get("version", 0))
    answer = sitting.answers.get(item_id)
    verdict = verdict_of(answer)
    found = normal(seen.items[item_id]) if seen and item_id in seen.items else None
    if found is None or found["kind"] not in KINDS:
        return SeenItem(number, {"id": item_id}, answer, verdict)
    content = known.get((item_id, version), found)
    key = content.get("key") or found.get("key") or {}
    template, make = KINDS[found["kind"]]
    response = [str(each) for each in answer.response] if answer else []
    body = make(found, key, response, [str(each) for each in entry.get("order") or []])
    if seen and (picture := body.get("picture")) and "file" in picture:
        body["url"] = seen.urls.get(picture["file"], "")
    return SeenItem(
        number,
        found,
        answer,
        verdict,
        template=f"training/seen/{template}.html",
        body=body,
        key=key,
        explanation=found.get("explanation") or content.get("explanation", ""),
        source=found.get("source") or content.get("source", ""),
        marks=[mark for mark in marks if str(mark.item) == item_id],
    )


def verdict_of(answer: AttemptAnswer | None) -> str:
    if answer is None or not any(str(each).strip() for each in answer.response):
        return "blank"
    if answer.points is None:
        return "waits"
    if answer.points >= answer.out_of:
        return "right"
    return "part" if answer.points else "wrong"
