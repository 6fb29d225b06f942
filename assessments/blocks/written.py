"""What is written freely: a short answer, and a long one that a trainer marks on a rubric."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from assessments.blocks.kinds import Json, KindBlock, Mistake, lines, spellings_block
from modules.parts import Files


class ShortBlock(KindBlock):
    accepted = spellings_block()

    class Meta:
        label = _("Short answer")
        icon = "pilcrow"

    def mistakes(self, value: Any) -> Iterator[Mistake]:
        if not lines(value["accepted"]):
            yield "accepted", _("Give at least one accepted answer.")

    def document(self, value: Any, item: str, files: Files) -> tuple[Json, Json]:
        return {}, {"accepted": lines(value["accepted"])}


class LevelBlock(blocks.StructBlock):
    text = blocks.TextBlock(
        label=_("Level"), rows=2, help_text=_("What such an answer looks like.")
    )
    points = blocks.IntegerBlock(label=_("Points"), min_value=0, max_value=100)

    class Meta:
        label = _("Level")
        label_format = "{points}: {text}"


class CriterionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Criterion"), max_length=300)
    levels = blocks.ListBlock(LevelBlock(), label=_("Levels"), min_num=2, max_num=6)

    class Meta:
        label = _("Criterion")
        label_format = "{text}"


class LongBlock(KindBlock):
    words = blocks.IntegerBlock(label=_("Most words"), min_value=10, max_value=1000, default=150)
    rubric = blocks.ListBlock(
        CriterionBlock(),
        label=_("Rubric"),
        min_num=1,
        max_num=8,
        help_text=_("A trainer marks the answer by these criteria."),
    )

    class Meta:
        label = _("Long answer")
        icon = "doc-full"

    def mistakes(self, value: Any) -> Iterator[Mistake]:
        for criterion in value["rubric"]:
            points = [level["points"] for level in criterion["levels"]]
            if len(set(points)) < len(points):
                yield "rubric", _("Two levels of one criterion have the same points.")
            if not any(points):
                yield "rubric", _("Each criterion needs a level with points above 0.")

    def document(self, value: Any, item: str, files: Files) -> tuple[Json, Json]:
        rubric = [
            {
                "id": str(criterion.id),
                "text": criterion.value["text"],
                "levels": [
                    {"id": str(level.id)} | {name: level.value[name] for name in ("text", "points")}
                    for level in criterion.value["levels"].bound_blocks
                ],
            }
            for criterion in value["rubric"].bound_blocks
        ]
        return {"words": value["words"]}, {"rubric": rubric}
