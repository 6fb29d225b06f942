"""Who sat what: the attempts behind every table of tests."""

import uuid
from collections import defaultdict

from assessments.attempts import reader
from assessments.models import Attempt
from courses.models import Cohort
from courses.selectors.standings import Roll

# Officer and module: whose attempts at what.
Sat = dict[tuple[uuid.UUID, uuid.UUID], list[Attempt]]


def sat_by(roll: Roll, test: uuid.UUID | None = None) -> Sat:
    """The attempts of the officers of these cohorts at the modules assigned there, or at that of `test`, the
    first first; one query after catching up with the log."""
    reader.catch_up()
    learners = {officer.pk for officers in roll.officers.values() for officer in officers}
    attempts = Attempt.objects.filter(learner__in=learners, module__in=set(roll.headings))
    if test:
        attempts = attempts.filter(module__in=Attempt.objects.filter(test=test).values("module"))
    found: Sat = defaultdict(list)
    for attempt in attempts.defer("objectives", "comments", "statements").order_by("begun", "pk"):
        found[attempt.learner, attempt.module].append(attempt)
    return found


def in_cohort(roll: Roll, sat: Sat, cohort: Cohort, module: uuid.UUID) -> list[Attempt]:
    officers = roll.officers.get(cohort.pk, [])
    return [attempt for each in officers for attempt in sat.get((each.pk, module), [])]
