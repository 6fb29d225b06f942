"""What is handed down, as it is written and as it is read back: checked whole before anything is done."""

import uuid
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.conf import settings
from django.utils.translation import gettext as _

from courses.models import NAME_LENGTH
from elearning.errors import ServiceError
from elearning.users.roles import Role
from modules.editions.building import FORMAT

# An administrator is made at each server by hand, never by what another server says.
ROLES = (Role.OFFICER, Role.TRAINER, Role.COORDINATOR)

Row = TypeVar("Row")


class Damaged(ServiceError):
    """`where` names the entry and never what stands in it: it may end up in a log."""

    def __init__(self, where: str) -> None:
        super().__init__(
            "damaged-data",
            _("What came down is damaged (%(where)s). Nothing was changed. Take it down again.")
            % {"where": where},
        )


@dataclass(frozen=True)
class Person:
    id: uuid.UUID
    username: str
    first_name: str
    last_name: str
    language: str
    is_active: bool
    password: str
    roles: frozenset[str]


@dataclass(frozen=True)
class Member:
    officer: uuid.UUID
    joined: datetime
    left: datetime | None


@dataclass(frozen=True)
class CohortRow:
    id: uuid.UUID
    name: str
    trainers: frozenset[uuid.UUID]
    memberships: list[Member]


@dataclass(frozen=True)
class AssignmentRow:
    id: uuid.UUID
    cohort: uuid.UUID
    module: uuid.UUID
    due: date | None


@dataclass(frozen=True)
class Roster:
    people: list[Person]
    cohorts: list[CohortRow]
    assignments: list[AssignmentRow]


def rows(data: Any, kind: str, read: Callable[[dict[str, Any]], Row]) -> list[Row]:
    """Every entry of one kind; raises Damaged with the number of the first that is wrong."""
    entries = data.get(kind) if isinstance(data, dict) else None
    if not isinstance(entries, list):
        raise Damaged(kind)
    found = []
    for number, entry in enumerate(entries, start=1):
        try:
            found.append(read(entry))
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            raise Damaged(f"{kind} {number}") from error
    return found


class UnknownFormat(ServiceError):
    """What it says would be taken for something else, so none of it is taken."""

    def __init__(self, found: int) -> None:
        super().__init__(
            "unknown-format",
            _(
                "What comes down is of format %(found)s, and this server knows no newer one than %(known)s. Nothing "
                "was changed. Bring this server to the version of the other one."
            )
            % {"found": found, "known": FORMAT},
        )


def check_format(data: Any) -> None:
    """Of all that comes down, which has the format of its newest edition, and of one manifest."""
    if not isinstance(data, dict) or type(data.get("format")) is not int:
        raise Damaged("format")
    if not 1 <= data["format"] <= FORMAT:
        raise UnknownFormat(data["format"])


def roster(data: dict[str, Any]) -> Roster:
    found = Roster(
        people=rows(data, "people", _person),
        cohorts=rows(data, "cohorts", _cohort),
        assignments=rows(data, "assignments", _assignment),
    )
    people = {each.id for each in found.people}
    each_once("people", (each.id for each in found.people))
    each_once("user names", (each.username for each in found.people))
    each_once("cohorts", (each.id for each in found.cohorts))
    each_once("assignments", (each.id for each in found.assignments))
    each_once("modules of cohorts", ((each.cohort, each.module) for each in found.assignments))
    for number, cohort in enumerate(found.cohorts, start=1):
        officers = [member.officer for member in cohort.memberships]
        each_once(f"memberships of cohort {number}", officers)
        if not people >= cohort.trainers | set(officers):
            raise Damaged(f"people of cohort {number}")
    if not {each.id for each in found.cohorts} >= {each.cohort for each in found.assignments}:
        raise Damaged("cohorts of assignments")
    return found


def each_once(where: str, keys: Iterable[Hashable]) -> None:
    found = list(keys)
    if len(set(found)) != len(found):
        raise Damaged(where)


def _person(entry: dict[str, Any]) -> Person:
    roles = frozenset(_list(entry["roles"]))
    if not roles <= set(ROLES) or entry["language"] not in ("", *dict(settings.LANGUAGES)):
        raise ValueError
    return Person(
        id=name(entry["id"]),
        username=text(entry["username"], 150, blank=False),
        first_name=text(entry["first_name"], 150),
        last_name=text(entry["last_name"], 150),
        language=entry["language"],
        is_active=_flag(entry["is_active"]),
        password=text(entry["password"], 128, blank=False),
        roles=roles,
    )


def _cohort(entry: dict[str, Any]) -> CohortRow:
    return CohortRow(
        id=name(entry["id"]),
        name=text(entry["name"], NAME_LENGTH, blank=False),
        trainers=frozenset(map(name, _list(entry["trainers"]))),
        memberships=[_member(each) for each in _list(entry["memberships"])],
    )


def _member(entry: dict[str, Any]) -> Member:
    left = None if entry["left"] is None else moment(entry["left"])
    return Member(name(entry["officer"]), moment(entry["joined"]), left)


def _assignment(entry: dict[str, Any]) -> AssignmentRow:
    return AssignmentRow(
        id=name(entry["id"]),
        cohort=name(entry["cohort"]),
        module=name(entry["module"]),
        due=None if entry["due"] is None else date.fromisoformat(entry["due"]),
    )


def text(value: Any, longest: int | None = None, *, blank: bool = True) -> str:
    """Text that both databases take; raises ValueError for NUL, half a character, or too much."""
    if not isinstance(value, str) or "\0" in value or (not value and not blank):
        raise ValueError
    value.encode()  # a lone surrogate is a ValueError
    if longest is not None and len(value) > longest:
        raise ValueError
    return value


def name(value: Any) -> uuid.UUID:
    if not isinstance(value, str):
        raise TypeError
    return uuid.UUID(value)


def moment(value: Any) -> datetime:
    found = datetime.fromisoformat(value)
    if found.tzinfo is None:
        raise ValueError
    return found


def number(value: Any, most: int, least: int = 0) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError
    return value
