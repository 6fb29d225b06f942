"""Whose a long answer is to mark: the trainers of the cohort that has the module, else the coordinators."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models import Attempt, AttemptAnswer, Mark
from courses import services
from courses.models import Cohort
from elearning.users.models import User
from elearning.users.roles import Role
from tests.integration.courses import world
from tests.integration.courses.marking.conftest import Exam
from tests.support import taken as made
from tests.support.loaded import loaded


def answered(exam: Exam, officer: User, **more: Any) -> Attempt:
    answers = [(exam.item, ["My answer."], None)]
    return made.attempt(officer, exam.module, "Final", "graded", answers, **more)


def alone() -> User:
    (officer,) = world.officers(1, start=70)
    return officer


def status(exam: Exam, who: User, attempt: Attempt) -> int:
    return world.web(who).get(exam.path(attempt)).status_code


def test_an_officer_of_no_cohort_is_the_coordinators_to_mark(exam: Exam) -> None:
    attempt = answered(exam, alone())
    admin = world.person("admin", Role.ADMINISTRATOR)
    assert exam.queued(exam.coordinator, "nobodys") == exam.queued(admin, "nobodys") == 1
    assert exam.queued(exam.first, "first") == 0
    assert exam.gives(exam.first, attempt, "first", 3, 1).status_code == 404
    assert exam.gives(exam.coordinator, attempt, "first", 3, 1).status_code == 302
    assert Mark.objects.get().by == exam.coordinator.pk
    assert exam.queued(exam.coordinator, "nobodys") == 0
    assert exam.queued(exam.coordinator, "lately") == 1


def test_what_has_a_trainer_does_not_come_to_the_coordinators(exam: Exam) -> None:
    attempt = exam.answered()
    assert exam.queued(exam.coordinator, "nobodys") == 0
    assert exam.gives(exam.coordinator, attempt, "first", 3, 1).status_code == 404


@pytest.mark.parametrize("lost", ["removed", "closed", "role", "learns"])
def test_a_cohort_without_a_trainer_who_can_mark_is_nobodys(exam: Exam, lost: str) -> None:
    trainer = world.person("trainer5", Role.TRAINER, Role.OFFICER)
    officer = alone()
    cohort = world.cohort(trainer, "Left alone", [officer], exam.module)
    if lost == "removed":
        Cohort.trainers.through.objects.filter(cohort=cohort).delete()
    elif lost == "closed":
        User.objects.filter(pk=trainer.pk).update(is_active=False)
    elif lost == "role":
        trainer.groups.remove(Group.objects.get(name=Role.TRAINER))
    else:
        officer = trainer
        services.add_officers(by=trainer, cohort_id=cohort.pk, names=trainer.username)
    answered(exam, officer)
    assert exam.queued(exam.coordinator, "nobodys") == 1


def test_a_second_mark_that_is_waited_for_comes_to_the_coordinators_when_the_only_trainer_has_marked(
    exam: Exam,
) -> None:
    made.publish(exam.module, made.part("Final", "graded", [exam.item]), second_marker=True)
    officer = alone()
    world.cohort(exam.stranger, "One trainer", [officer], exam.module)
    attempt = answered(exam, officer)
    assert exam.queued(exam.coordinator, "nobodys") == 0
    exam.gives(exam.stranger, attempt, "first", 3, 1)
    assert exam.queued(exam.coordinator, "nobodys") == 1
    assert exam.gives(exam.coordinator, attempt, "second", 3, 1).status_code == 302
    assert exam.roles() == ["first", "second"]


def test_a_second_mark_that_another_trainer_can_give_is_no_coordinators(exam: Exam) -> None:
    made.publish(exam.module, made.part("Final", "graded", [exam.item]), second_marker=True)
    attempt = exam.answered()
    exam.gives(exam.first, attempt, "first", 3, 1)
    assert exam.queued(exam.coordinator, "nobodys") == 0
    assert exam.gives(exam.coordinator, attempt, "second", 3, 1).status_code == 404


def test_a_trainer_of_the_officer_in_another_module_does_not_mark(exam: Exam) -> None:
    attempt = exam.answered()
    world.cohort(exam.stranger, "Another course", exam.officers, world.module("Second"))
    for list_name in ("first", "second"):
        assert exam.queued(exam.stranger, list_name) == 0
    assert status(exam, exam.stranger, attempt) == 404
    assert exam.gives(exam.stranger, attempt, "first", 3, 1).status_code == 404
    exam.gives(exam.first, attempt, "first", 3, 1)
    AttemptAnswer.objects.update(points=4)
    assert exam.queued(exam.stranger, "second") == 0
    assert exam.queued(exam.second, "second") == 1


def test_a_module_that_no_cohort_of_the_officer_has_is_every_trainer_of_the_officers(
    exam: Exam,
) -> None:
    officer = alone()
    world.cohort(exam.stranger, "Nothing assigned", [officer])
    attempt = answered(exam, officer)
    assert exam.queued(exam.stranger, "first") == 1
    assert exam.queued(exam.first, "first") == exam.queued(exam.coordinator, "nobodys") == 0
    assert exam.gives(exam.stranger, attempt, "first", 3, 1).status_code == 302


def test_who_has_left_the_cohort_is_not_its_trainers_to_mark(exam: Exam) -> None:
    officer = alone()
    cohort = world.cohort(exam.stranger, "Left", [officer], exam.module)
    answered(exam, officer)
    services.remove_officer(by=exam.stranger, cohort_id=cohort.pk, officer_id=officer.pk)
    assert exam.queued(exam.stranger, "first") == 0
    assert exam.queued(exam.coordinator, "nobodys") == 1


def test_a_coordinator_does_not_mark_the_own_answer(exam: Exam) -> None:
    officer = world.person("both", Role.OFFICER, Role.COORDINATOR)
    attempt = answered(exam, officer)
    assert exam.queued(officer, "nobodys") == 0
    assert status(exam, officer, attempt) == 404
    assert exam.gives(officer, attempt, "first", 3, 1).status_code == 404
    assert exam.queued(exam.coordinator, "nobodys") == 1


def test_what_was_marked_once_may_be_marked_again_by_another_trainer(exam: Exam) -> None:
    """Nobody waits for it: it is not among what waits, and is there all the same."""
    attempt = exam.answered(standing="marked")
    AttemptAnswer.objects.update(points=4)
    exam.gives(exam.first, attempt, "first", 3, 1)
    assert exam.queued(exam.first, "second") == 0
    page = world.web(exam.second).get("/training/marking/")
    assert [row[-1] for row in world.table(page, "queue-second")[1:]] == ["No"]
    Mark.objects.update(at=timezone.now() - timedelta(days=91))
    assert exam.queued(exam.second, "second") == 0
    assert exam.gives(exam.second, attempt, "second", 3, 1).status_code == 302
    Mark.objects.update(at=timezone.now())
    assert exam.queued(exam.third, "second") == 0


def marked(exam: Exam, count: int) -> None:
    """So many that were marked once, long ago, by the first trainer."""
    when = timezone.now() - timedelta(days=400)
    names = [uuid.uuid4() for _each in range(count)]
    learner, item = exam.officers[0].pk, exam.item["id"]
    shown = [{"item": item, "version": 1, "order": []}]
    Attempt.objects.bulk_create(
        Attempt(
            id=name, learner=learner, module=exam.module, test=made.name("Final"), purpose="graded",
            language="en", version=1, items=shown, begun=when, handed_in=when, arrived=when,
            standing="marked", scaled=1,
        )
        for name in names
    )  # fmt: skip
    AttemptAnswer.objects.bulk_create(
        AttemptAnswer(
            attempt=name, learner=learner, item=item, version=1, statement=uuid.uuid4(),
            response=["Old."], points=6, out_of=6, at=when,
        )
        for name in names
    )  # fmt: skip
    levels = made.levels(exam.item, 3, 3)
    Mark.objects.bulk_create(
        Mark(
            attempt=name,
            item=item,
            role="first",
            by=exam.first.pk,
            levels=levels,
            points=6,
            out_of=6,
        )
        for name in names
    )


@pytest.mark.parametrize("who", ["first", "second", "coordinator"])
def test_two_thousand_marked_answers_cost_the_queue_nothing(exam: Exam, who: str) -> None:
    client = world.web(getattr(exam, who))

    def cost() -> tuple[int, int]:
        with loaded(Attempt, AttemptAnswer, Mark) as rows, CaptureQueriesContext(connection) as sql:
            assert client.get("/training/marking/").status_code == 200
        return len(rows), len(sql)

    for officer in range(3):
        exam.answered(officer)
    answered(exam, alone())
    marked(exam, 30)
    cost()
    small = cost()
    marked(exam, 2000)
    assert cost() == small
    assert small[0] < 300
    waits = "nobodys" if who == "coordinator" else "first"
    assert exam.queued(getattr(exam, who), waits) == (1 if who == "coordinator" else 3)


def test_more_than_a_page_of_waiting_answers_is_said_and_the_oldest_are_shown(
    exam: Exam, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("courses.selectors.marking.MOST", 2)
    monkeypatch.setattr("courses.views.marking.MOST", 2)
    attempts = [exam.answered(officer) for officer in range(3)]
    for age, attempt in enumerate(attempts):
        Attempt.objects.filter(pk=attempt.pk).update(
            handed_in=timezone.now() - timedelta(days=10 - age)
        )
    page = world.web(exam.first).get("/training/marking/")
    assert len(world.table(page, "queue-first")) == 1 + 2
    assert exam.path(attempts[2]) not in page.content.decode()
    assert "These are the oldest 2 that wait" in page.content.decode()
    exam.gives(exam.first, attempts[0], "first", 3, 1)
    page = world.web(exam.first).get("/training/marking/").content.decode()
    assert exam.path(attempts[2]) in page
    assert "These are the oldest" not in page
