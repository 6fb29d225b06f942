"""People as they come down: known by UUID, never made administrators, never merged with others."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.exchange.counts import Count
from courses.exchange.shape import ROLES, Person
from courses.models import FromCentre
from elearning.errors import ServiceError
from elearning.users.models import User
from elearning.users.roles import Role

COLUMNS = ("username", "first_name", "last_name", "is_active", "password")
ADMINISTRATOR = Q(is_superuser=True) | Q(is_staff=True) | Q(groups__name=Role.ADMINISTRATOR)
# How many are looked up in one query.
SOME = 500


def administrators() -> QuerySet[User]:
    return User.objects.filter(ADMINISTRATOR)


def dumped() -> list[dict[str, Any]]:
    """Who is or was a member or a trainer of a cohort.

    An administrator is not among them: that password must not lie on a box in a vehicle.
    """
    taught = Q(memberships__isnull=False) | Q(cohorts_trained__isnull=False)
    people = User.objects.filter(taught).exclude(pk__in=administrators().values("pk"))
    found = people.distinct().order_by("pk").prefetch_related("groups")
    return [
        {"id": str(each.pk)}
        | {name: getattr(each, name) for name in (*COLUMNS, "language")}
        | {"roles": _handed_down({group.name for group in each.groups.all()})}
        for each in found
    ]


def _handed_down(groups: set[str]) -> list[str]:
    return [role.value for role in ROLES if role in groups]


def apply(people: list[Person]) -> Count:
    """Needs a transaction; raises ServiceError `name-taken`.

    The language is the officer's own choice: the centre's counts until one is chosen here.
    """
    count = Count()
    local = set(administrators().values_list("pk", flat=True))
    wanted = {each.id: each for each in people if each.id not in local}
    count.unchanged += len(people) - len(wanted)
    _refuse_taken_names(wanted)
    known = User.objects.in_bulk(list(wanted))
    has = _roles_of(wanted)
    changed = [
        each
        for each in wanted.values()
        if each.id in known and (_columns(known[each.id], each) or has[each.id] != each.roles)
    ]
    _free_names(known[each.id] for each in changed if known[each.id].username != each.username)
    for each in changed:
        User.objects.filter(pk=each.id).update(**_columns(known[each.id], each))
    added = [each for each in wanted.values() if each.id not in known]
    User.objects.bulk_create(_new(each) for each in added)
    _give_roles(has, [*added, *changed])
    count.added += len(added)
    count.changed += len(changed)
    count.unchanged += len(known) - len(changed)
    count.ended += _deactivate_absent(set(wanted), local)
    return count


def _new(person: Person) -> User:
    columns = {name: getattr(person, name) for name in COLUMNS}
    return User(id=person.id, language=person.language, **columns)


def _columns(user: User, person: Person) -> dict[str, Any]:
    """The columns that differ, with the centre's value."""
    names = COLUMNS if user.language else (*COLUMNS, "language")
    values = {name: getattr(person, name) for name in names}
    return {name: value for name, value in values.items() if getattr(user, name) != value}


def _refuse_taken_names(wanted: dict[uuid.UUID, Person]) -> None:
    names = [each.username for each in wanted.values()]
    for holder in User.objects.in_bulk(names, field_name="username").values():
        if holder.pk not in wanted:
            page = reverse("wagtailusers_users:edit", args=[holder.pk])
            raise ServiceError(
                "name-taken",
                _(
                    "Somebody else at this site has the user name of a person of the centre. "
                    "Nothing was changed. Give the account at %(page)s another user name, or have "
                    "the centre change its own; then take it down again."
                )
                % {"page": page},
                account=str(holder.pk),
            )


def _free_names(users: Iterable[User]) -> None:
    """Two people may have swapped their names; for a moment each has the id as name."""
    for user in users:
        User.objects.filter(pk=user.pk).update(username=str(user.pk))


def _roles_of(people: Iterable[uuid.UUID]) -> dict[uuid.UUID, set[str]]:
    """Of the roles that come down; a role given here on top of them (author) is not looked at."""
    found: dict[uuid.UUID, set[str]] = {person: set() for person in people}
    rows = User.groups.through.objects.filter(group__name__in=ROLES)
    for person, role in rows.values_list("user_id", "group__name"):
        if person in found:
            found[person].add(role)
    return found


def _give_roles(has: dict[uuid.UUID, set[str]], people: list[Person]) -> None:
    through = User.groups.through
    for role in ROLES:
        group, _made = Group.objects.get_or_create(name=role)
        gains = [each.id for each in people if role in each.roles - has[each.id]]
        loses = [each.id for each in people if role in has[each.id] - each.roles]
        through.objects.bulk_create(through(user_id=each, group_id=group.pk) for each in gains)
        through.objects.filter(group=group, user_id__in=loses).delete()


def _deactivate_absent(people: set[uuid.UUID], local: set[uuid.UUID]) -> int:
    """Who came from the centre and is there no more can sign in no more; what was learned stays."""
    kind = FromCentre.Kind.PERSON
    before = set(FromCentre.objects.filter(kind=kind).values_list("key", flat=True))
    FromCentre.objects.bulk_create(FromCentre(kind=kind, key=key) for key in people - before)
    gone = list(before - people - local)
    return sum(
        User.objects.filter(pk__in=gone[start : start + SOME], is_active=True).update(
            is_active=False
        )
        for start in range(0, len(gone), SOME)
    )
