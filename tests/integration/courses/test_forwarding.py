"""Trainers and coordinators see whether the centre has what this server has."""

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from assessments.forwarding import selectors
from assessments.models import Cursor, Forwarding, SetAside, Statement
from tests.integration.courses import world
from tests.integration.courses.conftest import School
from tests.integration.log import log_begins


@pytest.fixture
def upstream(settings: Settings) -> None:
    settings.UPSTREAM_URL = "http://127.0.0.1:9"


def waits(school: School, count: int) -> None:
    for _number in range(count):
        world.learns(school.officers[0], school.module)
    log_begins()


def pages(school: School) -> list[str]:
    people = (school.trainer, school.coordinator)
    return [world.web(person).get("/training/").content.decode() for person in people]


def test_what_waits_is_counted_for_trainer_and_coordinator(school: School, upstream: None) -> None:
    waits(school, 3)
    for page in pages(school):
        assert "3 answers wait to be sent to the centre." in page
        assert "Last sent" not in page


def test_when_the_centre_has_everything_the_line_says_so(school: School, upstream: None) -> None:
    waits(school, 2)
    Cursor.objects.update(seq=Statement.objects.latest("seq").seq)
    Forwarding.objects.create(succeeded=timezone.now())
    for page in pages(school):
        assert "Sent to the centre: all." in page
        assert "Last sent" in page


def test_what_a_person_must_mend_is_said(school: School, upstream: None) -> None:
    Forwarding.objects.create(error="unknown-token", failures=1)
    row = Statement(id=school.module)
    SetAside.objects.create(
        statement=row.id, code="upstream-conflict", digest=b"", source=row.id, payload="{}"
    )
    for page in pages(school):
        assert "The centre does not let this server in." in page
        assert "The centre refused 1 answer; it is kept here." in page


def test_without_a_next_server_nothing_is_said_nor_asked(
    school: School, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.UPSTREAM_URL = ""
    waits(school, 1)
    with django_assert_num_queries(0):
        assert selectors.state() is None
    for page in pages(school):
        assert "centre" not in page


def test_the_look_costs_the_same_however_much_waits(
    school: School, upstream: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    waits(school, 4)
    Cursor.objects.update(seq=Statement.objects.earliest("seq").seq)
    with django_assert_num_queries(6):
        state = selectors.state()
    assert state is not None
    assert state.behind == 3
