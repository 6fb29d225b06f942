"""Sort cards into groups."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from assessments.blocks.kinds import Json, KindBlock, Mistake, by_id, scoring_block, texts
from modules.parts import Files


class GroupBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Group"), max_length=200)
    cards = blocks.ListBlock(
        blocks.CharBlock(label=_("Card"), max_length=300),
        label=_("Cards"),
        default=[],
        help_text=_("What belongs into this group. A group may have none."),
    )

    class Meta:
        label = _("Group")
        label_format = "{text}"


class GroupsBlock(KindBlock):
    groups = blocks.ListBlock(GroupBlock(), label=_("Groups"), min_num=2, max_num=5)
    scoring = scoring_block()

    class Meta:
        label = _("Sort into groups")
        icon = "folder-open-1"

    def mistakes(self, value: Any) -> Iterator[Mistake]:
        names = [group["text"] for group in value["groups"]]
        if len(set(names)) < len(names):
            yield "groups", _("Two groups have the same name.")
        cards = [card for group in value["groups"] for card in group["cards"]]
        if len(cards) < 2:
            yield "groups", _("Give at least two cards to sort.")
        if len(set(cards)) < len(cards):
            yield "groups", _("Two cards have the same text.")

    def document(self, value: Any, item: str, files: Files) -> tuple[Json, Json]:
        groups = value["groups"].bound_blocks
        cards = {str(group.id): texts(group.value["cards"]) for group in groups}
        body = {
            "groups": [{"id": str(group.id), "text": group.value["text"]} for group in groups],
            "cards": by_id([card for held in cards.values() for card in held]),
        }
        placed = {card["id"]: group for group, held in cards.items() for card in held}
        return body, {"groups": placed, "scoring": value["scoring"]}
