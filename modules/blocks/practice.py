"""A question of the item bank in a lesson."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from modules.parts import Files


class PracticeBlock(blocks.StructBlock):
    """The bank lies above this app, so it is known by name; to a tablet the item is a knowledge check."""

    item = SnippetChooserBlock("assessments.Item", label=_("Item"))

    class Meta:
        label = _("Practice from the item bank")
        icon = "clipboard-list"

    def document(self, value: Any, block_id: str, files: Files) -> dict[str, Any] | None:
        """Nothing where the item was deleted or is not published (any more)."""
        question = value["item"].used(files) if value["item"] else None
        return {"type": "check", "question": question} if question else None
