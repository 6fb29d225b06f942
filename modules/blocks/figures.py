"""A figure: a drawing (SVG, shown inline so that its text is text) or a photograph."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from modules.blocks.texts import source_block
from modules.parts import Files
from modules.rules import svg


def drawing_of(document: Any, prefix: str) -> svg.Drawing:
    """The cleaned drawing; raises svg.NotADrawing. Ids get the prefix: several share one page."""
    with document.file.open("rb") as stream:
        return svg.clean(stream.read(svg.MAX_BYTES + 1), prefix=prefix)


class FigureBlock(blocks.StructBlock):
    drawing = DocumentChooserBlock(
        label=_("Drawing"),
        required=False,
        help_text=_("An SVG file. Choose a drawing or a picture, not both."),
    )
    picture = ImageChooserBlock(label=_("Picture"), required=False)
    caption = blocks.CharBlock(label=_("Caption"), max_length=300)
    description = blocks.TextBlock(
        label=_("Description"),
        rows=4,
        help_text=_("All that the figure says, for a reader who cannot see it."),
    )
    source = source_block()

    class Meta:
        label = _("Figure")
        label_format = "{caption}"
        icon = "image"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        drawing, picture = cleaned["drawing"], cleaned["picture"]
        if drawing and picture:
            raise _error("picture", _("Choose a drawing or a picture, not both."))
        if drawing:
            _check_drawing(drawing)
        elif not picture and not self.is_deferred_validation:
            raise _error("drawing", _("Choose a drawing or a picture."))
        return cleaned

    def document(self, value: Any, block_id: str, files: Files) -> dict[str, Any] | None:
        if not value["drawing"] and not value["picture"]:
            return None
        words = {name: value[name] for name in ("caption", "description", "source")}
        if value["drawing"]:
            drawing = drawing_of(value["drawing"], prefix=f"f{block_id[:8]}-")
            return {
                "svg": drawing.markup,
                "width": drawing.width,
                "height": drawing.height,
                **words,
            }
        stored = files.image(value["picture"])
        return {"file": stored.sha256, "width": stored.width, "height": stored.height, **words}


def _error(field: str, message: Any) -> blocks.StructBlockValidationError:
    return blocks.StructBlockValidationError(block_errors={field: ValidationError(message)})


def _check_drawing(document: Any) -> None:
    try:
        drawing_of(document, prefix="")
    except svg.NotADrawing as error:
        message = _("This file is not an SVG drawing that can be shown: %(reason)s.")
        raise _error("drawing", message % {"reason": error}) from error
