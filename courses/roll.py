"""A pasted list of user names, read line by line."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from elearning.errors import ServiceError
from elearning.users.models import User
from elearning.users.roles import Role

MOST_LINES = 500


@dataclass(frozen=True)
class Added:
    """How many officers are new in the cohort, and how many were in it already."""

    added: int
    already: int


def officers_named(text: str) -> list[User]:
    """The officers of a list with one user name a line; blank lines and repeats don't count.

    Raises ServiceError `no-lines`, `too-many-lines`, or `bad-lines` with
    `lines: [{line, text, message}]` that says of each wrong line why.
    """
    numbered = [
        (number, line.strip())
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip()
    ]
    if not numbered:
        raise ServiceError("no-lines", _("Write the user names, one a line."))
    if len(numbered) > MOST_LINES:
        raise ServiceError(
            "too-many-lines",
            _("Add at most %(count)d officers at a time.") % {"count": MOST_LINES},
        )
    known = _known({name for _number, name in numbered})
    if wrong := list(_wrong(numbered, known)):
        raise ServiceError("bad-lines", _none_added(len(wrong)), lines=wrong)
    return list(known.values())


def has_control_characters(text: str) -> bool:
    """PostgreSQL stores no NUL. Joiners, which Sinhala and Urdu need, are not control characters."""
    return any(unicodedata.category(character) == "Cc" for character in text)


# Letters and signs to Unicode, and blank on every screen: fillers of Hangul, the empty cell of Braille.
BLANK = "\u115f\u1160\u2800\u3164\uffa0"


def is_visible(text: str) -> bool:
    """Whether anything of it can be seen: a letter, a digit, a sign."""
    return any(unicodedata.category(each)[0] in "LNPS" and each not in BLANK for each in text)


def _known(names: set[str]) -> dict[str, User]:
    """Users by name, each with `is_officer`; one query."""
    officers = Group.objects.filter(name=Role.OFFICER, user=OuterRef("pk"))
    names = {name for name in names if not has_control_characters(name)}
    found = User.objects.filter(username__in=names).annotate(is_officer=Exists(officers))
    return {user.username: user for user in found}


def _wrong(numbered: list[tuple[int, str]], known: dict[str, User]) -> Iterator[dict[str, object]]:
    for number, name in numbered:
        if message := _why_wrong(known.get(name)):
            yield {"line": number, "text": name[:150], "message": message}


def _why_wrong(user: User | None) -> str:
    if user is None:
        return _("Nobody has this user name. Check the spelling.")
    if not user.is_officer:  # type: ignore[attr-defined]  # annotated in _known
        return _("This person is not an officer.")
    if not user.is_active:
        return _("This account is closed.")
    return ""


def _none_added(count: int) -> str:
    return ngettext(
        "%(count)d line is wrong, so nobody was added. Mend it and add the list again.",
        "%(count)d lines are wrong, so nobody was added. Mend them and add the list again.",
        count,
    ) % {"count": count}
