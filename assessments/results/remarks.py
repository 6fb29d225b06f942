"""What is odd about an item, in words that say what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.results.analysis import AnalysedItem, choices_of
from assessments.rules.statistics import Remark
from assessments.rules.statistics.remarks import strong_wrong, unused

WORDS: dict[Remark, Promise] = {
    Remark.TOO_HARD: _(
        "Hard: fewer than three in ten of the points were reached. Is it taught, and is it clear?"
    ),
    Remark.TOO_EASY: _("Easy: nearly everybody gets it right, so it tells nobody apart."),
    Remark.WEAK: _("It hardly tells strong officers from weak ones. Look for two right answers."),
    Remark.NEGATIVE: _(
        "Weak officers get it right more often than strong ones. Is the key wrong, or the wording?"
    ),
    Remark.SLOW: _("It takes more than twice as long as the other items. Can it be said shorter?"),
}


def sentences(item: AnalysedItem) -> list[str]:
    """One for each remark; those about choices name them."""
    texts = {choice["id"]: choice["text"] for choice in choices_of(item.content)}
    found: list[str] = []
    for remark in item.remarks:
        if remark == Remark.UNUSED:
            names = [texts[choice] for choice in unused(item.figures, item.right)]
            found.append(_named(gettext("Nobody chose this wrong answer: %(choices)s"), names))
        elif remark == Remark.STRONG_WRONG:
            names = [texts[choice] for choice in strong_wrong(item.figures, item.right)]
            words = gettext(
                "Strong officers chose this wrong answer more often than weak ones: %(choices)s"
            )
            found.append(_named(words, names))
        else:
            found.append(str(WORDS[remark]))
    return found


def _named(words: str, names: list[str]) -> str:
    return words % {"choices": "; ".join(f"“{name}”" for name in names)}
