"""The body of an item: one block of one kind."""

from typing import Any

from wagtail import blocks

from assessments.blocks.choices import MultipleBlock, SingleBlock, TrueFalseBlock
from assessments.blocks.gaps import GapsBlock
from assessments.blocks.groups import GroupsBlock
from assessments.blocks.match import MatchBlock
from assessments.blocks.number import NumberBlock
from assessments.blocks.order import OrderBlock
from assessments.blocks.spot import SpotBlock
from assessments.blocks.written import LongBlock, ShortBlock


class ItemBody(blocks.StreamBlock):
    """The name of the block is the item's kind (docs/formats.md)."""

    single = SingleBlock()
    multiple = MultipleBlock()
    truefalse = TrueFalseBlock()
    order = OrderBlock()
    match = MatchBlock()
    groups = GroupsBlock()
    gaps = GapsBlock()
    number = NumberBlock()
    spot = SpotBlock()
    short = ShortBlock()
    long = LongBlock()

    class Meta:
        max_num = 1


KINDS: list[tuple[str, Any]] = [
    (name, block.label) for name, block in ItemBody().child_blocks.items()
]
# Of these the officer never sees the author's order.
ALWAYS_SHUFFLED = ("order", "match", "groups")
