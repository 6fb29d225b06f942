"""The body of a lesson: a stream of blocks, and its JSON in an edition."""

from typing import Any

from wagtail import blocks

from modules.blocks.figures import FigureBlock
from modules.blocks.media import AudioBlock, VideoBlock
from modules.blocks.practice import PracticeBlock
from modules.blocks.texts import (
    CalloutBlock,
    CaseBlock,
    CheckBlock,
    ChecklistBlock,
    DefinitionBlock,
    TextBlock,
)
from modules.parts import Files


class LessonBody(blocks.StreamBlock):
    text = TextBlock()
    definition = DefinitionBlock()
    case = CaseBlock()
    callout = CalloutBlock()
    checklist = ChecklistBlock()
    figure = FigureBlock()
    audio = AudioBlock()
    video = VideoBlock()
    check = CheckBlock()
    practice = PracticeBlock()


def blocks_json(body: Any, files: Files) -> list[dict[str, Any]]:
    """The blocks of docs/formats.md, in order; uploads go to `files`.

    A block whose upload was deleted since has nothing to show and is left out.
    """
    fields = [(child, child.block.document(child.value, str(child.id), files)) for child in body]
    return [
        {"id": str(child.id), "type": child.block_type, **document}
        for child, document in fields
        if document is not None
    ]
