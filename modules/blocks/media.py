"""Audio and video: an uploaded file, captions for each language, and a transcript."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from elearning import languages
from elearning.templatetags.formats import filesize
from modules.blocks.rich import RichText, html_of
from modules.parts import Files
from modules.rules import kinds


class UploadBlock(DocumentChooserBlock):
    """A document of one family of files (rules.kinds), checked by name, content and size."""

    def __init__(self, family: str, **options: Any) -> None:
        super().__init__(**options)
        self.family = family

    def clean(self, value: Any) -> Any:
        document = super().clean(value)
        if document:
            with document.file.open("rb") as stream:
                head = stream.read(16)
            if not kinds.accepted(document.filename, head, self.family):
                message = _("This file cannot be used here. Choose one of: %(names)s.")
                raise ValidationError(message % {"names": kinds.names(self.family)})
            # A tablet with 2 GB of memory checks each file whole.
            if document.file.size > settings.MEDIA_MAX_BYTES:
                message = _("This file is too large for a tablet. It may have at most %(size)s.")
                raise ValidationError(message % {"size": filesize(settings.MEDIA_MAX_BYTES)})
        return document


class CaptionsBlock(blocks.StructBlock):
    language = blocks.ChoiceBlock(
        label=_("Language"),
        choices=[(language.code, language.name) for language in languages.ALL],
        default=languages.SOURCE.code,
    )
    file = UploadBlock("captions", label=_("Captions"), help_text=_("A WebVTT file (.vtt)."))

    class Meta:
        label = _("Captions")
        label_format = "{language}"


class MediaBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=200)
    captions = blocks.ListBlock(CaptionsBlock(), label=_("Captions"), default=[])
    transcript = RichText(
        label=_("Transcript"),
        help_text=_("All that is said and shown, for a person who cannot hear or see it."),
    )

    class Meta:
        label_format = "{heading}"
        form_layout = ["heading", "file", "captions", "transcript"]

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        codes = [captions["language"] for captions in cleaned["captions"]]
        if len(codes) != len(set(codes)):
            message = ValidationError(_("Give one captions file for each language."))
            error = blocks.ListBlockValidationError(non_block_errors=[message])
            raise blocks.StructBlockValidationError(block_errors={"captions": error})
        return cleaned

    def document(self, value: Any, block_id: str, files: Files) -> dict[str, Any] | None:
        upload = value["file"]
        if upload is None:
            return None
        return {
            "heading": value["heading"],
            "file": files.document(upload),
            "mime": kinds.KINDS[kinds.extension(upload.filename)].mime,
            "captions": [
                _captions(captions, files) for captions in value["captions"] if captions["file"]
            ],
            "transcript": html_of(value["transcript"]),
        }


def _captions(value: Any, files: Files) -> dict[str, str]:
    code = value["language"]
    return {
        "language": code,
        "label": languages.BY_CODE[code].name,
        "file": files.document(value["file"]),
    }


class AudioBlock(MediaBlock):
    file = UploadBlock("audio", label=_("Sound file"), help_text=_("MP3, M4A or OGG."))

    class Meta:
        label = _("Audio")
        icon = "media"


class VideoBlock(MediaBlock):
    file = UploadBlock("video", label=_("Video file"), help_text=_("MP4 or WebM."))

    class Meta:
        label = _("Video")
        icon = "media"
