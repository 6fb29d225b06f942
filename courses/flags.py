"""What a trainer should look at in an attempt, in words. Handing in late is normal and no flag."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# Codes of assessments.rules.timing and assessments.rules.chain.
FLAGS: dict[str, Promise] = {
    "over-time": _("An answer was given after the time was over."),
    "time-ran-back": _("The time of the attempt runs backwards between two answers."),
    "clock-changed": _("The tablet's clock was set back during the attempt."),
    "clock-disagrees": _("The tablet's clock and the time of the attempt do not agree."),
    "unsealed": _("The tablet could not seal the answers: its browser is too old."),
    "unknown-key": _("The answers are sealed with a key that this server does not know."),
    "bad-seal": _("The seal of an answer does not fit: it was changed after it was given."),
    "chain-broken": _("Answers are missing, changed or in another order than they were given."),
    "chain-gap": _("An answer is missing between two others."),
}


def in_words(codes: Iterable[str]) -> list[str]:
    """A code that has no words here stands for itself."""
    return [
        str(FLAGS[code]) if code in FLAGS else gettext("To look at: %(code)s") % {"code": code}
        for code in codes
    ]
