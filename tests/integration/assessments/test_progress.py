"""The reader of the log: what was sent is known, once, and can be made again."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from assessments import progress, readers
from assessments.models import Cursor, Progress, Statement
from assessments.selectors import progress_of
from tests.integration.assessments.conftest import Tablet
from tests.integration.assessments.systems import System, passes_on, said, voiding
from tests.support.asked import longest_list
from tests.support.statements import by_server


def rows() -> list[dict[str, Any]]:
    """Everything that progress holds but the keys of its rows."""
    found = Progress.objects.order_by("learner", "module").values()
    return [{key: row[key] for key in row if key != "id"} for row in found]


def test_what_a_tablet_sent_is_progress(tablet: Tablet) -> None:
    lesson = uuid.uuid4()
    tablet.posts(
        [
            tablet.says("initialized", about=lesson),
            tablet.says("answered"),
            tablet.says("answered", scaled=0),
            tablet.says("completed", about=lesson),
        ]
    )
    progress.catch_up()
    row = Progress.objects.get()
    assert (row.learner, row.module) == (tablet.officer.id, tablet.module)
    assert (row.state, row.score, row.answers) == ("in-progress", None, 2)
    assert row.lessons == [str(lesson)]


def test_later_statements_add_to_what_is_known(tablet: Tablet) -> None:
    for verb, scaled in [("failed", 0.5), ("passed", 0.9), ("failed", 0.4)]:
        tablet.is_marked(verb, scaled=scaled)
        progress.catch_up()
    row = Progress.objects.get()
    assert (row.state, row.score) == ("passed", Decimal("0.9"))


def test_what_a_tablet_says_of_passing_passes_nothing(tablet: Tablet) -> None:
    tablet.posts([tablet.says("passed", scaled=1)])
    progress.catch_up()
    row = Progress.objects.get()
    assert (row.state, row.score) == ("in-progress", None)


def test_a_repeated_batch_counts_once(tablet: Tablet) -> None:
    batch = [tablet.says() for _number in range(3)]
    for _time in range(3):
        tablet.posts(batch)
        progress.catch_up()
    assert Progress.objects.get().answers == 3


def test_each_officer_and_each_module_has_progress_of_its_own(
    tablet: Tablet, other_tablet: Tablet
) -> None:
    tablet.is_marked("passed")
    tablet.is_marked("failed", module=other_tablet.module)
    other_tablet.posts([other_tablet.says("initialized", module=tablet.module)])
    progress.catch_up()
    found = progress_of([tablet.officer.id, other_tablet.officer.id])
    assert {key: row.state for key, row in found.items()} == {
        (tablet.officer.id, tablet.module): "passed",
        (tablet.officer.id, other_tablet.module): "failed",
        (other_tablet.officer.id, tablet.module): "in-progress",
    }


def test_progress_can_be_asked_for_some_people_and_modules(
    tablet: Tablet, other_tablet: Tablet, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    tablet.posts([tablet.says(), tablet.says(module=other_tablet.module)])
    other_tablet.posts([other_tablet.says()])
    progress.catch_up()
    with django_assert_num_queries(1):
        found = progress_of([tablet.officer.id], [tablet.module])
    assert list(found) == [(tablet.officer.id, tablet.module)]


def test_nothing_new_costs_three_queries_of_which_progress_asks_one(
    tablet: Tablet, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    tablet.posts([tablet.says()])
    progress.catch_up()
    with django_assert_num_queries(3):
        progress.catch_up()
    with django_assert_num_queries(1):
        progress.PROGRESS.catch_up()


def test_an_empty_log_is_no_progress(db: None) -> None:
    progress.catch_up()
    assert rows() == []


def test_a_clock_ten_years_off_does_not_show(tablet: Tablet) -> None:
    now = timezone.now()
    for wrong in (now - timedelta(days=3650), now + timedelta(days=3650)):
        tablet.posts([tablet.says(timestamp=wrong.isoformat())])
    progress.catch_up()
    row = Progress.objects.get()
    assert row.first_seen >= now
    assert row.last_seen <= timezone.now()


def test_a_statement_that_tells_nothing_stops_nobody(
    tablet: Tablet, caplog: pytest.LogCaptureFixture
) -> None:
    odd = tablet.says()
    odd["context"]["contextActivities"]["grouping"] = [{"id": "urn:uuid:17"}]
    tablet.posts([tablet.says(), odd, tablet.says()])
    progress.catch_up()
    assert Progress.objects.get().answers == 2
    assert Cursor.objects.get(reader="progress").unreadable == 1
    assert "tells no progress" in caplog.text
    assert str(tablet.officer.id) not in caplog.text


def test_a_statement_of_an_unforeseen_shape_stops_nobody(tablet: Tablet) -> None:
    tablet.posts([tablet.says(), tablet.says()])
    Statement.objects.filter(seq=Statement.objects.earliest("seq").seq).update(payload="[]")
    progress.catch_up()
    assert Progress.objects.get().answers == 1


def test_a_statement_nested_too_deeply_to_be_read_stops_nobody(tablet: Tablet) -> None:
    tablet.posts([tablet.says(), tablet.says()])
    deep = f'{{"a":{"[" * 100_000}{"]" * 100_000}}}'
    Statement.objects.filter(seq=Statement.objects.earliest("seq").seq).update(payload=deep)
    progress.catch_up()
    assert Progress.objects.get().answers == 1
    assert Cursor.objects.get(reader="progress").unreadable == 1


def test_more_than_one_batch_is_read_in_one_go(
    tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "BATCH", 7)
    tablet.posts([tablet.says() for _number in range(30)])
    progress.catch_up()
    assert Progress.objects.get().answers == 30
    assert Cursor.objects.get(reader="progress").seq == Statement.objects.latest("seq").seq


def test_a_rebuild_makes_the_same_rows(
    tablet: Tablet, other_tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    for verb in ("initialized", "answered", "completed"):
        tablet.posts([tablet.says(verb) for _number in range(3)])
        other_tablet.posts([other_tablet.says(verb)])
        progress.catch_up()
    for verb in ("failed", "passed"):
        tablet.is_marked(verb)
        other_tablet.is_marked(verb)
        progress.catch_up()
    before = rows()
    Progress.objects.update(state="failed", answers=99)
    monkeypatch.setattr(readers, "BATCH", 4)
    call_command("rebuild_progress", verbosity=0)
    assert rows() == before
    progress.catch_up()
    assert rows() == before


def test_a_rebuild_that_is_interrupted_changes_nothing(
    tablet: Tablet, other_tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in (tablet, other_tablet):
        each.posts([each.says(module=uuid.uuid4()) for _number in range(9)])
    progress.catch_up()
    Progress.objects.update(answers=99)
    before = rows()
    monkeypatch.setattr(readers, "BATCH", 3)
    monkeypatch.setattr(progress, "_write", fails_the_second_time(progress._write))
    with pytest.raises(OSError, match="the disk is gone"):
        progress.rebuild()
    assert rows() == before


def fails_the_second_time(function: Callable[..., None]) -> Callable[..., None]:
    calls: list[object] = []

    def wrapped(found: object) -> None:
        calls.append(found)
        if len(calls) == 2:
            raise OSError("the disk is gone")
        function(found)

    return wrapped


def test_a_rebuild_forgets_what_the_log_does_not_say(tablet: Tablet) -> None:
    tablet.posts([tablet.says()])
    progress.catch_up()
    before = rows()
    row = Progress.objects.get()
    row.pk, row.learner = None, uuid.uuid4()
    row.save()
    progress.rebuild()
    assert rows() == before


def test_what_comes_in_and_is_voided_during_a_rebuild_counts_as_if_read_later(
    tablet: Tablet, system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the first look at the log and the last, others write and read on."""
    said = [tablet.says() for _number in range(9)]
    tablet.posts(said)
    progress.catch_up()
    gather, calls = progress._gather, []

    def gathers_while_others_write(*arguments: Any) -> int:
        read = gather(*arguments)
        if not calls:
            tablet.posts([tablet.says() for _number in range(4)])
            assert system.posts(voiding(said[0]["id"])).status_code == 200
            progress.catch_up()
        calls.append(read)
        return read

    monkeypatch.setattr(readers, "BATCH", 3)
    monkeypatch.setattr(progress, "_gather", gathers_while_others_write)
    progress.rebuild()
    assert len(calls) > 1
    assert Progress.objects.get().answers == 12
    progress.catch_up()
    assert Progress.objects.get().answers == 12


def test_a_rebuild_holds_no_writer_up_while_it_reads(
    tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    tablet.posts([tablet.says() for _number in range(9)])
    monkeypatch.setattr(readers, "BATCH", 3)
    inside, outer = [], len(connection.savepoint_ids)
    gather = progress._gather

    def gathers(*arguments: Any) -> int:
        read = gather(*arguments)
        inside.append((read, len(connection.savepoint_ids) > outer))
        return read

    monkeypatch.setattr(progress, "_gather", gathers)
    progress.rebuild()
    assert inside == [(9, False), (0, True)]


def test_a_voided_statement_counts_for_nothing_whichever_comes_first(
    tablet: Tablet, system: System
) -> None:
    tablet.is_marked("failed", scaled=0.4)
    passed = tablet.is_marked("passed", scaled=0.9)
    progress.catch_up()
    assert Progress.objects.get().state == "passed"
    late = by_server(tablet.says("passed", scaled=1.0))
    system.stores(voiding(passed["id"]), voiding(late["id"]))
    passes_on(late)
    progress.catch_up()
    row = Progress.objects.get()
    assert (row.state, float(row.score or 0)) == ("failed", 0.4)
    before = list(Progress.objects.values("learner", "state", "score", "answers"))
    progress.rebuild()
    assert list(Progress.objects.values("learner", "state", "score", "answers")) == before


def test_progress_that_was_all_voided_is_gone(tablet: Tablet, system: System) -> None:
    made = tablet.says()
    tablet.posts([made])
    progress.catch_up()
    system.stores(voiding(made["id"]))
    progress.catch_up()
    assert not Progress.objects.exists()


def test_many_are_voided_at_once_and_their_learner_s_history_is_read_few_at_a_time(
    tablet: Tablet, system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [tablet.says() for _number in range(30)]
    tablet.posts(made)
    progress.catch_up()
    system.stores(*(voiding(each["id"]) for each in made[:20]))
    monkeypatch.setattr(readers, "BATCH", 4)
    with CaptureQueriesContext(connection) as asked:
        progress.catch_up()
        assert Progress.objects.get().answers == 10
        progress.rebuild()
    assert Progress.objects.get().answers == 10
    assert longest_list(asked) <= 4
    histories = [each["sql"] for each in asked if '"actor" = ' in each["sql"]]
    assert histories and all("LIMIT 4" in each for each in histories)
    # What voids them while the log is read again is more than one batch of it.
    with CaptureQueriesContext(connection) as asked:
        row = Statement.objects.latest("seq")
        progress._take_back([uuid.UUID(each["id"]) for each in made], row.seq)
    assert longest_list(asked) <= 4
    assert Progress.objects.get().answers == 10


def test_what_another_tool_says_is_no_progress_and_no_fault(
    system: System, caplog: pytest.LogCaptureFixture
) -> None:
    system.stores(said(), said("bob"))
    progress.catch_up()
    assert not Progress.objects.exists()
    assert Cursor.objects.get(reader="progress").unreadable == 0
    assert "tells no progress" not in caplog.text
