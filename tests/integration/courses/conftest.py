import uuid
from dataclasses import dataclass

import pytest

from courses.models import Cohort
from elearning.users.models import User
from elearning.users.roles import Role
from tests.integration.courses import world


@dataclass
class School:
    """One trainer with one cohort of three officers in one module, and the rest of the staff."""

    trainer: User
    other_trainer: User
    coordinator: User
    officers: list[User]
    module: uuid.UUID
    cohort: Cohort


@pytest.fixture
def school(db: None) -> School:
    trainer = world.person("trainer1", Role.TRAINER, first_name="Asha", last_name="Trainer")
    module = world.module()
    members = world.officers(3)
    return School(
        trainer=trainer,
        other_trainer=world.person("trainer2", Role.TRAINER),
        coordinator=world.person("coordinator1", Role.COORDINATOR),
        officers=members,
        module=module,
        cohort=world.cohort(trainer, "Border course A", members, module),
    )
