"""The trainer's queue: a first mark, a second one, and who decides where they differ."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.marking.outcomes import final, marks_of
from assessments.models import Mark
from elearning.users.roles import Role
from tests.integration.courses import world
from tests.integration.courses.marking.conftest import Exam
from tests.support import taken as made


def test_an_answer_waits_under_a_code_and_without_a_name(exam: Exam) -> None:
    attempt = exam.answered()
    client = world.web(exam.first)
    page = client.get("/training/marking/").content.decode()
    assert exam.queued(exam.first, "first") == 1
    assert "Officer 1" not in page
    answer = client.get(exam.path(attempt)).content.decode()
    for words in (
        "First I look.",
        "Describe what you do first.",
        "Safety",
        "Most of it",
        "2 points",
    ):
        assert words in answer, words
    assert "Officer 1" not in answer
    assert "at most 120 were asked for" in answer


def test_the_oldest_comes_first(exam: Exam) -> None:
    new, old = exam.answered(0, "New."), exam.answered(1, "Old.")
    type(old).objects.filter(pk=old.pk).update(handed_in=new.handed_in.replace(year=2024))
    page = world.web(exam.first).get("/training/marking/").content.decode()
    assert page.index(exam.path(old)) < page.index(exam.path(new))


def test_a_first_mark_is_kept_and_the_attempt_is_marked(exam: Exam) -> None:
    attempt = exam.answered()
    answer = exam.gives(exam.first, attempt, "first", 3, 1, comment="Well seen.")
    assert answer.url == "/training/marking/"
    (mark,) = Mark.objects.all()
    assert (mark.by, mark.role, mark.points, mark.out_of) == (exam.first.pk, "first", 4, 6)
    assert mark.levels == made.levels(exam.item, 3, 1)
    assert mark.comment == "Well seen."
    assert exam.finalised == [attempt.pk]
    assert exam.queued(exam.first, "first") == 0


def test_who_has_marked_is_told_whose_answer_it_was(exam: Exam) -> None:
    attempt = exam.answered()
    exam.gives(exam.first, attempt, "first", 3, 1)
    page = world.web(exam.first).get(exam.path(attempt)).content.decode()
    assert "Officer 1" in page
    assert "data-form" not in page
    assert exam.queued(exam.first, "lately") == 1


def test_a_second_marker_does_not_see_the_first_mark(exam: Exam) -> None:
    attempt = exam.answered()
    exam.gives(exam.first, attempt, "first", 3, 1, comment="Secret words.")
    page = world.web(exam.second).get(exam.path(attempt)).content.decode()
    assert "Your mark, as second marker" in page
    assert "Secret words" not in page
    assert "data-table" not in page
    assert "Officer 1" not in page


def test_two_who_agree_come_to_their_mean(exam: Exam) -> None:
    attempt = exam.answered()
    exam.gives(exam.first, attempt, "first", 3, 1, comment="One.")
    exam.gives(exam.third, attempt, "second", 2, 1, comment="Two.")
    assert exam.finalised == [attempt.pk, attempt.pk]
    (marks,) = marks_of([attempt.pk]).values()
    found = final(exam.item, marks)
    assert found is not None
    assert (found.points, found.out_of, found.comment) == (4, 6, "One.\n\nTwo.")


def test_where_two_differ_a_third_decides_who_sees_both(exam: Exam) -> None:
    attempt = exam.answered()
    exam.gives(exam.first, attempt, "first", 3, 3, comment="One.")
    exam.finalised.clear()
    exam.gives(exam.second, attempt, "second", 1, 3, comment="Two.")
    assert exam.finalised == [attempt.pk]  # the result of the first mark is taken back
    assert exam.queued(exam.first, "moderate") == exam.queued(exam.second, "moderate") == 0
    assert exam.queued(exam.third, "moderate") == exam.queued(exam.coordinator, "moderate") == 1
    page = world.web(exam.coordinator).get(exam.path(attempt))
    shown = world.table(page, "given")
    assert shown[1] == ["Safety", "All of it (3)", "Some of it (1)"]
    assert "One." in page.content.decode()
    assert "Officer 1" not in page.content.decode()
    exam.gives(exam.coordinator, attempt, "moderator", 2, 2, comment="Decided.")
    assert exam.finalised == [attempt.pk] * 2
    (marks,) = marks_of([attempt.pk]).values()
    found = final(exam.item, marks)
    assert found is not None
    assert (found.points, found.comment) == (4, "Decided.")
    assert exam.queued(exam.third, "moderate") == 0


def asked_for(exam: Exam) -> list[str]:
    page = world.web(exam.second).get("/training/marking/")
    return [row[-1] for row in world.table(page, "queue-second")[1:]]


def test_a_test_may_ask_for_a_second_marker(exam: Exam) -> None:
    made.publish(exam.module, made.part("Final", "graded", [exam.item]), second_marker=True)
    attempt = exam.answered()
    exam.gives(exam.first, attempt, "first", 3, 1)
    assert asked_for(exam) == ["Yes"]
    exam.gives(exam.second, attempt, "second", 3, 1)
    assert exam.finalised == [attempt.pk] * 2
    assert exam.queued(exam.third, "second") == 0


def test_what_an_author_wants_now_is_for_later_attempts(exam: Exam) -> None:
    test = made.part("Final", "graded", [exam.item])
    made.publish(exam.module, test, second_marker=True)
    attempt = exam.answered()
    made.publish(exam.module, test, version=2)
    exam.gives(exam.first, attempt, "first", 3, 1)
    assert asked_for(exam) == ["Yes"]
    exam.gives(exam.second, attempt, "second", 3, 1)
    assert exam.queued(exam.third, "second") == 0


def test_where_somebody_was_quicker_nothing_typed_is_lost(exam: Exam) -> None:
    attempt = exam.answered()
    exam.gives(exam.first, attempt, "first", 3, 1)
    answer = exam.gives(exam.second, attempt, "first", 2, 0, comment="My own words.")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Somebody has given this mark in the meantime" in page
    assert "My own words.</textarea>" in page
    assert page.count(" checked>") == 2
    assert 'name="role" value="second"' in page
    assert exam.roles() == ["first"]
    exam.gives(exam.second, attempt, "second", 2, 0, comment="My own words.")
    assert exam.roles() == ["first", "second"]


def test_a_missing_level_is_said_beside_its_criterion(exam: Exam) -> None:
    attempt = exam.answered()
    form = exam.form("first", 3, 1, comment="Kept.")
    missing = next(name for name in form if name.startswith("level-"))
    answer = world.web(exam.first).post(exam.path(attempt), form | {missing: "nothing"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert page.count("Choose a level<") == 1
    assert "Kept.</textarea>" in page
    assert exam.roles() == []


def test_a_comment_that_is_too_long_is_refused_and_kept_in_the_form(exam: Exam) -> None:
    answer = exam.gives(exam.first, exam.answered(), "first", 3, 1, comment="x" * 4001)
    assert answer.status_code == 400
    assert "too long" in answer.content.decode()


def test_a_reload_makes_no_second_mark_and_no_error(exam: Exam) -> None:
    attempt = exam.answered()
    for _time in range(2):
        assert exam.gives(exam.first, attempt, "first", 3, 1, comment="Same.").status_code == 302
    assert exam.roles() == ["first"]


def test_one_person_gives_one_mark_only(exam: Exam) -> None:
    attempt = exam.answered()
    exam.gives(exam.first, attempt, "first", 3, 1)
    answer = exam.gives(exam.first, attempt, "second", 3, 1)
    assert answer.status_code == 400
    assert "You have marked this answer already" in answer.content.decode()
    assert exam.roles() == ["first"]


def test_nobody_decides_before_two_have_marked(exam: Exam) -> None:
    attempt = exam.answered()
    assert exam.gives(exam.first, attempt, "moderator", 3, 1).status_code == 400
    assert exam.gives(exam.first, attempt, "second", 3, 1).status_code == 400
    assert exam.roles() == []


def test_nobody_marks_the_own_attempt(exam: Exam) -> None:
    """A trainer who learns in a cohort of a colleague, and trains the cohort as well."""
    learner = world.person("both", Role.TRAINER, Role.OFFICER)
    cohort = world.cohort(exam.first, "Trainers", [learner], exam.module)
    cohort.trainers.add(learner)
    answers = [(exam.item, ["My own answer."], None)]
    attempt = made.attempt(learner, exam.module, "Final", "graded", answers)
    assert exam.queued(learner, "first") == 0
    assert world.web(learner).get(exam.path(attempt)).status_code == 404
    assert exam.gives(learner, attempt, "first", 3, 1).status_code == 404
    assert exam.queued(exam.first, "first") == 1


def test_a_decision_that_came_second_is_not_lost_from_the_form(exam: Exam) -> None:
    attempt = exam.answered()
    exam.gives(exam.first, attempt, "first", 3, 3)
    exam.gives(exam.second, attempt, "second", 1, 3)
    exam.gives(exam.third, attempt, "moderator", 2, 2)
    answer = exam.gives(exam.coordinator, attempt, "moderator", 1, 1, comment="My own words.")
    assert answer.status_code == 400
    assert "My own words.</textarea>" in answer.content.decode()
    assert exam.roles() == ["first", "second", "moderator"]


def test_trying_to_decide_too_early_shows_no_mark(exam: Exam) -> None:
    attempt = exam.answered()
    exam.gives(exam.first, attempt, "first", 3, 3, comment="Secret words.")
    answer = exam.gives(exam.second, attempt, "moderator", 1, 3)
    assert answer.status_code == 400
    assert "Secret words" not in answer.content.decode()
    assert 'data-table="given"' not in answer.content.decode()


def test_a_trainer_of_none_of_the_officers_cohorts_has_nothing_to_do_with_it(exam: Exam) -> None:
    attempt = exam.answered()
    assert exam.queued(exam.stranger, "first") == 0
    assert world.web(exam.stranger).get(exam.path(attempt)).status_code == 404
    assert exam.gives(exam.stranger, attempt, "first", 3, 1).status_code == 404
    assert exam.queued(exam.third, "first") == 1  # another cohort of the officer


def test_a_coordinator_decides_and_gives_no_other_mark(exam: Exam) -> None:
    attempt = exam.answered()
    assert exam.queued(exam.coordinator, "first") == 0
    assert exam.gives(exam.coordinator, attempt, "first", 3, 1).status_code == 404
    assert exam.gives(exam.coordinator, attempt, "moderator", 3, 1).status_code == 400


@pytest.mark.parametrize("role", [Role.OFFICER, Role.AUTHOR, Role.TRANSLATOR])
def test_a_role_without_business_here_is_told_so(exam: Exam, role: Role) -> None:
    client = world.web(world.person("somebody", role))
    assert client.get("/training/marking/").status_code == 403
    assert client.get(exam.path(exam.answered())).status_code == 403


def test_a_stranger_is_asked_to_sign_in(exam: Exam) -> None:
    assert world.web(None).get("/training/marking/").status_code == 302


def test_what_is_not_handed_in_or_blank_waits_for_nobody(exam: Exam) -> None:
    exam.answered(0, handed_in=None, standing="open")
    exam.answered(1, "  ")
    assert exam.queued(exam.first, "first") == 0
    assert (
        b"There is nothing to mark now" in world.web(exam.first).get("/training/marking/").content
    )


def test_the_mark_stands_on_the_page_of_the_attempt(exam: Exam) -> None:
    attempt = exam.answered()
    exam.gives(exam.first, attempt, "first", 3, 1, comment="Well seen.")
    path = f"/training/cohorts/{exam.cohort.pk}/attempts/{attempt.pk}/"
    page = world.web(exam.second).get(path).content.decode()
    for words in ("First marker", "4 of 6 points", "Asha Trainer", "Well seen."):
        assert words in page, words


@pytest.mark.parametrize("language", ["ur", "my"])
def test_the_pages_speak_other_languages(exam: Exam, language: str) -> None:
    attempt = exam.answered()
    client = world.web(exam.first, language)
    assert client.get("/training/marking/").status_code == 200
    assert client.get(exam.path(attempt)).status_code == 200


def test_queries_do_not_grow_with_answers(exam: Exam) -> None:
    client = world.web(exam.first)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/training/marking/").status_code == 200
        return len(captured)

    exam.gives(exam.second, exam.answered(), "first", 3, 1)
    exam.gives(exam.first, exam.answered(2), "first", 3, 1)
    exam.answered(1)
    small = count()
    for _time in range(5):
        exam.gives(exam.second, exam.answered(), "first", 3, 1)
        exam.gives(exam.first, exam.answered(2), "first", 3, 1)
        exam.answered(1)
    assert count() == small
    assert small <= 21
