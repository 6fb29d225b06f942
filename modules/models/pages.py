"""The catalogue, a module and a lesson as Wagtail pages."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from elearning import languages
from modules.blocks import LessonBody, blocks_json
from modules.models.forms import LanguagesField
from modules.models.teaching import HEADING_PANELS, TeachingPage
from modules.parts import EditionPart, Files
from modules.texts import text_in


class CataloguePage(Page):
    """The root of the tree of modules; readers see the catalogue at `/`."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["modules.ModulePage"]
    max_count = 1
    preview_modes: list[tuple[str, str]] = []

    class Meta:
        verbose_name = _("catalogue")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("catalogue")


class ModulePage(TeachingPage):
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=60)
    objectives = StreamField(
        [("objective", blocks.CharBlock(label=_("Objective"), max_length=300))],
        verbose_name=_("objectives"),
        blank=True,
    )
    offered_languages = LanguagesField(
        _("offered languages"), help_text=_("An edition is built for each of these.")
    )

    parent_page_types = ["modules.CataloguePage"]
    subpage_types = ["modules.LessonPage", "assessments.AssessmentPage"]
    template = "modules/module_page.html"
    content_panels = [
        *HEADING_PANELS,
        FieldPanel("minutes"),
        FieldPanel("objectives"),
        FieldPanel("offered_languages"),
    ]

    class Meta:
        verbose_name = _("module")

    def live_parts(self) -> list[EditionPart]:
        """Everything published under this module that goes into an edition, in teaching order."""
        children = self.get_children().live().specific().order_by("path")
        return [page for page in children if isinstance(page, EditionPart) and page.is_ready()]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | {"parts": self.live_parts(), "source": languages.SOURCE}

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return Page.serve_preview(self, request, mode_name)


class LessonPage(EditionPart, TeachingPage):
    part_kind = "lesson"

    minutes = models.PositiveSmallIntegerField(_("minutes"), default=10)
    body = StreamField(LessonBody(), verbose_name=_("lesson"))

    parent_page_types = ["modules.ModulePage"]
    subpage_types: list[str] = []
    content_panels = [
        *HEADING_PANELS,
        FieldPanel("minutes"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("lesson")

    def part_document(self, language: str, files: Files) -> dict[str, Any]:
        return {
            "id": str(self.uuid),
            "kind": self.part_kind,
            "heading": text_in(self, "heading", language),
            "language": languages.SOURCE.code,
            "blocks": blocks_json(self.body, files),
        }

    def part_summary(self, language: str) -> dict[str, Any]:
        return {
            "heading": text_in(self, "heading", language),
            "summary": text_in(self, "summary", language),
            "minutes": self.minutes,
        }
