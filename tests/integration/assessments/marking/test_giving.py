"""What an attempt becomes with each mark, from the log and into it."""

import json
import uuid
from decimal import Decimal

import pytest

from assessments import progress
from assessments.attempts import reader
from assessments.marking.services import give_mark
from assessments.models import Attempt, AttemptAnswer, Mark, Progress
from modules.models import Edition
from tests.integration.assessments.attempts.conftest import World, table
from tests.support.attempts import know, levels, long, part

LONG = long("essay")
WRITTEN = part("written", "graded", [LONG])
MARKERS = uuid.uuid4(), uuid.uuid4()


@pytest.fixture
def handed_in(tablet) -> World:
    world = World(tablet, tablet.module)
    world.tells_key()
    world.publish(WRITTEN)
    know([LONG])
    world.reads(*world.sits(WRITTEN).takes({LONG["id"]: ["My answer"]}))
    return world


def gives(role: str, points: int, by: uuid.UUID, **more) -> Attempt:
    answer = AttemptAnswer.objects.get(item=LONG["id"])
    give_mark(by=by, answer=answer, role=role, levels=levels(LONG, points), comment="", **more)
    return Attempt.objects.get()


@pytest.mark.parametrize("points", [(4, 0), (0, 4)])
def test_a_late_second_mark_that_differs_takes_the_result_back(
    handed_in: World, points: tuple[int, int]
) -> None:
    """Whoever of the two marks first, and whether it is made anew or not."""
    first, second = points
    row = gives("first", first, MARKERS[0])
    assert (row.standing, row.scaled) == ("marked", Decimal(first) / 4)
    row = gives("second", second, MARKERS[1])
    assert (row.standing, row.scaled, row.passed) == ("to-mark", None, None)
    assert AttemptAnswer.objects.get().points is None
    before = table()
    reader.rebuild()
    assert table() == before
    row = gives("moderator", 4, uuid.uuid4())
    assert (row.standing, row.scaled) == ("marked", 1)
    progress.catch_up()
    assert Progress.objects.get().score == 1


@pytest.mark.parametrize("points", [(4, 2), (2, 4)])
def test_a_late_second_mark_that_agrees_changes_the_points(
    handed_in: World, points: tuple[int, int]
) -> None:
    gives("first", points[0], MARKERS[0])
    row = gives("second", points[1], MARKERS[1])
    assert (row.standing, row.scaled) == ("marked", Decimal("0.75"))
    before = table()
    reader.rebuild()
    assert table() == before


def test_a_second_mark_that_the_test_asks_for_is_waited_for(handed_in: World) -> None:
    edition = Edition.objects.get()
    manifest = json.loads(edition.manifest)
    manifest["parts"][0]["second_marker"] = True
    Edition.objects.update(manifest=json.dumps(manifest))
    row = gives("first", 4, MARKERS[0], second_marker=True)
    assert (row.standing, row.scaled) == ("to-mark", None)
    row = gives("second", 4, MARKERS[1], second_marker=True)
    assert (row.standing, row.scaled) == ("marked", 1)


def test_a_mark_is_not_kept_without_what_it_comes_to(
    handed_in: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where the server dies between the two."""

    def dies(_attempts) -> None:
        raise RuntimeError

    monkeypatch.setattr(reader, "remake_some", dies)
    with pytest.raises(RuntimeError):
        gives("first", 4, MARKERS[0])
    assert not Mark.objects.exists()
