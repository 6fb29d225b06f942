"""A graded test with one long answer, a cohort with two trainers, and the rest of the staff."""

import uuid
from dataclasses import dataclass, field
from typing import Any

import pytest

from assessments.attempts import reader
from assessments.models import Attempt, Mark
from courses.models import Cohort
from elearning.users.models import User
from elearning.users.roles import Role
from tests.integration.courses import world
from tests.support import taken as made


@dataclass
class Exam:
    first: User
    second: User
    third: User
    stranger: User
    coordinator: User
    officers: list[User]
    module: uuid.UUID
    cohort: Cohort
    item: dict[str, Any]
    finalised: list[uuid.UUID] = field(default_factory=list)

    def answered(self, officer: int = 0, text: str = "First I look.", **more: Any) -> Attempt:
        answers = [(self.item, [text], None)]
        return made.attempt(self.officers[officer], self.module, "Final", "graded", answers, **more)

    def path(self, attempt: Attempt) -> str:
        return f"/training/marking/{attempt.pk}/{self.item['id']}/"

    def form(self, role: str, *levels: int, comment: str = "") -> dict[str, str]:
        chosen = made.levels(self.item, *levels)
        return {
            "role": role,
            "comment": comment,
            **{f"level-{criterion}": level for criterion, level in chosen.items()},
        }

    def gives(self, who: User, attempt: Attempt, role: str, *levels: int, comment: str = "") -> Any:
        return world.web(who).post(self.path(attempt), self.form(role, *levels, comment=comment))

    def queued(self, who: User, name: str) -> int:
        page = world.web(who).get("/training/marking/")
        if f'data-table="queue-{name}"' not in page.content.decode():
            return 0
        return len(world.table(page, f"queue-{name}")) - 1

    def roles(self) -> list[str]:
        return list(Mark.objects.order_by("at", "pk").values_list("role", flat=True))


@pytest.fixture
def exam(db: None, monkeypatch: pytest.MonkeyPatch) -> Exam:
    first = world.person("trainer1", Role.TRAINER, first_name="Asha", last_name="Trainer")
    second = world.person("trainer2", Role.TRAINER, first_name="Bala", last_name="Trainer")
    third = world.person("trainer3", Role.TRAINER, first_name="Chan", last_name="Trainer")
    module = world.module()
    item = made.long_answer()
    made.keep(item)
    made.publish(module, made.part("Final", "graded", [item]))
    members = world.officers(3)
    cohort = world.cohort(first, "Border course A", members, module)
    cohort.trainers.add(second)
    world.cohort(third, "Night shift", members, module)
    found = Exam(
        first=first,
        second=second,
        third=third,
        stranger=world.person("trainer9", Role.TRAINER),
        coordinator=world.person("coordinator1", Role.COORDINATOR),
        officers=members,
        module=module,
        cohort=cohort,
        item=item,
    )
    monkeypatch.setattr(reader, "remake_some", found.finalised.extend)
    return found
