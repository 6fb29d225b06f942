"""The server's rules give what the shared vectors say; tests/unit/offline/test_rules.py asks the tablet's the same."""

from collections.abc import Callable
from dataclasses import astuple
from typing import Any

import pytest

from assessments.rules import chain, drawing, forms, items, numbers, scoring, text, timing
from assessments.rules.marking import Marked, mark
from assessments.rules.mastery import mastery
from tests.unit.assessments.rules.vectors import RULES, cases

CASES = cases()


def pair(mark: Marked | None) -> list[int] | None:
    return list(astuple(mark)) if mark else None


def marked(pairs: list[list[int] | None]) -> list[Marked | None]:
    return [each and Marked(*each) for each in pairs]


def score(marks: list[Any], pass_mark: int) -> list[Any]:
    found = scoring.score(marked(marks), pass_mark)
    decimals = [None if each is None else float(each) for each in (found.raw, found.scaled)]
    return [decimals[0], found.max, decimals[1], found.passed]


def mastered(marks: dict[str, Any], *threshold: int) -> dict[str, list[Any]]:
    found = mastery({name: marked(given) for name, given in marks.items()}, *threshold)
    return {name: list(astuple(each)) for name, each in found.items()}


def state(moved: Callable[..., timing.State]) -> Callable[..., list[Any]]:
    return lambda before, *rest: list(astuple(moved(timing.State(*before), *rest)))


def left(limit: int, elapsed: int) -> float | None:
    found = timing.left(limit, elapsed)
    return None if found == float("inf") else found


def judged(limit: int, answers: list[Any], handed_in: list[Any] | None) -> list[str]:
    moments = [timing.Moment(*each) for each in answers]
    return timing.judged(limit, moments, timing.Moment(*handed_in) if handed_in else None)


ANSWERS: dict[str, Callable[..., Any]] = {
    "mark": lambda *given: pair(mark(*given)),
    "normal_text": text.normal_text,
    "readings": numbers.readings,
    "score": score,
    "mastery": mastered,
    "resumed": state(timing.resumed),
    "advanced": state(timing.advanced),
    "left": left,
    "judged": judged,
    "chain_text": lambda facts: chain.text(chain.Facts(*facts)),
    "chain_digest": lambda facts: chain.digest(chain.Facts(*facts)),
    "key_name": lambda spki: chain.key_name(bytes.fromhex(spki)),
    "normal": items.normal,
    "interaction": items.interaction,
    "ranked": drawing.ranked,
    "draw": drawing.draw,
    "shuffled": drawing.shuffled,
    "form": forms.form,
}


@pytest.mark.parametrize(
    ("rule", "arguments", "expected"),
    [(rule, arguments, expected) for rule, _, arguments, expected in CASES],
    ids=[f"{rule}: {about}".encode("ascii", "replace").decode() for rule, about, *_ in CASES],
)
def test_a_rule_gives_what_the_vectors_say(rule: str, arguments: list[Any], expected: Any) -> None:
    assert ANSWERS[rule](*arguments) == expected


def test_there_are_three_hundred_cases_and_some_of_every_rule_and_kind_of_item() -> None:
    assert len(CASES) >= 300
    assert set(RULES) == set(ANSWERS)
    kinds = {arguments[0]["kind"] for rule, _, arguments, _ in CASES if rule == "mark"}
    assert kinds >= set(items.BODY)


def test_no_case_stands_twice() -> None:
    seen = [f"{rule} {arguments!r}" for rule, _, arguments, _ in CASES]
    assert len(set(seen)) == len(seen)
