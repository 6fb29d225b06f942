"""The StreamField blocks that lessons and tests are made of."""

from modules.blocks.bodies import LessonBody, blocks_json
from modules.blocks.questions import QuestionBlock, item_json

__all__ = ["LessonBody", "QuestionBlock", "blocks_json", "item_json"]
