"""The index holds what each statement can be found by, however and in whatever order it came."""

import random
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments import index as reading
from assessments import readers
from assessments.index import INDEX
from assessments.models import Cursor, Mention, Scope, Statement
from tests.integration.assessments.systems import (
    System,
    about,
    make_system,
    reference,
    said,
    voiding,
)
from tests.support.asked import longest_list
from tests.support.threads import beside


def index() -> dict[str, set[int]]:
    """What each statement is found by, by its id: places differ from log to log."""
    names = dict(Statement.objects.values_list("seq", "id"))
    found: dict[str, set[int]] = {}
    for key, seq in Mention.objects.values_list("key", "seq"):
        found.setdefault(str(names[seq]), set()).add(key)
    return found


def web() -> list[dict[str, object]]:
    """Statements that refer to each other in chains and forks."""
    root = said("ann", object=about("https://a.example/quiz"))
    left = said("bob", object=reference(root["id"]))
    right = said("cid", object=reference(root["id"]))
    return [root, left, right, said("dan", object=reference(left["id"])), voiding(right["id"])]


@pytest.mark.parametrize("seed", range(6))
def test_the_order_in_which_statements_come_does_not_show(
    system: System, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    statements = web()
    system.stores(*statements)
    INDEX.catch_up()
    expected = index()
    Statement.objects.all().delete()
    reading.rebuild()
    monkeypatch.setattr(readers, "BATCH", 1 + seed % 3)
    for statement in random.Random(seed).sample(statements, len(statements)):
        system.stores(statement)
        if seed % 2:
            INDEX.catch_up()
    INDEX.catch_up()
    assert index() == expected
    reading.rebuild()
    assert index() == expected


@pytest.mark.parametrize("part", [1, 2, 3, 100])
def test_what_is_made_anew_is_as_if_it_were_read_for_the_first_time(
    system: System, monkeypatch: pytest.MonkeyPatch, part: int
) -> None:
    """Whatever was noted wrongly, and however much has not been read yet."""
    monkeypatch.setattr(reading, "PART", part)
    system.stores(*web())
    INDEX.catch_up()
    expected = index()
    places = list(Statement.objects.order_by("seq").values_list("seq", flat=True))
    Mention.objects.filter(seq=places[1]).delete()
    Mention.objects.create(key=7, seq=places[0])
    Mention.objects.create(key=7, seq=places[-1] + 5)
    Cursor.objects.filter(reader=INDEX.name).update(seq=places[2])
    assert reading.rebuild() == len(places)
    assert index() == expected
    assert not INDEX.behind()


@pytest.mark.django_db(transaction=True)
def test_tablets_write_while_the_index_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two parts; on SQLite nobody could, if it were all one transaction."""
    monkeypatch.setattr(reading, "PART", 2)
    system = make_system(Scope.WRITE)
    system.stores(*web())
    made_anew = reading._made_anew
    later: list[str] = []

    def meanwhile(after: int, until: int) -> int:
        with beside(lambda: later.extend(system.stores(said("eve")))):
            pass
        return made_anew(after, until)

    monkeypatch.setattr(reading, "_made_anew", meanwhile)
    assert reading.rebuild() == len(web())
    INDEX.catch_up()
    assert set(later) <= index().keys()


def test_reading_twice_changes_nothing(system: System) -> None:
    system.stores(*web())
    INDEX.catch_up()
    before = index()
    INDEX.catch_up()
    assert index() == before
    assert not INDEX.behind()


@pytest.mark.parametrize("target_first", [True, False])
def test_any_number_of_references_are_followed_few_at_a_time(
    system: System, monkeypatch: pytest.MonkeyPatch, target_first: bool
) -> None:
    """Thirty to one statement, and one to each of these, in batches of four."""
    monkeypatch.setattr(readers, "BATCH", 4)
    target = said("ann", object=about("https://a.example/quiz"))
    near = [said("bob", object=reference(target["id"])) for _number in range(30)]
    far = [said("cid", object=reference(each["id"])) for each in near]
    first, *others = ([target], near, far) if target_first else (near, far, [target])
    system.stores(*first)
    for statements in others:
        INDEX.catch_up()
        system.stores(*statements)
    with CaptureQueriesContext(connection) as asked:
        INDEX.catch_up()
    found = index()
    assert all(found[target["id"]] <= found[each["id"]] for each in near + far)
    assert longest_list(asked) <= 4


def test_a_target_that_many_refer_to_is_read_once_for_a_batch(system: System) -> None:
    missing = str(uuid.uuid4())
    (target,) = system.stores(said("ann"))
    INDEX.catch_up()
    for name in (target, missing):
        system.stores(*(said("bob", object=reference(name)) for _number in range(30)))
        with CaptureQueriesContext(connection) as asked:
            INDEX.catch_up()
        assert len([each for each in asked if '"id" =' in each["sql"]]) == 1
