"""A test as a Wagtail page."""

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from assessments.blocks.sections import Form, Sections
from assessments.models.attempt import Purpose
from modules.blocks import QuestionBlock
from modules.models import HEADING_PANELS, ModulePage, TeachingPage
from modules.parts import EditionPart, Files
from modules.texts import text_in


class Questions(blocks.StreamBlock):
    question = QuestionBlock()

    class Meta:
        max_num = 100


class AssessmentPage(EditionPart, TeachingPage):
    """A test. Practice gives feedback on each answer, so only its edition holds the answers."""

    part_kind = "test"

    purpose = models.CharField(
        _("purpose"),
        max_length=8,
        choices=Purpose.choices,
        default=Purpose.PRACTICE,
        help_text=_(
            "Practice gives feedback at once, as often as the officer likes. Pre-test and post-test measure what was "
            "learned. A graded test decides about the module; it is marked by the server."
        ),
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=20, help_text=_("About how long it takes.")
    )
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark"),
        default=80,
        validators=[MaxValueValidator(100)],
        help_text=_("Out of 100; an officer who reaches it has passed the module."),
    )
    attempts_allowed = models.PositiveSmallIntegerField(
        _("attempts allowed"), default=0, help_text=_("0 for any number.")
    )
    time_limit = models.PositiveSmallIntegerField(
        _("time limit in minutes"), default=0, help_text=_("0 for none.")
    )
    one_by_one = models.BooleanField(
        _("question by question"),
        default=False,
        help_text=_("One question at a time, without a way back."),
    )
    second_marker = models.BooleanField(
        _("second marker"),
        default=False,
        help_text=_("Long answers are marked by two people, and by a third where they differ."),
    )
    questions = StreamField(
        Questions(),
        verbose_name=_("own questions"),
        blank=True,
        help_text=_("For practice only: questions that stand in this test and not in the bank."),
    )
    sections = StreamField(
        Sections(),
        verbose_name=_("sections"),
        blank=True,
        help_text=_("For practice and graded tests."),
    )
    form_a = StreamField(
        Form(), verbose_name=_("form A"), blank=True, help_text=_("For a pre-test.")
    )
    form_b = StreamField(
        Form(),
        verbose_name=_("form B"),
        blank=True,
        help_text=_("As many items as form A, on the same objectives."),
    )
    pair = models.ForeignKey(
        "self",
        verbose_name=_("pre-test"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="post_tests",
        limit_choices_to={"purpose": Purpose.PRE},
        help_text=_("For a post-test: the pre-test of this module whose two forms it swaps."),
    )

    parent_page_types = ["modules.ModulePage"]
    subpage_types: list[str] = []
    later_fields = (
        *("purpose", "attempts_allowed", "time_limit", "one_by_one", "second_marker"),
        *("sections", "form_a", "form_b", "pair"),
    )
    exclude_fields_in_copy = [*TeachingPage.exclude_fields_in_copy, "pair"]
    content_panels = [
        *HEADING_PANELS,
        FieldPanel("purpose"),
        FieldPanel("minutes"),
        MultiFieldPanel(
            [
                FieldPanel("pass_mark"),
                FieldPanel("attempts_allowed"),
                FieldPanel("time_limit"),
                FieldPanel("one_by_one"),
                FieldPanel("second_marker"),
            ],
            heading=_("Rules"),
        ),
        FieldPanel("sections"),
        FieldPanel("questions"),
        MultiFieldPanel(
            [FieldPanel("form_a"), FieldPanel("form_b"), FieldPanel("pair")],
            heading=_("Pre-test and post-test"),
            classname="collapsed",
        ),
    ]

    class Meta:
        verbose_name = _("test")

    @property
    def has_forms(self) -> bool:
        return self.purpose in (Purpose.PRE, Purpose.POST)

    @property
    def asks_inline(self) -> bool:
        """Practice with questions of its own and none of the bank."""
        return self.purpose == Purpose.PRACTICE and not self.sections

    @property
    def decides(self) -> bool:
        """Whether passing or failing it passes or fails the module."""
        if self.purpose == Purpose.PRACTICE:
            return not _siblings(self, Purpose.GRADED).exists()
        return self.purpose == Purpose.GRADED

    def module(self) -> ModulePage | None:
        return ModulePage.objects.ancestor_of(self).first() if self.path else None

    def paired(self) -> "AssessmentPage | None":
        """The published other test of a pre-test and post-test of one module."""
        if self.purpose == Purpose.POST:
            return _siblings(self, Purpose.PRE).filter(pk=self.pair_id).first()
        if self.purpose == Purpose.PRE:
            return _siblings(self, Purpose.POST).filter(pair=self.pk).order_by("path").first()
        return None

    def is_ready(self) -> bool:
        """With nothing to ask, because items or the pre-test were withdrawn, it is in no edition."""
        from assessments.bank.parts import asked_count

        return asked_count(self) > 0

    def part_document(self, language: str, files: Files) -> dict[str, Any]:
        """The test file of docs/formats.md; questions are kept in the source language only."""
        from assessments.bank.parts import test_document

        return test_document(self, language, files)

    def preview_document(self, language: str, files: Files) -> dict[str, Any]:
        """Every question with its answers, for the author only."""
        from assessments.bank.documents import preview
        from assessments.bank.parts import all_items

        return preview(all_items(self, files), text_in(self, "heading", language))

    def part_summary(self, language: str) -> dict[str, Any]:
        from assessments.bank.parts import test_summary

        words = {name: text_in(self, name, language) for name in ("heading", "summary")}
        return words | test_summary(self)


def _siblings(page: AssessmentPage, purpose: Purpose) -> models.QuerySet[AssessmentPage]:
    """The published tests of this purpose in the page's module."""
    if not page.path:
        return AssessmentPage.objects.none()
    parent = page.path[: -Page.steplen]
    found = AssessmentPage.objects.live().filter(path__startswith=parent, depth=page.depth)
    return found.filter(purpose=purpose).exclude(pk=page.pk)
