"""A number, with what it may differ by and its unit."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from assessments.blocks.kinds import Json, KindBlock, Mistake
from modules.parts import Files

DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,10})?")


class UnitBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Unit"), max_length=40)
    factor = blocks.CharBlock(
        label=_("Factor"),
        max_length=30,
        help_text=_(
            "Number × factor is compared with the right value. Write 0 for a unit that is always wrong."
        ),
        default="1",
    )

    class Meta:
        label = _("Unit")
        label_format = "{text}"


class NumberBlock(KindBlock):
    value = blocks.CharBlock(
        label=_("Right value"), max_length=30, help_text=_("With a point, as in 12.5.")
    )
    tolerance = blocks.CharBlock(
        label=_("May differ by"), max_length=30, default="0", help_text=_("As in 0.5; 0 for exact.")
    )
    units = blocks.ListBlock(
        UnitBlock(),
        label=_("Units"),
        default=[],
        max_num=6,
        help_text=_("One unit is shown beside the field; of several the officer chooses."),
    )

    class Meta:
        label = _("Number")
        icon = "placeholder"

    def mistakes(self, value: Any) -> Iterator[Mistake]:
        if not DECIMAL.fullmatch(value["value"]):
            yield "value", _("Write a number with a point, as in 12.5.")
        if not _at_least_zero(value["tolerance"]):
            yield "tolerance", _("Write a number that is not below 0, as in 0.5.")
        units = value["units"]
        if any(not _at_least_zero(unit["factor"]) for unit in units):
            yield "units", _("Write each factor as a number that is not below 0, as in 1000.")
        elif units and not any(Decimal(unit["factor"]) for unit in units):
            yield "units", _("Give at least one unit a factor above 0.")
        if len({unit["text"] for unit in units}) < len(units):
            yield "units", _("Two units are the same.")

    def document(self, value: Any, item: str, files: Files) -> tuple[Json, Json]:
        units = value["units"].bound_blocks
        body = {"units": [{"id": str(unit.id), "text": unit.value["text"]} for unit in units]}
        key = {
            "value": value["value"],
            "tolerance": value["tolerance"],
            "factors": {
                str(unit.id): unit.value["factor"]
                for unit in units
                if not _is_zero(unit.value["factor"])
            },
        }
        return body, key


def _at_least_zero(text: str) -> bool:
    return bool(DECIMAL.fullmatch(text)) and Decimal(text) >= 0


def _is_zero(text: str) -> bool:
    return bool(DECIMAL.fullmatch(text)) and Decimal(text) == 0
