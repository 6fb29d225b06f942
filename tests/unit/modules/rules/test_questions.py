import pytest

from modules.rules.questions import Choice, Problem, problems


def choices(*correct: bool) -> list[Choice]:
    return [Choice("text", each, "feedback") for each in correct]


@pytest.mark.parametrize(
    ("kind", "correct"),
    [("single", (True, False)), ("multiple", (True, True, False)), ("truefalse", (False, True))],
)
def test_a_question_that_can_be_answered_has_no_problem(
    kind: str, correct: tuple[bool, ...]
) -> None:
    assert problems(kind, choices(*correct)) == []


@pytest.mark.parametrize(
    ("kind", "correct", "problem"),
    [
        ("single", (True, True), Problem.ONE_RIGHT),
        ("single", (False, False), Problem.ONE_RIGHT),
        ("single", (True,), Problem.AT_LEAST_TWO),
        ("multiple", (True, True), Problem.SOME_RIGHT_SOME_WRONG),
        ("multiple", (False, False), Problem.SOME_RIGHT_SOME_WRONG),
        ("truefalse", (True, False, False), Problem.TWO_CHOICES),
        ("truefalse", (False, False), Problem.ONE_RIGHT),
    ],
)
def test_the_number_of_right_choices_fits_the_kind(
    kind: str, correct: tuple[bool, ...], problem: Problem
) -> None:
    assert problems(kind, choices(*correct)) == [problem]


def test_each_choice_needs_its_text_and_feedback() -> None:
    found = problems("single", [Choice(" ", True, "why"), Choice("text", False, "")])
    assert found == [Problem.TEXT_MISSING, Problem.FEEDBACK_MISSING]
