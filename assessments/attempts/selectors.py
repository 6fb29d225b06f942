"""What an officer is told of the own attempts."""

import uuid
from typing import Any

from django.db.models import Q

from assessments.models import Attempt, Purpose, Standing

# What the learner's app calls it: it makes no difference there where the key is.
STATES = {
    Standing.TO_MARK.value: "to-mark",
    Standing.MARKED.value: "marked",
    Standing.ELSEWHERE.value: "handed-in",
}
# The newest; a tablet that wants more has them.
MOST = 200
COLUMNS = (
    "id", "test", "module", "purpose", "standing", "scaled", "passed", "handed_in", "objectives",
    "comments",
)  # fmt: skip


def results_of(officer: uuid.UUID) -> list[dict[str, Any]]:
    """The `results` of docs/formats.md, newest first: of attempts that the tablet could not mark, or
    not alone. One query. Call attempts.reader.catch_up() first.
    """
    by_a_person = Q(standing=Standing.TO_MARK) | ~Q(comments=[])
    told = ~Q(purpose=Purpose.PRACTICE) | by_a_person
    rows = Attempt.objects.filter(told, learner=officer, standing__in=STATES)
    return [_told(row) for row in rows.order_by("-handed_in", "pk").values(*COLUMNS)[:MOST]]


def _told(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "attempt": str(row["id"]),
        "test": str(row["test"]),
        "module": str(row["module"]),
        "purpose": row["purpose"],
        "state": STATES[row["standing"]],
        "scaled": None if row["scaled"] is None else float(row["scaled"]),
        "passed": row["passed"],
        "handed_in": row["handed_in"].isoformat(),
        # What is not marked yet must not look like what was not known.
        "objectives": row["objectives"] if row["standing"] == Standing.MARKED else [],
        "comments": row["comments"],
    }
