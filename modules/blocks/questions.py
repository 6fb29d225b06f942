"""A question, in a lesson's knowledge check or in a test."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from modules.rules import questions

MESSAGES = {
    questions.Problem.TWO_CHOICES: _("A true or false question has exactly two choices."),
    questions.Problem.AT_LEAST_TWO: _("A question has at least two choices."),
    questions.Problem.ONE_RIGHT: _("Mark exactly one choice as right."),
    questions.Problem.SOME_RIGHT_SOME_WRONG: _(
        "Mark at least one choice as right and leave at least one wrong."
    ),
    questions.Problem.TEXT_MISSING: _("Each choice needs its text."),
    questions.Problem.FEEDBACK_MISSING: _(
        "Each choice needs feedback that says why it is right or wrong."
    ),
}


class ChoiceBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Choice"), max_length=500)
    correct = blocks.BooleanBlock(label=_("This choice is right"), required=False)
    feedback = blocks.TextBlock(
        label=_("Feedback"),
        rows=2,
        help_text=_("What was right in this choice, why, and what to look at."),
    )

    class Meta:
        label = _("Choice")
        label_format = "{text}"


class QuestionBlock(blocks.StructBlock):
    """Value of one item; its id is the id of the stream child that holds it."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[
            ("single", _("One right choice")),
            ("multiple", _("Several right choices")),
            ("truefalse", _("True or false")),
        ],
        default="single",
    )
    text = blocks.TextBlock(label=_("Question"), rows=3)
    choices = blocks.ListBlock(ChoiceBlock(), label=_("Choices"), min_num=2, max_num=8)
    explanation = blocks.TextBlock(
        label=_("Explanation"), rows=2, help_text=_("Shown after every answer.")
    )
    source = blocks.CharBlock(
        label=_("Source"), help_text=_("Document and paragraph where the answer stands.")
    )

    class Meta:
        label = _("Question")
        label_format = "{text}"
        icon = "help"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        choices = [
            questions.Choice(choice["text"], choice["correct"], choice["feedback"])
            for choice in cleaned["choices"]
        ]
        if self.is_deferred_validation:
            return cleaned  # a draft may be half written
        if found := questions.problems(cleaned["kind"], choices):
            errors = [ValidationError(MESSAGES[problem]) for problem in found]
            error = blocks.ListBlockValidationError(non_block_errors=errors)
            raise blocks.StructBlockValidationError(block_errors={"choices": error})
        return cleaned


def item_json(value: Any, item_id: str) -> dict[str, Any]:
    """The item of docs/formats.md for a QuestionBlock value; `item_id` is the stream child's id."""
    return {
        "id": str(item_id),
        "kind": value["kind"],
        "text": value["text"],
        "choices": [
            {
                "id": str(choice.id),
                "text": choice.value["text"],
                "correct": bool(choice.value["correct"]),
                "feedback": choice.value["feedback"],
            }
            for choice in value["choices"].bound_blocks
        ],
        "explanation": value["explanation"],
        "source": value["source"],
    }
