"""Small modules to build editions from."""

import json
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from modules.loading import ensure_catalogue
from modules.models import LessonPage, ModulePage
from tests.support.paths import ROOT

FIXTURES = ROOT / "tests" / "fixtures"


def text(html: str) -> dict[str, Any]:
    return {"type": "text", "id": str(uuid4()), "value": {"html": html}}


def choice(text: str, correct: bool) -> dict[str, Any]:
    value = {"text": text, "correct": correct, "feedback": f"About {text}."}
    return {"type": "item", "id": str(uuid4()), "value": value}


def question(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "single",
        "text": "Which one?",
        "choices": [choice("One", True), choice("Two", False)],
        "explanation": "One it is.",
        "source": "A document, par. 1",
    } | changes


def make_module(*, languages: tuple[str, ...] = ("en",), **fields: Any) -> ModulePage:
    module = ModulePage(
        **{
            "heading_en": "Borders",
            "summary_en": "All about borders.",
            "minutes": 30,
            "offered_languages": list(languages),
            "objectives": json.dumps(
                [{"type": "objective", "id": str(uuid4()), "value": "You can find a border."}]
            ),
        }
        | fields
    )
    ensure_catalogue().add_child(instance=module)
    module.save_revision().publish()
    return module


def add_lesson(
    module: ModulePage, heading: str, *blocks: dict[str, Any], live: bool = True
) -> LessonPage:
    body = list(blocks) or [text(f"<p>This is {heading}.</p>")]
    lesson = LessonPage(
        heading_en=heading, summary_en=f"About {heading}.", body=json.dumps(body), live=False
    )
    ModulePage.objects.get(pk=module.pk).add_child(instance=lesson)
    revision = lesson.save_revision()
    if live:
        revision.publish()
    return LessonPage.objects.get(pk=lesson.pk)


def document(name: str, data: bytes | None = None) -> Any:
    """A file of tests/fixtures, or these bytes, as an uploaded document."""
    content = (FIXTURES / name).read_bytes() if data is None else data
    return get_document_model().objects.create(title=name, file=ContentFile(content, name=name))
