"""What a trainer should look at is flagged, and never thrown away."""

import copy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assessments.attempts import reader
from assessments.models import Attempt, AttemptAnswer
from elearning.users.models import DeviceKey
from tests.integration.assessments.attempts.conftest import World, know, table
from tests.integration.assessments.conftest import Tablet
from tests.support.attempts import Seal, Sitter, part, right, single, wrong

ITEMS = [single(f"flag {number}") for number in range(3)]
TEST = part("flags", "graded", ITEMS, minutes=10, attempts=2)
RIGHT = {each["id"]: right(each) for each in ITEMS}
CHAIN = "tag:elearning.example,2026:chain"


@pytest.fixture
def graded(world: World) -> World:
    world.publish(TEST)
    know(ITEMS)
    return world


def link(statement: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = statement["context"]["extensions"][CHAIN]
    return found


def test_a_whole_attempt_that_arrives_days_later_has_no_flag(graded: World) -> None:
    began = datetime.now(UTC) - timedelta(days=9)
    row = graded.reads(*graded.sits(TEST, began=began).takes(RIGHT))
    assert (row.flags, row.scaled) == ([], 1)
    assert row.begun and row.arrived and row.arrived - row.begun > timedelta(days=8)


def test_a_statement_that_is_missing_is_a_gap(graded: World) -> None:
    made = graded.sits(TEST).takes(RIGHT)
    assert graded.reads(made[0], *made[2:]).flags == ["chain-gap"]


def test_a_changed_answer_breaks_the_chain_and_its_seal(graded: World) -> None:
    item = ITEMS[0]
    made = graded.sits(TEST).takes({**RIGHT, item["id"]: wrong(item)})
    made[1]["result"]["response"] = right(item)[0]
    row = graded.reads(*made)
    assert row.flags == ["chain-broken", "seal-wrong"]
    assert row.scaled == 1


def test_a_changed_last_statement_is_seen_by_its_seal(graded: World) -> None:
    made = graded.sits(TEST).takes(RIGHT)
    made[-1]["timestamp"] = datetime.now(UTC).isoformat()
    assert "seal-wrong" in graded.reads(*made).flags


def test_two_in_one_place_break_the_chain(graded: World) -> None:
    sitter = graded.sits(TEST)
    begun = sitter.begins()
    other = copy.copy(sitter)
    made = [sitter.answers(ITEMS[0]["id"], right(ITEMS[0])), sitter.hands_in()]
    row = graded.reads(begun, *made, other.answers(ITEMS[1]["id"], right(ITEMS[1])))
    assert row.flags == ["chain-broken"]


def test_an_answer_behind_the_end_breaks_the_chain(graded: World) -> None:
    sitter = graded.sits(TEST)
    made = sitter.takes({})
    row = graded.reads(*made, sitter.answers(ITEMS[0]["id"], ["x"]))
    assert row.flags == ["chain-broken", "time-ran-back"]


def test_a_statement_without_a_link_breaks_the_chain(graded: World) -> None:
    made = graded.sits(TEST).takes(RIGHT)
    del made[1]["context"]["extensions"][CHAIN]
    assert "chain-broken" in graded.reads(*made).flags


def test_a_tablet_that_cannot_seal_is_flagged_and_not_refused(graded: World) -> None:
    row = graded.reads(*graded.sits(TEST, seal=None).takes(RIGHT))
    assert (row.flags, row.scaled) == (["not-sealed"], 1)


def test_a_seal_of_a_key_that_comes_later_is_looked_at_then(graded: World) -> None:
    DeviceKey.objects.all().delete()
    row = graded.reads(*graded.sits(TEST).takes(RIGHT))
    assert (row.flags, row.missing_key) == (["not-sealed"], graded.seal.name)
    graded.tells_key()
    reader.catch_up()
    row.refresh_from_db()
    assert (row.flags, row.missing_key) == ([], "")
    before = table()
    reader.rebuild()
    assert table() == before


@pytest.mark.parametrize("seal", ["x", "AAAA", "é", "A" * 88])
def test_what_is_no_seal_is_a_wrong_one(graded: World, seal: str) -> None:
    made = graded.sits(TEST).takes(RIGHT)
    link(made[-1])["seal"] = seal
    assert graded.reads(*made).flags == ["seal-wrong"]


def test_the_seal_of_another_key_under_this_ones_name_is_wrong(graded: World) -> None:
    forger = Seal()
    forger.name = graded.seal.name
    assert graded.reads(*graded.sits(TEST, seal=forger).takes(RIGHT)).flags == ["seal-wrong"]


def test_an_answer_after_the_time_is_flagged_and_counts(graded: World) -> None:
    sitter = graded.sits(TEST)
    made = [sitter.begins()]
    made += [sitter.answers(each["id"], right(each), after=250_000) for each in ITEMS]
    row = graded.reads(*made, sitter.hands_in())
    assert (row.flags, row.scaled) == (["over-time"], 1)


def test_a_clock_that_was_turned_back_is_flagged(graded: World) -> None:
    sitter = graded.sits(TEST)
    answer = [sitter.begins(), sitter.answers(ITEMS[0]["id"], ["x"], turned_back=True)]
    assert graded.reads(*answer).flags == ["clock-changed"]


def test_another_officers_statement_is_ignored_and_flagged(
    graded: World, other_tablet: Tablet
) -> None:
    sitter = graded.sits(TEST)
    stranger = copy.copy(sitter)
    made = sitter.takes({})
    stranger.officer, stranger.sequence = other_tablet.officer.pk, 99
    assert (
        other_tablet.posts([stranger.answers(ITEMS[0]["id"], right(ITEMS[0]))]).status_code == 200
    )
    row = graded.reads(*made)
    assert (row.learner, row.scaled) == (graded.tablet.officer.pk, 0)
    assert row.flags == ["another-officer"]
    assert not AttemptAnswer.objects.exists()


def test_an_item_that_was_not_to_be_asked_is_flagged_and_adds_nothing(graded: World) -> None:
    sitter = graded.sits(TEST)
    strange = single("strange")
    made = [sitter.begins(), sitter.answers(strange["id"], right(strange)), sitter.hands_in()]
    row = graded.reads(*made)
    assert (row.flags, row.scaled) == (["unknown-item"], 0)
    assert AttemptAnswer.objects.get().response == right(strange)


def test_leaving_items_out_of_what_was_drawn_makes_no_better_mark(graded: World) -> None:
    sitter = graded.sits(TEST)
    only = ITEMS[0]
    plan = [{"item": only["id"], "version": 1, "order": []}]
    made = [sitter.begins(items=plan), sitter.answers(only["id"], right(only)), sitter.hands_in()]
    row = graded.reads(*made)
    assert row.flags == ["unknown-item"]
    assert float(row.scaled or 0) == 0.3333


def test_another_version_of_an_item_is_flagged(graded: World) -> None:
    sitter = graded.sits(TEST)
    made = [sitter.begins(), sitter.answers(ITEMS[0]["id"], right(ITEMS[0]), version=2)]
    assert graded.reads(*made).flags == ["unknown-item"]


def test_one_attempt_too_many_is_flagged_in_whatever_order_they_come(graded: World) -> None:
    now = datetime.now(UTC)
    sitters = [graded.sits(TEST, began=now - timedelta(hours=hours)) for hours in (9, 6, 3)]
    made: dict[str, list[dict[str, Any]]] = {each.attempt: each.takes(RIGHT) for each in sitters}
    for sitter in reversed(sitters):
        graded.sends(*made[sitter.attempt])
        reader.catch_up()
    flags = {str(row.pk): row.flags for row in Attempt.objects.all()}
    assert [flags[each.attempt] for each in sitters] == [[], [], ["too-many-attempts"]]
    before = table()
    reader.rebuild()
    assert table() == before


def test_strange_plans_are_taken_for_none(graded: World) -> None:
    sitter: Sitter = graded.sits(TEST)
    odd: dict[str, Any] = {"items": [7, {"item": 1}, {"item": "x"}], "form": 3, "purpose": [], "assignment": 5, "limit": "x"}  # fmt: skip
    row = graded.reads(sitter.begins(**odd), sitter.hands_in())
    assert (row.purpose, row.form, row.assignment, len(row.items)) == ("graded", "", None, 3)
    assert row.flags == []
