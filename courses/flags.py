"""What a trainer should look at in an attempt, in words. Handing in late is normal and no flag."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# Codes of assessments.rules.timing and of assessments.attempts (chain, flags and neighbours).
FLAGS: dict[str, Promise] = {
    "over-time": _("An answer was given after the time was over."),
    "time-ran-back": _("The time of the attempt runs backwards between two answers."),
    "clock-changed": _("The tablet's clock was set back during the attempt."),
    "clock-disagrees": _("The tablet's clock and the time of the attempt do not agree."),
    "not-timed": _(
        "An answer came without its time, so nobody can say if the time limit was kept."
    ),
    "not-sealed": _("Answers came without a seal that this server can check."),
    "seal-wrong": _("The seal of an answer does not fit: the answer may have been changed."),
    "chain-broken": _("Answers were changed, or are in another order than they were given."),
    "chain-gap": _("An answer is missing between two others."),
    "unknown-item": _("A question was answered that this attempt was not to ask."),
    "another-officer": _("Answers of another officer came under this attempt."),
    "too-many-attempts": _("There are more attempts than the test allows."),
    "same-form": _("The tests before and after the module asked the same questions."),
}


def in_words(codes: Iterable[str]) -> list[str]:
    """A code that has no words here stands for itself."""
    return [
        str(FLAGS[code]) if code in FLAGS else gettext("To look at: %(code)s") % {"code": code}
        for code in codes
    ]
