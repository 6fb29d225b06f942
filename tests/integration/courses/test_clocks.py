"""Tablets set to 1970 or 2099 are named on the pages, and the tables are as if they were right."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from elearning.users.services import record_contact
from tests.integration.courses import world
from tests.integration.courses.conftest import School

YEAR = timedelta(days=365.25)


def reports(school: School, clock: datetime | None) -> str:
    """The first officer's new tablet reports; returns what the pages call it."""
    device = uuid.uuid4()
    user = school.officers[0].pk
    record_contact(user_id=user, device=device, waiting=0, aside=[], lost=0, clock=clock)
    return str(device)[:8]


def cells(school: School, path: str, table: str, language: str = "en") -> dict[str, list[str]]:
    """The rows of a table by their first cell."""
    page = world.web(school.coordinator, language).get(path)
    return {first: rest for first, *rest in world.table(page, table)}


@pytest.mark.parametrize("page", ["officer", "record"])
def test_a_page_says_which_tablets_clock_is_wrong_by_how_much_and_what_to_do(
    school: School, page: str
) -> None:
    now = timezone.now()
    behind = reports(school, now - 56 * YEAR)
    ahead = reports(school, now + timedelta(days=3, minutes=5))
    right, silent = reports(school, now), reports(school, None)
    officer = f"/training/cohorts/{school.cohort.pk}/officers/{school.officers[0].pk}/"
    path, table, column = (
        (officer, "tablets", 1) if page == "officer" else ("/training/record/", "clocks", 0)
    )
    found = cells(school, path, table)
    assert found[behind][column] == "56 years behind"
    assert found[ahead][column] == "3 days ahead"
    if page == "officer":
        assert (found[right][column], found[silent][column]) == ("Right", "Not reported")
    else:
        assert not {right, silent} & set(found)
    answer = world.web(school.coordinator).get(path).content.decode()
    assert "Set the date and time" in answer


def test_a_page_with_right_clocks_asks_for_nothing(school: School) -> None:
    reports(school, timezone.now())
    for path in (
        "/training/record/",
        f"/training/cohorts/{school.cohort.pk}/officers/{school.officers[0].pk}/",
    ):
        page = world.web(school.coordinator).get(path).content.decode()
        assert "Set the date and time" not in page


def test_a_tablet_of_a_deleted_officer_is_listed_too(school: School) -> None:
    device = reports(school, timezone.now() - YEAR)
    school.officers[0].delete()
    assert cells(school, "/training/record/", "clocks")[device][1] == "Not known"


@pytest.mark.parametrize("wrong", ["1970-01-02T03:04:05.678Z", "2099-12-31T23:59:59.999Z"])
def test_no_table_shows_a_time_that_cannot_be(school: School, wrong: str) -> None:
    before = timezone.now()
    world.learns(school.officers[0], school.module, "passed", timestamp=wrong)
    row = cells(school, "/training/officers/", "officers")["Officer 1"]
    assert row[3] == "Passed"
    assert before <= datetime.fromisoformat(row[5]) <= timezone.now()
    pages = [
        "/training/",
        f"/training/cohorts/{school.cohort.pk}/",
        f"/training/cohorts/{school.cohort.pk}/officers/{school.officers[0].pk}/",
        "/training/export/officers.csv",
        "/training/export/cohorts.csv",
    ]
    for path in pages:
        text = world.web(school.coordinator).get(path).content.decode()
        assert "1970" not in text
        assert "2099" not in text
