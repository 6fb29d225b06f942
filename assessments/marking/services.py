"""Giving a mark. Who trains whom is asked above (courses.marking)."""

from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from assessments import readers
from assessments.attempts import reader
from assessments.marking.outcomes import marks_of, outcome_of, rubric_of
from assessments.models import AttemptAnswer, ItemVersion, Mark
from assessments.rules import moderation
from assessments.rules.moderation import Waits
from elearning.errors import ServiceError

COMMENT_LENGTH = 4000


def give_mark(
    *,
    by: UUID,
    answer: AttemptAnswer,
    role: str,
    levels: Mapping[str, str],
    comment: str,
    second_marker: bool = False,
) -> Mark:
    """Keep what a person gave, and make the attempt anew, whatever the mark comes to: a second mark
    that differs takes back the result of the first.

    Raises PermissionDenied for the own attempt; ServiceError `no-rubric`, `levels-missing` (with
    `criteria`), `long-comment`, `twice`, `not-now` or `already-marked`. Giving the same again, as a
    reload does, changes nothing.
    """
    if by == answer.learner:
        raise PermissionDenied
    content = _content(answer)
    rubric = rubric_of(content)
    _check(rubric, levels, comment)
    comment = comment.replace("\x00", "").strip()
    with transaction.atomic():
        # Two markers go one after the other, and no mark is there without what it comes to: making
        # anew takes the same lock.
        readers.locked_cursor(reader.ATTEMPTS.name)
        marks = marks_of([answer.attempt])[answer.attempt, answer.item]
        _check_role(by, role, levels, comment, content, marks, second_marker=second_marker)
        mark, made = Mark.objects.get_or_create(
            attempt=answer.attempt,
            item=answer.item,
            role=role,
            defaults={
                "by": by,
                "levels": {each["id"]: levels[each["id"]] for each in rubric},
                "points": moderation.points(rubric, levels),
                "out_of": moderation.out_of(rubric),
                "comment": comment,
            },
        )
        if not made and not _is_same(mark, by, levels, comment):
            raise _already_marked(role)
        reader.remake_some([answer.attempt])
    return mark


def _content(answer: AttemptAnswer) -> dict[str, object]:
    found = ItemVersion.objects.filter(item=answer.item, number=answer.version).first()
    if found is None or not rubric_of(found.content):
        raise ServiceError(
            "no-rubric", _("The rubric of this question is not on this server. Try again later.")
        )
    content: dict[str, object] = found.content
    return content


def _check(rubric: moderation.Rubric, levels: Mapping[str, str], comment: str) -> None:
    if criteria := moderation.missing(rubric, levels):
        raise ServiceError(
            "levels-missing", _("Choose a level for each criterion."), criteria=criteria
        )
    if len(comment) > COMMENT_LENGTH:
        raise ServiceError(
            "long-comment",
            _("The comment is too long: at most %(length)d letters.") % {"length": COMMENT_LENGTH},
        )


def _check_role(
    by: UUID,
    role: str,
    levels: Mapping[str, str],
    comment: str,
    content: Mapping[str, object],
    marks: list[Mark],
    *,
    second_marker: bool,
) -> None:
    """Whether this person may give this mark now."""
    own = [mark for mark in marks if mark.by == by]
    if any(mark.role == role and _is_same(mark, by, levels, comment) for mark in own):
        return
    if own and not any(mark.role == role for mark in marks):
        raise ServiceError(
            "twice", _("You have marked this answer already. Somebody else marks it now.")
        )
    if any(mark.role == role for mark in marks):
        raise _already_marked(role)
    waits = outcome_of(content, marks, second_marker=second_marker).waits
    ready = {
        Mark.Role.FIRST: waits == Waits.FIRST,
        # Wanted or not: a second marker may look at any answer that has a first mark.
        Mark.Role.SECOND: bool(marks) and waits != Waits.MODERATOR,
        Mark.Role.MODERATOR: waits == Waits.MODERATOR,
    }
    if not ready.get(Mark.Role(role), False):
        raise ServiceError("not-now", _("This answer waits for no such mark now."))


def _is_same(mark: Mark, by: UUID, levels: Mapping[str, str], comment: str) -> bool:
    return mark.by == by and mark.levels == dict(levels) and mark.comment == comment


def _already_marked(role: str) -> ServiceError:
    said = _("Somebody has given this mark in the meantime. What you wrote is still here.")
    if role == Mark.Role.FIRST:
        said = f"{said} {_('You can save it as a second mark.')}"
    return ServiceError("already-marked", said)
