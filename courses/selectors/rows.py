"""Attempts as rows of a table, and one of them at the head of its page."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.models import Attempt, Standing
from courses import flags, rules
from courses.access import may_open
from courses.models import Cohort
from courses.selectors.forms import assignments_of, twice_the_same
from elearning.users.models import User


@dataclass(frozen=True)
class AttemptRow:
    """`assignment` and `same_form` are of a pre-test or a post-test. `opens`: for the person who asks."""

    attempt: Attempt
    officer: User
    cohort: Cohort
    assignment: str
    same_form: bool
    opens: bool

    @property
    def flags(self) -> list[str]:
        return flags.in_words(self.attempt.flags)

    @property
    def standing(self) -> str:
        if self.attempt.passed is None:
            return str(Standing(self.attempt.standing).label)
        return _("Passed") if self.attempt.passed else _("Failed")

    @property
    def form(self) -> str:
        """A form that is the same in both tests makes the gain between them doubtful."""
        form = self.attempt.form
        return _("%(form)s, both times") % {"form": form} if self.same_form else form

    @property
    def score(self) -> Decimal | None:
        """Cut to whole hundredths, as everywhere."""
        found = self.attempt.scaled
        return None if found is None else rules.percent(found)


def attempt_rows(
    person: User,
    found: Iterable[tuple[Attempt, User, Cohort]],
    beside: Iterable[Attempt],
) -> list[AttemptRow]:
    """`beside`: the officers' attempts at the same module, these among them. Two queries."""
    listed = list(found)
    assignments = assignments_of(person, (attempt for attempt, _officer, _cohort in listed))
    twice: set[uuid.UUID] = twice_the_same(beside)
    return [
        AttemptRow(
            attempt,
            officer,
            cohort,
            assignment=assignments.get(attempt.pk, ""),
            same_form=attempt.pk in twice,
            opens=may_open(person, attempt),
        )
        for attempt, officer, cohort in listed
    ]
