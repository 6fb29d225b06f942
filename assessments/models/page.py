"""A test as a Wagtail page."""

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from elearning import languages
from modules.blocks import QuestionBlock, item_json
from modules.models import HEADING_PANELS, TeachingPage
from modules.parts import EditionPart, Files
from modules.texts import text_in


class Questions(blocks.StreamBlock):
    question = QuestionBlock()

    class Meta:
        min_num = 1
        max_num = 100


class AssessmentPage(EditionPart, TeachingPage):
    """A test that gives feedback on each answer, on the tablet; so its edition holds the answers."""

    part_kind = "test"

    minutes = models.PositiveSmallIntegerField(_("minutes"), default=20)
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark"),
        default=80,
        validators=[MaxValueValidator(100)],
        help_text=_("Out of 100; an officer who reaches it has passed the module."),
    )
    questions = StreamField(Questions(), verbose_name=_("questions"))

    parent_page_types = ["modules.ModulePage"]
    subpage_types: list[str] = []
    content_panels = [
        *HEADING_PANELS,
        FieldPanel("minutes"),
        FieldPanel("pass_mark"),
        FieldPanel("questions"),
    ]

    class Meta:
        verbose_name = _("test")

    def part_document(self, language: str, files: Files) -> dict[str, Any]:
        """The test file of docs/formats.md; questions are kept in the source language only."""
        return {
            "id": str(self.uuid),
            "kind": self.part_kind,
            "heading": text_in(self, "heading", language),
            "summary": text_in(self, "summary", language),
            "language": languages.SOURCE.code,
            "pass_mark": self.pass_mark,
            "questions": [item_json(child.value, str(child.id)) for child in self.questions],
        }

    def part_summary(self, language: str) -> dict[str, Any]:
        return {
            "heading": text_in(self, "heading", language),
            "summary": text_in(self, "summary", language),
            "minutes": self.minutes,
            "questions": len(self.questions),
            "pass_mark": self.pass_mark,
        }
