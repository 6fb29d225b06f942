"""A site and the centre mark the same attempt: they agree, whichever was first."""

import uuid
from decimal import Decimal
from typing import Any

import pytest

from assessments import progress
from assessments.attempts import reader
from assessments.forwarding.batches import outgoing
from assessments.models import (
    Attempt,
    AttemptAnswer,
    Cursor,
    Mark,
    Progress,
    SetAside,
    Statement,
)
from tests.integration.assessments.attempts.conftest import World, know, marks
from tests.integration.assessments.systems import passes_on
from tests.support.attempts import forget_items, levels, long, part, right, single

ITEMS = [single(f"two {number}") for number in range(3)]
LONG = long("two essay")
GRADED = part("two graded", "graded", ITEMS)
PRACTICE = part("two practice", "practice", ITEMS)
WRITTEN = part("two written", "graded", [*ITEMS, LONG])
RIGHT = {each["id"]: right(each) for each in ITEMS}


@pytest.fixture
def site(world: World, settings: Any) -> World:
    world.publish(GRADED, PRACTICE, WRITTEN)
    know([*ITEMS, LONG])
    settings.WAGTAILADMIN_BASE_URL = "https://site.example"
    return world


def goes_to_the_centre(settings: Any) -> list[dict[str, Any]]:
    """All that the site's log holds, as the forwarder sends it; this server is then the empty centre."""
    rows = list(Statement.objects.order_by("seq"))
    sent = [outgoing(row).statement for row in rows]
    for model in (Statement, Attempt, AttemptAnswer, Cursor, Progress, Mark):
        model.objects.all().delete()
    settings.WAGTAILADMIN_BASE_URL = "https://centre.example"
    return sent


@pytest.mark.parametrize(
    ("test", "verb", "scaled"), [(GRADED, "completed", None), (PRACTICE, "passed", 0.9)]
)
def test_a_mark_made_twice_is_a_repeat(
    site: World, settings: Any, test: dict[str, Any], verb: str, scaled: float | None
) -> None:
    only = {ITEMS[0]["id"]: RIGHT[ITEMS[0]["id"]]}
    site.reads(*site.sits(test).takes(only, verb, scaled))
    sent = goes_to_the_centre(settings)
    said = [each for each in sent if each["authority"]["account"]["name"] == "server"]
    own = [each for each in said if not each["verb"]["id"].endswith("registered")]
    passes_on(*(each for each in sent if each not in own))
    reader.catch_up()
    assert {str(each.id) for each in marks()} == {each["id"] for each in own}
    passes_on(*own)
    reader.catch_up()
    assert Statement.objects.count() == len(sent)
    assert not SetAside.objects.exists()
    progress.catch_up()
    assert (Progress.objects.get().state, Attempt.objects.get().scaled) == ("failed", Decimal("0.3333"))  # fmt: skip


def test_a_mark_that_came_along_is_not_written_again(site: World, settings: Any) -> None:
    site.reads(*site.sits(GRADED).takes(RIGHT))
    passes_on(*goes_to_the_centre(settings))
    reader.catch_up()
    assert marks() == []
    assert Attempt.objects.get().scaled == 1


@pytest.mark.parametrize("first", ["mark", "answers"])
def test_a_server_without_the_key_takes_the_mark_over(
    site: World, settings: Any, first: str
) -> None:
    site.reads(*site.sits(GRADED).takes(RIGHT))
    sent = goes_to_the_centre(settings)
    forget_items()
    for each in sent[::-1] if first == "mark" else sent:
        passes_on(each)
        reader.catch_up()
    row = Attempt.objects.get()
    assert (row.standing, row.scaled, row.passed, row.flags) == ("marked", 1, True, [])
    assert AttemptAnswer.objects.filter(points=1).count() == 3
    assert marks() == []


def test_what_a_person_gave_at_the_site_counts_at_the_centre(site: World, settings: Any) -> None:
    row = site.reads(*site.sits(WRITTEN).takes({**RIGHT, LONG["id"]: ["Mine"]}))
    Mark.objects.create(
        attempt=row.pk, item=LONG["id"], role="first", by=uuid.uuid4(), levels=levels(LONG, 2), points=2, out_of=4, comment="So."
    )  # fmt: skip
    reader.remake_some([row.pk])
    passes_on(*goes_to_the_centre(settings))
    reader.catch_up()
    row = Attempt.objects.get()
    assert (row.standing, row.scaled) == ("marked", Decimal("0.875"))
    assert row.comments == [{"item": LONG["id"], "points": 2, "out_of": 4, "comment": "So."}]
    assert marks() == []
