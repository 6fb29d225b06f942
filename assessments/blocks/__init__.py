"""The kinds of items of the bank, as blocks."""

from assessments.blocks.bodies import ALWAYS_SHUFFLED, KINDS, ItemBody

__all__ = ["ALWAYS_SHUFFLED", "KINDS", "ItemBody"]
