"""The item bank: what is asked, and each state in which it was ever used."""

import uuid
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin
from wagtail.search import index

from assessments.bank.panels import StatisticsPanel
from assessments.blocks import ItemBody
from assessments.models.forms import ItemForm
from modules.parts import Files
from modules.preview import preview_response


class Difficulty(models.IntegerChoices):
    EASY = 1, _("Easy")
    MIDDLE = 2, _("Middle")
    HARD = 3, _("Hard")


class Item(
    LockableMixin, DraftStateMixin, RevisionMixin, PreviewableMixin, index.Indexed, models.Model
):
    """One question of the bank, as its author has it now; tests and lessons use its newest version."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = models.TextField(_("question"))
    body = StreamField(ItemBody(), verbose_name=_("answers"))
    explanation = models.TextField(_("explanation"), help_text=_("Shown after every answer."))
    source = models.CharField(
        _("source"),
        max_length=300,
        help_text=_("Document and paragraph where the answer stands."),
    )
    module = models.ForeignKey(
        "modules.ModulePage",
        verbose_name=_("module"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # One of the module's objectives, by the id of its block.
    objective = models.UUIDField(_("learning objective"), null=True, blank=True)
    difficulty = models.PositiveSmallIntegerField(
        _("difficulty"), choices=Difficulty.choices, default=Difficulty.MIDDLE
    )
    confidence = models.BooleanField(
        _("ask how sure the officer is"),
        default=False,
        help_text=_("Asked with the question; it changes no score."),
    )
    shuffle = models.BooleanField(
        _("shuffle the answers"),
        default=True,
        help_text=_("Each attempt shows them in another order. Steps, pairs and cards always are."),
    )

    base_form_class = ItemForm
    panels = [
        FieldPanel("text"),
        FieldPanel("body", help_text=_("Of one kind; “+” shows them all.")),
        FieldPanel("explanation"),
        FieldPanel("source"),
        MultiFieldPanel(
            [
                FieldPanel("module"),
                FieldPanel("objective"),
                FieldPanel("difficulty"),
                FieldPanel("confidence"),
                FieldPanel("shuffle"),
            ],
            heading=_("Use"),
        ),
        PublishingPanel(),
        StatisticsPanel(),
    ]
    search_fields = [
        index.SearchField("text"),
        index.AutocompleteField("text"),
        index.SearchField("explanation"),
        index.FilterField("module"),
        index.FilterField("objective"),
        index.FilterField("difficulty"),
        index.FilterField("live"),
    ]

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("item bank")

    def __str__(self) -> str:
        return Truncator(self.text).chars(90)

    @property
    def kind(self) -> str:
        """A name of assessments.blocks.KINDS; empty while a draft has no answers yet."""
        return self.body[0].block_type if self.body else ""

    def used(self, files: Files) -> dict[str, Any] | None:
        """The newest published version, with its key, for a page that shows it; None where there is none."""
        from assessments.bank.versions import used  # it stores what this model describes

        return used(self.uuid, files) if self.live else None

    def preview_document(self, _language: str, files: Files) -> dict[str, Any]:
        """A lesson with this one question in it; none as long as it has no answers."""
        from assessments.bank.documents import document, preview

        return preview([document(self, 0, files)] if self.kind else [])

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return preview_response(request, self)


class ItemVersion(models.Model):
    """An item as it was from one publishing to the next. Rows are added; the database refuses to change one.

    It names its item by UUID, because it outlives it: attempts are shown and marked by it for ever.
    `content` is the item of docs/formats.md, with its key.
    """

    item = models.UUIDField()
    number = models.PositiveIntegerField()
    content = models.JSONField()
    # SHA-256 of the canonical content: publishing without a change makes no new version.
    digest = models.CharField(max_length=64)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="one_item_version")]

    def __str__(self) -> str:
        return f"{self.item} {self.number}"
