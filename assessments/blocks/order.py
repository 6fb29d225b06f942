"""Put steps in order."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from assessments.blocks.kinds import Json, KindBlock, Mistake, by_id, scoring_block, texts
from modules.parts import Files


class OrderBlock(KindBlock):
    steps = blocks.ListBlock(
        blocks.CharBlock(label=_("Step"), max_length=300),
        label=_("Steps"),
        min_num=2,
        max_num=10,
        help_text=_("In the right order; the officer sees them in another one."),
    )
    scoring = scoring_block()

    class Meta:
        label = _("Put in order")
        icon = "order"

    def mistakes(self, value: Any) -> Iterator[Mistake]:
        if len(set(value["steps"])) < len(value["steps"]):
            yield "steps", _("Two steps have the same text: nobody could tell them apart.")

    def document(self, value: Any, item: str, files: Files) -> tuple[Json, Json]:
        steps = texts(value["steps"])
        key = {"order": [step["id"] for step in steps], "scoring": value["scoring"]}
        return {"steps": by_id(steps)}, key
