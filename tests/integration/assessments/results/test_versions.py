"""The figures of an item are made of the newest attempts, however many there are."""

import uuid
from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from assessments.models import Attempt, AttemptAnswer
from assessments.results.versions import MOST, by_version
from tests.integration.courses import world
from tests.support import taken as made
from tests.support.loaded import loaded

pytestmark = pytest.mark.django_db
ITEM = made.single("One?")


def take(count: int, *, right: bool, days: int, start: int = 1) -> list[Attempt]:
    begun = timezone.now() - timedelta(days=days)
    answer = made.right(ITEM) if right else made.wrong(ITEM)
    officers = world.officers(count, start=start)
    return [
        made.attempt(each, uuid.uuid4(), "Test", "graded", [answer], begun=begun)
        for each in officers
    ]


@pytest.fixture
def most(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("assessments.results.versions.MOST", 5)
    made.keep(ITEM)
    return 5


def test_older_ones_neither_count_nor_are_read(most: int) -> None:
    take(most, right=True, days=1)
    with loaded(Attempt, AttemptAnswer) as few:
        by_version(uuid.UUID(ITEM["id"]))
    take(40, right=False, days=30, start=100)
    with loaded(Attempt, AttemptAnswer) as many:
        (row,) = by_version(uuid.UUID(ITEM["id"]))
    assert (row.figures.n, row.figures.facility) == (most, 1.0)
    assert len(many) == len(few) == 2 * most


def test_a_repeat_does_not_count_because_the_first_attempt_is_old(most: int) -> None:
    old = take(3, right=False, days=300)
    take(most, right=False, days=30, start=50)
    for each in old:
        made.attempt(
            world.User.objects.get(pk=each.learner), uuid.uuid4(), "Test", "graded", [made.right(ITEM)]
        )  # fmt: skip
    (row,) = by_version(uuid.UUID(ITEM["id"]))
    assert (row.figures.n, row.figures.facility) == (most, 0.0)


def test_the_panel_says_how_many_count() -> None:
    made.keep(ITEM)
    take(1, right=True, days=1)
    versions = by_version(uuid.UUID(ITEM["id"]))
    page = render_to_string(
        "assessments/panels/statistics.html", {"versions": versions, "most": MOST}
    )
    assert "of more than 5,000 the newest" in page
