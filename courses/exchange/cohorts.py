"""Cohorts, memberships and assignments as they come down; what was made at the site stays."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from courses.exchange.counts import Count
from courses.exchange.shape import AssignmentRow, CohortRow, Member
from courses.models import Assignment, Cohort, FromCentre, Membership
from elearning.users.models import User

Kind = FromCentre.Kind


def dumped_cohorts(people: set[str]) -> list[dict[str, Any]]:
    """All cohorts, with those trainers and officers who are handed down."""
    found = Cohort.objects.order_by("pk").prefetch_related("trainers", "memberships")
    return [
        {
            "id": str(cohort.pk),
            "name": cohort.name,
            "trainers": sorted({str(each.pk) for each in cohort.trainers.all()} & people),
            "memberships": sorted(
                (
                    each
                    for each in map(_dumped, cohort.memberships.all())
                    if each["officer"] in people
                ),
                key=lambda entry: entry["officer"],
            ),
        }
        for cohort in found
    ]


def _dumped(membership: Membership) -> dict[str, Any]:
    left = membership.left.isoformat() if membership.left else None
    return {
        "officer": str(membership.officer_id),
        "joined": membership.joined.isoformat(),
        "left": left,
    }


def dumped_assignments(cohorts: set[str]) -> list[dict[str, Any]]:
    return [
        {
            "id": str(each.pk),
            "cohort": str(each.cohort_id),
            "module": str(each.module),
            "due": each.due.isoformat() if each.due else None,
        }
        for each in Assignment.objects.order_by("pk")
        if str(each.cohort_id) in cohorts
    ]


def apply_cohorts(rows: list[CohortRow]) -> Count:
    """Names and trainers; a trainer of this site who was added here stays. Needs a transaction."""
    count = Count()
    centre = remembered(Kind.PERSON)
    known = Cohort.objects.prefetch_related("trainers").in_bulk([each.id for each in rows])
    for row in rows:
        cohort = known.get(row.id)
        if cohort is None:
            Cohort.objects.create(id=row.id, name=row.name).trainers.set(_users(row.trainers))
            count.added += 1
            continue
        here = {each.pk for each in cohort.trainers.all()}
        wanted = row.trainers | (here - centre)
        if cohort.name == row.name and here == wanted:
            count.unchanged += 1
            continue
        Cohort.objects.filter(pk=cohort.pk).update(name=row.name)
        cohort.trainers.set(_users(wanted))
        count.changed += 1
    remember(Kind.COHORT, {each.id for each in rows})
    return count


def _users(ids: Iterable[uuid.UUID]) -> QuerySet[User]:
    return User.objects.filter(pk__in=list(ids))


def apply_memberships(rows: list[CohortRow]) -> Count:
    """In the centre's cohorts the centre's people are members as it says; others are left alone."""
    count = Count()
    wanted = {(row.id, each.officer): each for row in rows for each in row.memberships}
    centre = remembered(Kind.PERSON)
    cohorts = list(remembered(Kind.COHORT))
    known = {
        (each.cohort_id, each.officer_id): each
        for each in Membership.objects.filter(cohort__in=cohorts)
    }
    added = [
        Membership(cohort_id=cohort, officer_id=each.officer, joined=each.joined, left=each.left)
        for (cohort, _officer), each in wanted.items()
        if (cohort, each.officer) not in known
    ]
    Membership.objects.bulk_create(added)
    count.added = len(added)
    now = timezone.now()
    for key, membership in known.items():
        if key in wanted:
            _count_change(count, _follow(membership, wanted[key]))
        elif membership.officer_id in centre and membership.left is None:
            _write(membership, membership.joined, now)
            count.ended += 1
    return count


def _follow(membership: Membership, row: Member) -> bool:
    if (membership.joined, membership.left) == (row.joined, row.left):
        return False
    _write(membership, row.joined, row.left)
    return True


def _write(membership: Membership, joined: datetime, left: datetime | None) -> None:
    Membership.objects.filter(pk=membership.pk).update(joined=joined, left=left)


def apply_assignments(rows: list[AssignmentRow]) -> Count:
    """What the centre has withdrawn goes; what was assigned at the site stays.

    Where both assigned one module to one cohort, the centre's takes the place of the site's.
    """
    count = Count()
    before = remembered(Kind.ASSIGNMENT)
    gone = before - {each.id for each in rows}
    count.ended, _by_model = Assignment.objects.filter(pk__in=gone).delete()
    known = Assignment.objects.in_bulk([each.id for each in rows])
    for row in rows:
        assignment = known.get(row.id)
        columns = {"cohort_id": row.cohort, "module": row.module, "due": row.due}
        if assignment and all(getattr(assignment, name) == columns[name] for name in columns):
            count.unchanged += 1
            continue
        twins = Assignment.objects.filter(cohort=row.cohort, module=row.module)
        replaced, _by_model = twins.exclude(pk=row.id).delete()
        if assignment:
            Assignment.objects.filter(pk=row.id).update(**columns)
        else:
            Assignment.objects.create(id=row.id, **columns)
        _count_change(count, changed=True, added=assignment is None and not replaced)
    FromCentre.objects.filter(kind=Kind.ASSIGNMENT, key__in=gone).delete()
    remember(Kind.ASSIGNMENT, {each.id for each in rows})
    return count


def _count_change(count: Count, changed: bool, added: bool = False) -> None:
    if added:
        count.added += 1
    elif changed:
        count.changed += 1
    else:
        count.unchanged += 1


def remembered(kind: FromCentre.Kind) -> set[uuid.UUID]:
    return set(FromCentre.objects.filter(kind=kind).values_list("key", flat=True))


def remember(kind: FromCentre.Kind, keys: set[uuid.UUID]) -> None:
    new = keys - remembered(kind)
    FromCentre.objects.bulk_create(FromCentre(kind=kind, key=key) for key in new)
