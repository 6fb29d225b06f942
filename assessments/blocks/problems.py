"""What the rules find wrong with an item, in sentences for its author."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from assessments.rules.problems import Problem, problems
from modules.parts import StoredImage

MESSAGES: dict[Problem, Any] = {
    Problem.LABEL_MISSING: _("A text is empty, or has no letters in it."),
    Problem.LABELS_ALIKE: _("Two texts read alike: nobody could tell them apart."),
    Problem.FEEDBACK_MISSING: _("Some feedback is missing."),
    Problem.TOO_FEW: _("There is too little to choose from, or the text has nothing but gaps."),
    Problem.ONE_RIGHT: _("Exactly one must be right."),
    Problem.SOME_RIGHT_SOME_WRONG: _("At least one must be right and at least one wrong."),
    Problem.KEY_INCOMPLETE: _("The right answer is not complete."),
    Problem.SCORING_UNKNOWN: _("Choose how it is scored."),
    Problem.NOT_A_NUMBER: _("Write numbers with a point, as in 12.5."),
    Problem.UNIT_MISSING: _("Give at least one unit a factor above 0."),
    Problem.PICTURE_MISSING: _("The picture is missing."),
    Problem.DESCRIPTION_MISSING: _("The description of the picture is missing."),
    Problem.AREA_OUTSIDE: _("An area reaches beyond the picture."),
    Problem.AREAS_OVERLAP: _("Two areas overlap: a tap there would be in both."),
    Problem.WORDS_MISSING: _("Say how many words the answer may have."),
    Problem.RUBRIC_INCOMPLETE: _("Each criterion needs levels that differ in their points."),
}


class NoFiles:
    """Stores nothing (modules.parts.Files): only whether there is a picture counts here."""

    def document(self, document: Any) -> str:
        return ""

    def image(self, image: Any) -> StoredImage:
        return StoredImage(sha256=str(image.pk), width=1, height=1)

    def kept(self, sha256: str) -> None: ...


def body_problems(kind: str, body: dict[str, Any], key: dict[str, Any]) -> list[Problem]:
    """Of a body alone: question and explanation have fields of their own."""
    words = {"text": "question", "explanation": "explanation"}
    return problems({"kind": kind, "key": key} | words | body)
