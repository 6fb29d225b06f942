"""The statistics beside an item."""

import uuid
from types import SimpleNamespace

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from assessments.bank.panels import StatisticsPanel
from assessments.results.versions import by_version
from tests.integration.courses import world
from tests.support import taken as made

pytestmark = pytest.mark.django_db


def take(items: list[dict], *rights: int, start: int = 1) -> None:
    """One officer for each number: how many of the items are right."""
    for officer, count in zip(world.officers(len(rights), start=start), rights, strict=True):
        answers = [
            made.right(item) if place < count else made.wrong(item)
            for place, item in enumerate(items)
        ]
        made.attempt(officer, uuid.uuid4(), "Test", "graded", answers)


def test_each_version_has_its_own_figures_the_newest_first() -> None:
    old = made.single("Old?")
    new = old | {"version": 2}
    other = made.single("Other?")
    made.keep(old, new, other)
    take([old, other], 2, 1, 0)
    take([new, other], 2, 2, start=10)
    rows = by_version(uuid.UUID(old["id"]))
    assert [(row.number, row.figures.n) for row in rows] == [(2, 2), (1, 3)]
    assert [round(row.figures.facility, 2) for row in rows] == [1.0, 0.67]


def test_who_left_it_blank_counts_as_not_right() -> None:
    item, other = made.single("One?"), made.single("Two?")
    made.keep(item, other)
    take([item, other], 2)
    (officer,) = world.officers(1, start=9)
    made.attempt(officer, uuid.uuid4(), "Test", "graded", [(item, None, 0), made.right(other)])
    (row,) = by_version(uuid.UUID(item["id"]))
    assert (row.figures.n, row.figures.facility) == (2, 0.5)


def test_queries_do_not_grow_with_attempts() -> None:
    item = made.single("One?")
    made.keep(item)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            by_version(uuid.UUID(item["id"]))
        return len(captured)

    take([item], 1)
    few = count()
    take([item], *[1] * 20, start=10)
    assert count() == few <= 4


def shown(item: dict) -> str:
    """As Wagtail draws the panel in its form."""
    panel = StatisticsPanel()
    instance = SimpleNamespace(pk=1, uuid=uuid.UUID(item["id"]))
    bound = panel.BoundPanel(panel=panel, instance=instance, request=None, form=None, prefix="")
    return render_to_string(bound.template_name, bound.get_context_data())


def test_the_panel_shows_them_and_says_what_will_be_there_before() -> None:
    item = made.single("One?")
    made.keep(item)
    assert "after the first marked attempt" in shown(item)
    take([item], *[1] * 11, 0)
    page = shown(item)
    assert "92%" in page
    assert "Nobody chose this wrong answer: “Perhaps”" in page
