"""Match what stands on the left with what stands on the right."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from assessments.blocks.kinds import Json, KindBlock, Mistake, by_id, scoring_block, texts
from modules.parts import Files


class HiddenBlock(blocks.CharBlock):
    """Kept with the others, never shown to the author."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.field = forms.CharField(required=False, widget=forms.HiddenInput)

    def set_name(self, name: str) -> None:
        """Wagtail calls a block without a label by its name."""
        super().set_name(name)
        self.label = " "


class PairBlock(blocks.StructBlock):
    """The right side has an id that can't be worked out from the left one's: the tablet sees both."""

    left = blocks.CharBlock(label=_("Left"), max_length=300)
    right = blocks.CharBlock(label=_("Right"), max_length=300)
    right_id = HiddenBlock(label="")

    class Meta:
        label = _("Pair")
        label_format = "{left}"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        cleaned["right_id"] = cleaned["right_id"] or str(uuid4())
        return cleaned


class MatchBlock(KindBlock):
    pairs = blocks.ListBlock(PairBlock(), label=_("Pairs"), min_num=2, max_num=10)
    extra = blocks.ListBlock(
        blocks.CharBlock(label=_("Right"), max_length=300),
        label=_("More on the right"),
        default=[],
        max_num=5,
        help_text=_("Texts that belong to nothing on the left."),
    )
    scoring = scoring_block()

    class Meta:
        label = _("Match")
        icon = "link"

    def mistakes(self, value: Any) -> Iterator[Mistake]:
        lefts = [pair["left"] for pair in value["pairs"]]
        if len(set(lefts)) < len(lefts):
            yield "pairs", _("Two texts on the left are the same.")
        rights = [pair["right"] for pair in value["pairs"]] + list(value["extra"])
        if len(set(rights)) < len(rights):
            yield (
                "pairs",
                _(
                    "Two texts on the right are the same. To put several things to one, sort into groups."
                ),
            )

    def document(self, value: Any, item: str, files: Files) -> tuple[Json, Json]:
        pairs = value["pairs"].bound_blocks
        left = [{"id": str(pair.id), "text": pair.value["left"]} for pair in pairs]
        right = [{"id": _right_id(pair), "text": pair.value["right"]} for pair in pairs]
        body = {"left": by_id(left), "right": by_id(right + texts(value["extra"]))}
        key = {
            "pairs": {str(pair.id): _right_id(pair) for pair in pairs},
            "scoring": value["scoring"],
        }
        return body, key


def _right_id(pair: Any) -> str:
    """A draft that was never cleaned has none yet: only its author sees it."""
    return pair.value["right_id"] or f"{pair.id}-right"
