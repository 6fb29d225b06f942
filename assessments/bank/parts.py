"""A test as its edition holds it (docs/formats.md, "Test file"). Only a practice test has keys."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from assessments.bank.sections import Section, forms_of, sections_of
from assessments.bank.versions import keep_picture, latest_of
from assessments.models.attempt import Purpose
from assessments.rules.items import normal, without_key
from elearning import languages
from modules.blocks import item_json
from modules.parts import Files
from modules.texts import text_in

if TYPE_CHECKING:
    from assessments.models import AssessmentPage
    from modules.models import ModulePage

FORMAT = 2
Json = dict[str, Any]


def test_document(page: "AssessmentPage", language: str, files: Files) -> Json:
    heading = {
        "id": str(page.uuid),
        "kind": page.part_kind,
        "heading": text_in(page, "heading", language),
        "summary": text_in(page, "summary", language),
        "language": languages.SOURCE.code,
        "pass_mark": page.pass_mark,
    }
    if page.asks_inline and page.decides:
        # The older format, so that nothing changes for tablets that hold this test.
        return heading | {"questions": _inline(page)}
    return heading | _rules(page) | _questions(page, files)


def all_items(page: "AssessmentPage", files: Files) -> list[Json]:
    """Every item that may come, with its key: for the author's preview only."""
    if page.asks_inline:
        return _inline(page)
    return list(_items(asked_of(page), files))


def test_summary(page: "AssessmentPage") -> Json:
    """What the manifest says beside heading and summary."""
    return {
        "minutes": page.minutes,
        "purpose": page.purpose,
        "questions": asked_count(page),
        "pass_mark": page.pass_mark,
        "attempts": page.attempts_allowed,
        "limit": page.time_limit,
        "second_marker": page.second_marker,
    }


def asked_count(page: "AssessmentPage") -> int:
    if page.asks_inline:
        return len(page.questions)
    if page.has_forms:
        return max(len(items) for items in _forms(page).values())
    return sum(section.asked for section in sections_of(page, page.module()))


def asked_of(page: "AssessmentPage", module: "ModulePage | None" = None) -> list[UUID]:
    """The bank's items that may come, each once; `module` for a page that has no place in the tree yet."""
    if page.has_forms:
        groups = list(_forms(page).values())
    else:
        groups = [section.items for section in sections_of(page, module or page.module())]
    return list(dict.fromkeys(item for group in groups for item in group))


def _rules(page: "AssessmentPage") -> Json:
    pair = page.paired()
    return {
        "format": FORMAT,
        "purpose": page.purpose,
        "decides": page.decides,
        "attempts": page.attempts_allowed,
        "minutes": page.time_limit,
        "one_by_one": page.one_by_one,
        "pair": str(pair.uuid) if pair else None,
    }


def _questions(page: "AssessmentPage", files: Files) -> Json:
    if page.asks_inline:
        items = [normal(item) for item in _inline(page)]
        ids = [item["id"] for item in items]
        section = {"id": str(page.uuid), "pick": len(ids), "fixed": True, "items": ids}
        return {"items": items, "sections": [section], "forms": {}}
    items = list(_items(asked_of(page), files))
    if page.purpose != Purpose.PRACTICE:
        items = [without_key(item) for item in items]
    if page.has_forms:
        forms = {name: _ids(found) for name, found in _forms(page).items()}
        return {"items": items, "sections": [], "forms": forms}
    sections = sections_of(page, page.module())
    return {"items": items, "sections": [_section(each) for each in sections], "forms": {}}


def _inline(page: "AssessmentPage") -> list[Json]:
    return [item_json(child.value, str(child.id)) for child in page.questions]


def _items(asked: list[UUID], files: Files) -> Iterable[Json]:
    versions = latest_of(asked)
    for item in asked:
        content = versions[item].content
        keep_picture(content, files)
        yield content


def _forms(page: "AssessmentPage") -> dict[str, list[UUID]]:
    """A post-test has the two forms of its pre-test: who had A then has B now."""
    source = page if page.purpose == Purpose.PRE else page.paired()
    return forms_of(source) if source else {"A": [], "B": []}


def _section(section: Section) -> Json:
    shown = {"id": section.id, "pick": section.asked, "items": _ids(section.items)}
    return shown | ({"fixed": True} if section.fixed else {})


def _ids(items: list[UUID]) -> list[str]:
    return [str(item) for item in items]
