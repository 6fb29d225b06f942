"""Choose one, choose several, true or false."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from assessments.blocks.kinds import Json, KindBlock, Mistake, scoring_block
from modules.blocks.questions import MESSAGES, ChoiceBlock
from modules.parts import Files
from modules.rules import questions


class ChoicesBlock(KindBlock):
    kind: str

    choices = blocks.ListBlock(ChoiceBlock(), label=_("Choices"), min_num=2, max_num=8)

    def mistakes(self, value: Any) -> Iterator[Mistake]:
        choices = [
            questions.Choice(choice["text"], choice["correct"], choice["feedback"])
            for choice in value["choices"]
        ]
        for problem in questions.problems(self.kind, choices):
            yield "choices", MESSAGES[problem]

    def document(self, value: Any, item: str, files: Files) -> tuple[Json, Json]:
        children = value["choices"].bound_blocks
        body = {"choices": [{"id": str(each.id), "text": each.value["text"]} for each in children]}
        key = {
            "right": [str(each.id) for each in children if each.value["correct"]],
            "feedback": {str(each.id): each.value["feedback"] for each in children},
        }
        return body, key


class SingleBlock(ChoicesBlock):
    kind = "single"

    class Meta:
        label = _("One right choice")
        icon = "radio-full"


class TrueFalseBlock(ChoicesBlock):
    kind = "truefalse"

    class Meta:
        label = _("True or false")
        icon = "radio-empty"


class MultipleBlock(ChoicesBlock):
    kind = "multiple"

    scoring = scoring_block(penalty=True)

    class Meta:
        label = _("Several right choices")
        icon = "check"

    def document(self, value: Any, item: str, files: Files) -> tuple[Json, Json]:
        body, key = super().document(value, item, files)
        return body, key | {"scoring": value["scoring"]}
