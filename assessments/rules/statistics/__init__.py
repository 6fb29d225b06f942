"""What a test and its items tell about the officers, and about themselves. Pure, and n stands everywhere."""

from assessments.rules.statistics.gain import Gain, gain, normalised
from assessments.rules.statistics.items import ChoiceCount, ItemFigures, Taken, analyse
from assessments.rules.statistics.remarks import Remark, remarks
from assessments.rules.statistics.student import t_quantile

__all__ = [
    "ChoiceCount",
    "Gain",
    "ItemFigures",
    "Remark",
    "Taken",
    "analyse",
    "gain",
    "normalised",
    "remarks",
    "t_quantile",
]
