"""What modules, lessons and tests have in common as Wagtail pages."""

import uuid
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.panels import FieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.models import Page

from elearning import languages
from modules.models.forms import TeachingPageForm


def english(field: str) -> str:
    """The column of a translated field's source text.

    Panels name this one: a panel on the plain field shows the English fallback in a blank
    language and would save it there.
    """
    return build_localized_fieldname(field, languages.SOURCE.code)


HEADING_PANELS = [
    FieldPanel(english("heading"), heading=_("Heading")),
    FieldPanel(
        english("summary"),
        heading=_("Summary"),
        widget=AdminAutoHeightTextInput(attrs={"rows": 2}),
    ),
]


class TeachingPage(Page):
    """A page with an own UUID, a heading and a summary in every language.

    Each concrete model registers `heading` and `summary` with modeltranslation. Wagtail's own
    title is never asked for: it follows the English heading.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    heading = models.CharField(_("heading"), max_length=200)
    summary = models.TextField(_("summary"), max_length=600)

    base_form_class = TeachingPageForm
    promote_panels = [FieldPanel("slug")]
    exclude_fields_in_copy = ["uuid"]
    show_in_menus_default = False
    # Fields that are younger than pages which were loaded from files: at their default they count as unedited.
    later_fields: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self._follow_heading()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        self._follow_heading()
        super().minimal_clean()

    @property
    def text_language(self) -> languages.Language:
        """The language that heading is shown in: the active one, or English where it is blank."""
        active = get_language() or languages.SOURCE.code
        translated = getattr(self, build_localized_fieldname("heading", active))
        return languages.BY_CODE[active] if translated else languages.SOURCE

    def _follow_heading(self) -> None:
        if heading := getattr(self, english("heading")):
            self.title = self.draft_title = heading

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The draft as an officer will see it, drawn by the learner's app's own player."""
        from modules.preview import preview_response  # it renders pages, so it knows the models

        return preview_response(request, self)
