"""Pick the spot on a picture."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from assessments.blocks.kinds import Json, KindBlock, Mistake
from modules.blocks.figures import drawing_of
from modules.parts import Files
from modules.rules import svg

FULL = 1000
BOX = ("x", "y", "width", "height")


def _thousandths(label: Any, low: int) -> blocks.IntegerBlock:
    return blocks.IntegerBlock(label=label, min_value=low, max_value=FULL)


class AreaBlock(blocks.StructBlock):
    text = blocks.CharBlock(
        label=_("Area"),
        max_length=200,
        help_text=_("What is there, for an officer who uses the keyboard or a screen reader."),
    )
    x = _thousandths(_("From the left"), 0)
    y = _thousandths(_("From the top"), 0)
    width = _thousandths(_("Width"), 1)
    height = _thousandths(_("Height"), 1)
    correct = blocks.BooleanBlock(label=_("This area is right"), required=False)
    feedback = blocks.TextBlock(label=_("Feedback"), rows=2)

    class Meta:
        label = _("Area")
        label_format = "{text}"


class SpotBlock(KindBlock):
    drawing = DocumentChooserBlock(
        label=_("Drawing"),
        required=False,
        help_text=_("An SVG file. Choose a drawing or a picture, not both."),
    )
    picture = ImageChooserBlock(label=_("Picture"), required=False)
    description = blocks.TextBlock(
        label=_("Description"),
        rows=4,
        help_text=_("All that the picture shows, for a reader who cannot see it."),
    )
    areas = blocks.ListBlock(
        AreaBlock(),
        label=_("Areas"),
        min_num=2,
        max_num=12,
        help_text=_(
            "In thousandths of the picture's width and height. Right and wrong ones alike."
        ),
    )

    class Meta:
        label = _("Pick the spot")
        icon = "crosshairs"

    def mistakes(self, value: Any) -> Iterator[Mistake]:
        yield from _picture_mistakes(value)
        areas = value["areas"]
        right = sum(bool(area["correct"]) for area in areas)
        if right in (0, len(areas)):
            yield "areas", _("Mark at least one area as right and leave at least one wrong.")
        if any(not _inside(area) for area in areas):
            yield "areas", _("An area reaches beyond the picture.")
        if len({area["text"] for area in areas}) < len(areas):
            yield "areas", _("Two areas have the same text.")

    def document(self, value: Any, item: str, files: Files) -> tuple[Json, Json]:
        areas = value["areas"].bound_blocks
        body = {
            "picture": _picture(value, item, files),
            "description": value["description"],
            "areas": [
                {"id": str(area.id), "text": area.value["text"]}
                | {name: area.value[name] or 0 for name in BOX}
                for area in areas
            ],
        }
        key = {
            "right": [str(area.id) for area in areas if area.value["correct"]],
            "feedback": {str(area.id): area.value["feedback"] for area in areas},
        }
        return body, key


def _inside(area: Any) -> bool:
    return area["x"] + area["width"] <= FULL and area["y"] + area["height"] <= FULL


def _picture_mistakes(value: Any) -> Iterator[Mistake]:
    if bool(value["drawing"]) == bool(value["picture"]):
        yield "picture", _("Choose a drawing or a picture, and not both.")
    elif value["drawing"]:
        try:
            drawing_of(value["drawing"], prefix="")
        except svg.NotADrawing as error:
            message = _("This file is not an SVG drawing that can be shown: %(reason)s.")
            yield "drawing", message % {"reason": error}


def _picture(value: Any, item: str, files: Files) -> Json:
    if value["drawing"]:
        try:
            drawing = drawing_of(value["drawing"], prefix=f"i{item[:8]}-")
        except svg.NotADrawing:  # of a draft; it can't be published
            return {}
        return {"svg": drawing.markup, "width": drawing.width, "height": drawing.height}
    if value["picture"]:
        stored = files.image(value["picture"])
        return {"file": stored.sha256, "width": stored.width, "height": stored.height}
    return {}
