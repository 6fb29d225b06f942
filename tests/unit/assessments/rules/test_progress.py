"""The fold: any order and any grouping of statements say the same of a learner."""

import functools
import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.progress import (
    Elsewhere,
    Summary,
    Unreadable,
    merge,
    merge_into,
    plausible,
    read,
)
from tests.support.statements import by_server, statement

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
MODULE = uuid.uuid4()
LESSON = uuid.uuid4()


def said(verb: str, **more: Any) -> Summary:
    return summary_of(statement(uuid.uuid4(), verb, module=MODULE, about=LESSON, **more), verb)


def marked(verb: str, **more: Any) -> Summary:
    return summary_of(by_server(statement(uuid.uuid4(), verb, module=MODULE, **more)), verb)


def summary_of(made: dict[str, Any], verb: str) -> Summary:
    return read(verb=verb, payload=made, timestamp=NOW, stored=NOW)[1]


def together(*summaries: Summary) -> Summary:
    return functools.reduce(merge, summaries)


def test_a_lesson_that_was_opened_is_progress() -> None:
    assert said("initialized").state == "in-progress"


def test_completed_lessons_are_counted_once() -> None:
    assert together(said("completed"), said("completed")).lessons == {str(LESSON)}


def test_a_test_that_was_handed_in_is_no_lesson() -> None:
    made = statement(uuid.uuid4(), "completed", module=MODULE, about=LESSON)
    made["object"]["definition"]["type"] = "http://adlnet.gov/expapi/activities/assessment"
    _module, summary = read(verb="completed", payload=made, timestamp=NOW, stored=NOW)
    assert (summary.lessons, summary.state) == (frozenset(), "in-progress")


def test_a_score_of_a_test_that_decides_nothing_is_no_state_and_no_score() -> None:
    made = by_server(statement(uuid.uuid4(), "passed", module=MODULE, scaled=0.3))
    summary = summary_of(made, "scored")
    assert (summary.state, summary.score) == ("in-progress", None)


def test_each_answer_counts() -> None:
    assert together(said("answered"), said("answered"), said("completed")).answers == 2


def test_a_failed_attempt_is_a_failed_module() -> None:
    assert together(said("initialized"), marked("failed", scaled=0.5)).state == "failed"


@pytest.mark.parametrize("verb", ["passed", "failed"])
@pytest.mark.parametrize(
    "authority",
    [
        None,
        {},
        {"account": {"homePage": "https://site.example", "name": str(uuid.uuid4())}},
        {"mbox": "mailto:server@site.example", "name": "server"},
        {"objectType": "Group", "member": [{"account": {"homePage": "x", "name": "server"}}]},
    ],
)
def test_who_is_no_server_passes_and_fails_nobody(verb: str, authority: Any) -> None:
    made = statement(uuid.uuid4(), verb, module=MODULE, scaled=0.9)
    summary = summary_of(made | ({} if authority is None else {"authority": authority}), verb)
    assert (summary.state, summary.score) == ("in-progress", None)


def test_one_passed_attempt_is_enough_before_or_after_a_failed_one() -> None:
    passed, failed = marked("passed", scaled=0.8), marked("failed", scaled=0.9)
    assert merge(passed, failed).state == merge(failed, passed).state == "passed"


def test_the_score_is_the_best_of_all_attempts() -> None:
    attempts = [marked("failed", scaled=0.25), marked("passed", scaled=0.91666666)]
    assert together(*attempts, marked("passed", scaled=0.85)).score == Decimal("0.9167")


def test_the_score_of_one_answer_is_no_score_of_the_module() -> None:
    assert said("answered", scaled=1).score is None


def test_an_unknown_verb_still_shows_that_the_learner_was_here() -> None:
    made = statement(uuid.uuid4(), "answered", module=MODULE)
    _module, summary = read(verb="http://a.example/v", payload=made, timestamp=NOW, stored=NOW)
    assert (summary.state, summary.answers, summary.last) == ("in-progress", 0, NOW)


@pytest.mark.parametrize(
    ("ago", "kept"),
    [
        (timedelta(0), True),
        (timedelta(days=399), True),
        (timedelta(days=401), False),
        (timedelta(days=3650), False),
        (timedelta(seconds=-1), False),
        (timedelta(days=-3650), False),
    ],
)
def test_a_clock_that_cannot_be_right_is_replaced_by_the_arrival(
    ago: timedelta, kept: bool
) -> None:
    assert plausible(NOW - ago, NOW) == (NOW - ago if kept else NOW)


@pytest.mark.parametrize(
    "context",
    [
        {},
        {"contextActivities": {}},
        {"contextActivities": {"grouping": []}},
        {"contextActivities": {"grouping": [{"id": "http://a.example/module"}]}},
    ],
)
def test_a_statement_of_no_module_of_ours_is_about_something_else(context: object) -> None:
    made = statement(uuid.uuid4(), module=MODULE) | {"context": context}
    with pytest.raises(Elsewhere):
        read(verb="answered", payload=made, timestamp=NOW, stored=NOW)


@pytest.mark.parametrize(
    "context", [None, {"contextActivities": {"grouping": [{"id": "urn:uuid:17"}]}}]
)
def test_a_statement_whose_module_has_no_name_is_unreadable(context: object) -> None:
    made = statement(uuid.uuid4(), module=MODULE) | {"context": context}
    with pytest.raises(Unreadable):
        read(verb="answered", payload=made, timestamp=NOW, stored=NOW)


@pytest.mark.parametrize("lesson", [{"id": "http://a.b/c"}, {"mbox": "mailto:a@b.example"}])
def test_a_lesson_with_a_foreign_name_or_none_is_unreadable(lesson: dict[str, str]) -> None:
    made = statement(uuid.uuid4(), "completed", module=MODULE) | {"object": lesson}
    with pytest.raises(Unreadable):
        read(verb="completed", payload=made, timestamp=NOW, stored=NOW)


def test_one_activity_alone_names_the_module_too() -> None:
    made = statement(uuid.uuid4(), module=MODULE)
    activities = made["context"]["contextActivities"]
    activities["grouping"] = activities["grouping"][0]
    assert read(verb="answered", payload=made, timestamp=NOW, stored=NOW)[0] == MODULE


moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))
scores = st.none() | st.decimals(0, 1, places=4)
lessons = st.frozensets(st.sampled_from(["a", "b", "c"]))
summaries = st.builds(
    lambda when, passed, failed, score, done, answers: Summary(
        when, when, passed, failed, score, done, answers
    ),
    moments,
    st.booleans(),
    st.booleans(),
    scores,
    lessons,
    st.integers(0, 1),
)


@given(summaries, summaries, summaries)
def test_merging_knows_no_order_and_no_grouping(one: Summary, two: Summary, three: Summary) -> None:
    assert merge(one, two) == merge(two, one)
    assert merge(merge(one, two), three) == merge(one, merge(two, three))


@given(st.lists(st.tuples(st.integers(0, 2), summaries), min_size=1), st.data())
def test_any_batches_in_any_order_give_the_same(
    found: list[tuple[int, Summary]], data: st.DataObject
) -> None:
    keyed = [((uuid.UUID(int=learner), MODULE), summary) for learner, summary in found]
    at_once: dict[Any, Summary] = {}
    merge_into(at_once, keyed)
    in_pieces: dict[Any, Summary] = {}
    shuffled = data.draw(st.permutations(keyed))
    cut = data.draw(st.integers(0, len(shuffled)))
    merge_into(in_pieces, shuffled[:cut])
    merge_into(in_pieces, shuffled[cut:])
    assert in_pieces == at_once
