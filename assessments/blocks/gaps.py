"""Fill the gaps of a text."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from assessments.blocks.kinds import (
    Json,
    KindBlock,
    Mistake,
    lines,
    scoring_block,
    spellings_block,
)
from modules.parts import Files

GAP = re.compile(r"\{\{\s*([\w-]+)\s*\}\}")


class GapBlock(blocks.StructBlock):
    name = blocks.CharBlock(
        label=_("Name"), max_length=40, help_text=_("As it stands in the text, without braces.")
    )
    accepted = spellings_block()

    class Meta:
        label = _("Gap")
        label_format = "{name}"


class GapsBlock(KindBlock):
    text_with_gaps = blocks.TextBlock(
        label=_("Text with gaps"),
        rows=4,
        help_text=_("Write {{a}} where the gap named a is."),
    )
    gaps = blocks.ListBlock(GapBlock(), label=_("Gaps"), min_num=1, max_num=10)
    scoring = scoring_block()

    class Meta:
        label = _("Fill the gaps")
        icon = "edit"

    def mistakes(self, value: Any) -> Iterator[Mistake]:
        written = GAP.findall(value["text_with_gaps"])
        named = [gap["name"].strip() for gap in value["gaps"]]
        if sorted(written) != sorted(named):
            yield (
                "text_with_gaps",
                _(
                    "Each gap must stand in the text once, as {{name}}, and each {{name}} must be a gap."
                ),
            )
        if len(set(named)) < len(named):
            yield "gaps", _("Two gaps have the same name.")
        if any(not lines(gap["accepted"]) for gap in value["gaps"]):
            yield "gaps", _("Give at least one accepted answer for each gap.")

    def document(self, value: Any, item: str, files: Files) -> tuple[Json, Json]:
        gaps = value["gaps"].bound_blocks
        ids = {gap.value["name"].strip(): str(gap.id) for gap in gaps}
        accepted = {str(gap.id): lines(gap.value["accepted"]) for gap in gaps}
        body = {"parts": list(_parts(value["text_with_gaps"], ids))}
        return body, {"accepted": accepted, "scoring": value["scoring"]}


def _parts(text: str, ids: dict[str, str]) -> Iterator[Json]:
    for index, piece in enumerate(GAP.split(text)):
        if index % 2 and piece in ids:
            yield {"gap": ids[piece]}
        elif not index % 2 and piece:
            yield {"text": piece}
