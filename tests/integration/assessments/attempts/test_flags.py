"""What a trainer should look at is flagged, and never thrown away."""

import copy
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assessments import progress
from assessments.attempts import reader
from assessments.models import Attempt, AttemptAnswer, Progress
from elearning.users.models import DeviceKey
from tests.integration.assessments.attempts.conftest import World, know, marks, table
from tests.integration.assessments.conftest import Tablet
from tests.integration.assessments.systems import passes_on
from tests.support.attempts import Seal, Sitter, long, part, right, single, wrong
from tests.support.statements import EXTENSIONS, by_server

ITEMS = [single(f"flag {number}") for number in range(3)]
TEST = part("flags", "graded", ITEMS, minutes=10, attempts=2)
RIGHT = {each["id"]: right(each) for each in ITEMS}
CHAIN = f"{EXTENSIONS}:chain"


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


def bare(made: list[dict[str, Any]], *but: str) -> list[dict[str, Any]]:
    """Without the extensions that only an app with a chain has."""
    for each in made:
        for name in {"chain", "timing", "attempt"} - {*but}:
            each["context"]["extensions"].pop(f"{EXTENSIONS}:{name}", None)
    return made


@pytest.mark.parametrize("purpose", ["graded", "pre", "post"])
def test_a_test_that_no_old_app_could_open_is_owed_chain_and_time(
    world: World, purpose: str
) -> None:
    test = part(f"owed {purpose}", purpose, ITEMS)
    world.publish(test)
    know(ITEMS)
    row = world.reads(*bare(world.sits(test).takes(RIGHT)))
    assert (row.standing, row.flags) == ("marked", ["not-sealed", "not-timed"])


def test_nothing_is_owed_of_practice_that_an_old_app_has_begun(world: World) -> None:
    test = part("not owed", "practice", ITEMS)
    world.publish(test)
    assert world.reads(*bare(world.sits(test).takes(RIGHT, "passed", 1))).flags == []


def test_practice_of_an_app_that_knows_the_chain_is_owed_it(world: World) -> None:
    test = part("owed practice", "practice", ITEMS)
    world.publish(test)
    made = bare(world.sits(test).takes(RIGHT, "passed", 1), "attempt")
    assert world.reads(*made).flags == ["not-sealed", "not-timed"]


def test_an_answer_without_its_time_is_flagged(graded: World) -> None:
    sitter, item = graded.sits(TEST), ITEMS[0]
    result = {"response": right(item)[0]}
    untimed = (
        sitter.begins(),
        sitter._says("answered", about=item["id"], result=result, timed=False),
    )
    assert graded.reads(*untimed).flags == ["not-timed"]


def test_no_tablet_escapes_by_the_name_of_another(graded: World) -> None:
    """Who brought a statement is known by the token, whatever device the statement names."""
    DeviceKey.objects.all().delete()
    assert graded.reads(*graded.sits(TEST, device=uuid.uuid4()).takes(RIGHT)).flags == [
        "not-sealed"
    ]


def test_a_key_that_was_told_to_no_server_is_flagged_whoever_brings_the_statements(
    graded: World,
) -> None:
    """Also at the centre: that the site has seen it too is told nowhere."""
    DeviceKey.objects.all().delete()
    tablet = {"account": {"homePage": "https://site.example", "name": str(uuid.uuid4())}}
    passes_on(*(each | {"authority": tablet} for each in graded.sits(TEST).takes(RIGHT)))
    assert graded.reads().flags == ["not-sealed"]


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


@pytest.mark.parametrize("claimed", [timedelta(days=-1), timedelta(days=1)])
def test_no_clock_takes_an_attempt_from_the_officer_who_was_heard_first(
    graded: World, other_tablet: Tablet, claimed: timedelta
) -> None:
    sitter = graded.sits(TEST)
    first = graded.reads(sitter.begins())
    thief = graded.sits(TEST, attempt=sitter.attempt, began=sitter.began + claimed)
    thief.officer = other_tablet.officer.pk
    assert other_tablet.posts(thief.takes({})).status_code == 200
    rest = [sitter.answers(each["id"], right(each)) for each in ITEMS]
    row = graded.reads(*rest, sitter.hands_in())
    assert (row.learner, row.scaled, row.flags) == (first.learner, 1, ["another-officer"])
    assert Progress.objects.count() == 0
    progress.catch_up()
    known = dict(Progress.objects.values_list("learner", "state"))
    assert known == {first.learner: "passed", other_tablet.officer.pk: "in-progress"}
    before = table()
    reader.rebuild()
    assert table() == before


def test_a_mark_of_before_it_was_known_whose_attempt_it_is_is_taken_back(
    graded: World, other_tablet: Tablet
) -> None:
    sitter = graded.sits(TEST)
    thief = graded.sits(TEST, attempt=sitter.attempt)
    thief.officer = other_tablet.officer.pk
    assert other_tablet.posts(thief.takes(RIGHT)[1:]).status_code == 200
    assert graded.reads().learner == other_tablet.officer.pk
    row = graded.reads(sitter.begins())
    assert (row.learner, row.standing) == (graded.tablet.officer.pk, "open")
    assert [each.verb for each in marks()] == ["passed", "voided"]
    progress.catch_up()
    assert Progress.objects.get(learner=other_tablet.officer.pk).state == "in-progress"
    before = table()
    reader.rebuild()
    assert table() == before


def test_what_another_server_says_of_another_officer_gives_this_one_nothing(
    graded: World, other_tablet: Tablet
) -> None:
    essay = long("flags essay")
    test = part("flags written", "graded", [essay])
    graded.publish(test, version=2)
    know([essay])
    sitter = graded.sits(test, version=2)
    graded.sends(*sitter.takes({essay["id"]: ["Mine"]}))
    said = {"item": essay["id"], "points": 4, "out_of": 4, "comment": "!", "marked": datetime.now(UTC).isoformat()}  # fmt: skip
    for officer, standing in ((other_tablet.officer.pk, "to-mark"), (sitter.officer, "marked")):
        other = graded.sits(test, version=2, attempt=sitter.attempt, officer=officer)
        mark = other.hands_in("passed", 1)
        mark["context"]["extensions"][f"{EXTENSIONS}:marked"] = {"answers": [said]}
        passes_on(by_server(mark))
        row = graded.reads()
        assert (row.learner, row.standing) == (sitter.officer, standing)


def paired(world: World) -> dict[str, dict[str, Any]]:
    items = [single(f"form {number}") for number in range(4)]
    tests = {purpose: part(f"form {purpose}", purpose, items) for purpose in ("pre", "post")}
    world.publish(*tests.values())
    know(items)
    return tests


def in_form(sitter: Sitter, form: str) -> Sitter:
    while sitter.form != form:
        sitter.assignment = str(uuid.uuid4())
    return sitter


@pytest.mark.parametrize("forms", ["AA", "AB", "BB"])
@pytest.mark.parametrize("late", ["pre", "post"])
def test_the_later_of_a_pair_is_flagged_where_both_ask_the_same_whichever_comes_first(
    world: World, forms: str, late: str
) -> None:
    tests, now = paired(world), datetime.now(UTC)
    sitters = {
        purpose: in_form(world.sits(tests[purpose], began=now - timedelta(hours=hours)), form)
        for purpose, hours, form in zip(("pre", "post"), (9, 3), forms, strict=True)
    }
    for purpose in sorted(sitters, key=lambda each: each == late):
        world.sends(*sitters[purpose].takes({}))
        reader.catch_up()
    flags = {row.purpose: row.flags for row in Attempt.objects.all()}
    assert flags == {"pre": [], "post": ["same-form"] if len(set(forms)) == 1 else []}
    before = table()
    reader.rebuild()
    assert table() == before


def test_who_repeats_a_test_in_the_same_form_is_not_flagged_for_the_form(world: World) -> None:
    tests = paired(world)
    for hours in (9, 3):
        began = datetime.now(UTC) - timedelta(hours=hours)
        world.sends(*in_form(world.sits(tests["pre"], began=began), "A").takes({}))
    reader.catch_up()
    assert [row.flags for row in Attempt.objects.all()] == [[], []]


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
