"""A module with a pre-test, a post-test and a graded test, and a cohort that took them."""

import uuid
from dataclasses import dataclass
from typing import Any

import pytest

from courses.models import Cohort
from elearning.users.models import User
from elearning.users.roles import Role
from tests.integration.courses import world
from tests.support import taken as made

FIRST, SECOND = "You can tell smuggling from trafficking.", "You can secure a scene."


@dataclass
class Course:
    trainer: User
    second_trainer: User
    other_trainer: User
    coordinator: User
    officers: list[User]
    module: uuid.UUID
    cohort: Cohort
    items: list[dict[str, Any]]

    def url(self, rest: str = "") -> str:
        return f"/training/cohorts/{self.cohort.pk}/{rest}"

    def took(self, officer: User, test: str, *right: bool, **more: Any) -> Any:
        """The officer's marked attempt: which of the items were right."""
        purpose = {"Before": "pre", "After": "post", "Final": "graded"}[test]
        answers = [
            made.right(item) if good else made.wrong(item)
            for item, good in zip(self.items, right, strict=True)
        ]
        return made.attempt(officer, self.module, test, purpose, answers, **more)


@pytest.fixture
def course(db: None) -> Course:
    trainer = world.person("trainer1", Role.TRAINER, first_name="Asha", last_name="Trainer")
    second = world.person("trainer2", Role.TRAINER, first_name="Bala", last_name="Trainer")
    module = world.module()
    items = [
        made.single(f"Question {number}?", objective=made.name(FIRST if number < 3 else SECOND))
        for number in (1, 2, 3, 4)
    ]
    made.keep(*items)
    parts = [
        made.part("Before", "pre", items),
        made.part("After", "post", items),
        made.part("Final", "graded", items),
    ]
    made.publish(module, *parts, objectives=[FIRST, SECOND])
    members = world.officers(3)
    cohort = world.cohort(trainer, "Border course A", members, module)
    cohort.trainers.add(second)
    return Course(
        trainer=trainer,
        second_trainer=second,
        other_trainer=world.person("trainer3", Role.TRAINER),
        coordinator=world.person("coordinator1", Role.COORDINATOR),
        officers=members,
        module=module,
        cohort=cohort,
        items=items,
    )
