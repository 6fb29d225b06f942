"""The state of the learning record, for coordinators and administrators."""

import itertools
import json
import re
import uuid

import pytest
from django.http import HttpResponse
from django.test import Client

from assessments import progress
from assessments.attempts import reader as attempts
from assessments.credentials import make_credential
from assessments.index import INDEX
from assessments.models import Cursor, Partner, Scope, SetAside
from assessments.statements import size
from courses.views import record
from elearning.users.roles import Role
from tests.integration.courses import world
from tests.integration.courses.conftest import School

PATH = "/training/record/"


@pytest.fixture
def coordinator(school: School) -> Client:
    return world.web(school.coordinator)


@pytest.fixture
def administrator(school: School) -> Client:
    return world.web(world.person("admin", Role.ADMINISTRATOR))


def aside(code: str = "conflict", **more: object) -> SetAside:
    payload = json.dumps({"actor": {"mbox": "mailto:somebody@example.org"}, "note": "سرحد"})
    fields = {"statement": uuid.uuid4(), "source": uuid.uuid4(), "digest": b"0" * 32, **more}
    return SetAside.objects.create(code=code, **{"payload": payload, **fields})


def rows(page: HttpResponse, table: str) -> dict[str, list[str]]:
    return {first: rest for first, *rest in world.table(page, table)[1:]}


@pytest.mark.parametrize("role", [Role.OFFICER, Role.TRAINER, Role.TRANSLATOR, Role.AUTHOR])
def test_other_roles_may_not_open_it(school: School, role: Role) -> None:
    client = world.web(world.person("somebody", role))
    assert client.get(PATH).status_code == 403
    assert client.get(f"{PATH}aside/{aside().pk}/").status_code == 403
    assert b"training/record" not in client.get("/training/").content


def test_a_stranger_is_asked_to_sign_in(school: School) -> None:
    assert world.web(None).get(PATH).status_code == 302


def test_an_empty_record_says_what_will_be_here(coordinator: Client) -> None:
    page = coordinator.get(PATH).content.decode()
    assert "0 statements are stored" in page
    assert "Statements that were refused and must not be lost will be here" in page
    assert "Tablets whose clock is wrong by more than 5 minutes will be here" in page


def test_it_says_how_much_is_stored_and_how_far_behind_each_reader_is(
    school: School, coordinator: Client
) -> None:
    for _time in range(2):
        world.learns(school.officers[0], school.module)
    attempts.catch_up()
    progress.catch_up()
    INDEX.catch_up()
    Cursor.objects.create(reader="sink:clickhouse", seq=0, unreadable=4)
    world.learns(school.officers[0], school.module)
    page = coordinator.get(PATH)
    assert "3 statements are stored" in page.content.decode()
    found = rows(page, "readers")
    assert found["Progress of the officers"] == found["Index to find statements"] == ["1", "0"]
    assert found["Attempts at tests, and their marks"] == ["1", "0"]
    assert int(found["sink:clickhouse"][0]) >= 3
    assert found["sink:clickhouse"][1] == "4"


def test_above_some_number_it_says_about_how_much(
    school: School, coordinator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(size, "COUNTED", 0)
    world.learns(school.officers[0], school.module)
    assert "About 0 statements are stored" in coordinator.get(PATH).content.decode()


def test_a_reader_that_has_not_begun_has_everything_to_read(
    school: School, coordinator: Client
) -> None:
    world.learns(school.officers[0], school.module)
    assert int(rows(coordinator.get(PATH), "readers")["Index to find statements"][0]) >= 1


def test_the_list_says_why_and_from_where_and_nothing_of_the_person(coordinator: Client) -> None:
    system = make_credential(label="Regional office", scopes=[Scope.WRITE]).credential
    first, second = aside(times=3), aside("odd", source=system.pk)
    page = coordinator.get(PATH)
    found = rows(page, "aside")
    reason, source, *_times, count = found[str(first.statement)]
    assert reason == "Another statement is stored under its id"
    assert source == f"Tablet {str(first.source)[:8]}"
    assert count == "3"
    assert found[str(second.statement)][:2] == ["odd", "Regional office"]
    assert "somebody@example.org" not in page.content.decode()


def test_a_long_list_comes_in_pages(coordinator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "PER_PAGE", 2)
    numbers = [str(aside().statement) for _number in range(5)]
    shown = [list(rows(coordinator.get(f"{PATH}?page={n}"), "aside")) for n in (1, 2, 3)]
    assert [len(page) for page in shown] == [2, 2, 1]
    assert sorted(itertools.chain(*shown)) == sorted(numbers)
    assert re.search(
        r'href="\?page=3#set-aside"', coordinator.get(f"{PATH}?page=2").content.decode()
    )


def test_what_a_statement_says_is_for_administrators_only(
    coordinator: Client, administrator: Client
) -> None:
    path = f"{PATH}aside/{aside().pk}/"
    assert path not in coordinator.get(PATH).content.decode()
    assert coordinator.get(path).status_code == 403
    assert path in administrator.get(PATH).content.decode()
    page = administrator.get(path)
    assert "no-store" in page["Cache-Control"]
    text = page.content.decode()
    assert "somebody@example.org" in text
    assert "سرحد" in text
    assert administrator.get(f"{PATH}aside/0/").status_code == 404


@pytest.mark.parametrize("payload", ["{", "[" * 100_000, "<script>alert(1)</script>"])
def test_what_cannot_be_read_is_shown_as_it_is(administrator: Client, payload: str) -> None:
    page = administrator.get(f"{PATH}aside/{aside(payload=payload).pk}/")
    assert page.status_code == 200
    assert b"<script>" not in page.content


def test_what_is_passed_on_and_carried_by_hand_is_shown_with_how_far_it_is(
    coordinator: Client,
) -> None:
    Cursor.objects.create(reader="forward", seq=0)
    Partner.objects.create(id=uuid.uuid4(), name="Centre", public="x")
    aside(code="upstream-conflict")
    shown = coordinator.get(PATH).content.decode()
    assert "Passing on to the next server" in shown
    assert "Carried by hand to Centre, without a receipt yet" in shown
    assert "The next server refuses it: conflict" in shown
