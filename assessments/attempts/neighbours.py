"""What of an attempt shows only beside the others of its officer, in whatever order they came."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from assessments.attempts.voids import slices
from assessments.models import Attempt, Standing

TOO_MANY, SAME_FORM = "too-many-attempts", "same-form"
Rows = Mapping[uuid.UUID, Attempt | None]
NEEDED = (
    "learner", "module", "test", "purpose", "form", "begun", "handed_in", "arrived", "allowed", "flags",
    "standing",
)  # fmt: skip


def flag(after: Rows, before: Rows) -> None:
    """Of rows that are to be written, and of those written earlier for which these make a difference."""
    rows = [row for row in [*after.values(), *before.values()] if row]
    _flag(TOO_MANY, _is_too_many, _groups("test", rows, after), after)
    paired = [row for row in rows if row.form]
    _flag(SAME_FORM, _has_had_the_form, _groups("module", paired, after), after)


def _is_too_many(row: Attempt, earlier: Sequence[Attempt]) -> bool:
    return 0 < row.allowed <= len(earlier)


def _has_had_the_form(row: Attempt, earlier: Sequence[Attempt]) -> bool:
    """The post-test asked what the pre-test had asked, or the other way round."""
    asked = {each.form for each in earlier if each.purpose != row.purpose}
    return bool(row.form) and row.form in asked


def _flag(
    code: str,
    is_due: Callable[[Attempt, Sequence[Attempt]], bool],
    groups: Iterable[list[Attempt]],
    after: Rows,
) -> None:
    """`is_due` by those of the group that were begun before."""
    for group in groups:
        group.sort(key=lambda row: (row.begun or row.handed_in or row.arrived, row.pk))
        counting = [row for row in group if row.standing != Standing.VOID]
        for number, row in enumerate(counting):
            found = {*row.flags} - {code} | ({code} if is_due(row, counting[:number]) else set())
            if sorted(found) != row.flags:
                row.flags = sorted(found)
                if row.pk not in after:
                    Attempt.objects.filter(pk=row.pk).update(flags=row.flags)


def _groups(by: str, touched: Iterable[Attempt], after: Rows) -> Iterable[list[Attempt]]:
    """All attempts of the same officers at the same tests, or in the same modules."""
    wanted = {(row.learner, getattr(row, by)) for row in touched}
    groups: dict[tuple[uuid.UUID, uuid.UUID], list[Attempt]] = defaultdict(list)
    for row in [*_others(by, wanted, after), *(row for row in after.values() if row)]:
        key = row.learner, getattr(row, by)
        if key in wanted:
            groups[key].append(row)
    return groups.values()


def _others(by: str, wanted: set[tuple[uuid.UUID, uuid.UUID]], after: Rows) -> Iterable[Attempt]:
    light = Attempt.objects.only(*NEEDED)
    for some in slices(sorted(wanted)):
        learners, named = {each[0] for each in some}, {each[1] for each in some}
        found = light.filter(learner__in=learners, **{f"{by}__in": named})
        yield from (row for row in found if row.pk not in after)
