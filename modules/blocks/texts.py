"""Blocks made of words: each turns its value into the fields of docs/formats.md."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from modules.blocks.questions import QuestionBlock, item_json
from modules.blocks.rich import RichText, html_of
from modules.parts import Files


def source_block() -> blocks.CharBlock:
    return blocks.CharBlock(
        label=_("Source"),
        required=False,
        help_text=_("Document and paragraph. Leave empty when you invented the example."),
    )


class TextBlock(blocks.StructBlock):
    html = RichText(headings=True, label=_("Text"))

    class Meta:
        label = _("Text")
        icon = "pilcrow"

    def document(self, value: Any, block_id: str, files: Files) -> dict[str, Any]:
        return {"html": html_of(value["html"])}


class DefinitionBlock(blocks.StructBlock):
    term = blocks.CharBlock(label=_("Term"), max_length=200)
    html = RichText(label=_("Definition"))
    source = source_block()

    class Meta:
        label = _("Definition")
        label_format = "{term}"
        icon = "openquote"

    def document(self, value: Any, block_id: str, files: Files) -> dict[str, Any]:
        return {
            "term": value["term"],
            "html": html_of(value["html"]),
            "source": value["source"],
        }


class CaseBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=200)
    html = RichText(label=_("Case"))
    source = source_block()

    class Meta:
        label = _("Example case")
        label_format = "{heading}"
        icon = "user"

    def document(self, value: Any, block_id: str, files: Files) -> dict[str, Any]:
        return {
            "heading": value["heading"],
            "html": html_of(value["html"]),
            "source": value["source"],
        }


class CalloutBlock(blocks.StructBlock):
    tone = blocks.ChoiceBlock(
        label=_("Tone"),
        choices=[("note", _("Note")), ("remember", _("Remember")), ("warning", _("Warning"))],
        default="note",
    )
    html = RichText(label=_("Text"))

    class Meta:
        label = _("Callout")
        icon = "warning"

    def document(self, value: Any, block_id: str, files: Files) -> dict[str, Any]:
        return {"tone": value["tone"], "html": html_of(value["html"])}


class ChecklistBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=200)
    items = blocks.ListBlock(
        blocks.CharBlock(label=_("Line"), max_length=500), label=_("Lines"), min_num=1
    )

    class Meta:
        label = _("Checklist")
        label_format = "{heading}"
        icon = "tasks"

    def document(self, value: Any, block_id: str, files: Files) -> dict[str, Any]:
        lines = value["items"].bound_blocks
        return {
            "heading": value["heading"],
            "items": [{"id": str(line.id), "text": line.value} for line in lines],
        }


class CheckBlock(QuestionBlock):
    """A knowledge check; the question and the block that holds it share one id."""

    class Meta:
        label = _("Knowledge check")
        icon = "help"

    def document(self, value: Any, block_id: str, files: Files) -> dict[str, Any]:
        return {"question": item_json(value, block_id)}
