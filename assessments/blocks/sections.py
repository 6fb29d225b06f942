"""What a test asks: items that its author chose, or a draw from the bank."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from assessments import objectives

ITEM = "assessments.Item"
DIFFICULTIES = [("1", _("Easy")), ("2", _("Middle")), ("3", _("Hard"))]
MOST = 100


class ChosenBlock(blocks.StructBlock):
    items = blocks.ListBlock(SnippetChooserBlock(ITEM), label=_("Items"), min_num=1, max_num=MOST)
    pick = blocks.IntegerBlock(
        label=_("How many of them are asked"),
        required=False,
        min_value=1,
        max_value=MOST,
        help_text=_(
            "Each attempt draws so many. Leave empty to ask all of them, in the order in which they stand here."
        ),
    )

    class Meta:
        label = _("Chosen items")
        icon = "list-ol"


class DrawBlock(blocks.StructBlock):
    objective = blocks.ChoiceBlock(
        label=_("Learning objective"), choices=objectives.choices, required=False
    )
    difficulty = blocks.ChoiceBlock(label=_("Difficulty"), choices=DIFFICULTIES, required=False)
    count = blocks.IntegerBlock(
        label=_("How many are asked"), min_value=1, max_value=MOST, default=1
    )

    class Meta:
        label = _("Draw from the bank")
        icon = "rotate"
        help_text = _(
            "What can be practised anywhere is not drawn for a graded test, and what a test may measure with is not "
            "drawn for practice."
        )


class Sections(blocks.StreamBlock):
    chosen = ChosenBlock()
    draw = DrawBlock()


class Form(blocks.StreamBlock):
    """One of the two forms of a pre-test: items in order."""

    item = SnippetChooserBlock(ITEM, label=_("Item"))

    class Meta:
        max_num = MOST


def chosen_keys(sections: Any) -> list[int]:
    """The primary keys of the items in a stream of Sections, without reading any of them."""
    held = [each["value"] for each in sections.raw_data if each["type"] == "chosen"]
    return [_key(entry) for value in held for entry in value.get("items", []) if _key(entry)]


def form_keys(form: Any) -> list[int]:
    return [each["value"] for each in form.raw_data if each["value"]]


def has_draw(sections: Any) -> bool:
    return any(each["type"] == "draw" for each in sections.raw_data)


def _key(entry: Any) -> Any:
    return entry["value"] if isinstance(entry, dict) else entry
