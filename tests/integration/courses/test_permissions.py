"""Who may open which page."""

import pytest
from django.test import Client

from elearning.users.roles import Role
from tests.integration.courses import world
from tests.integration.courses.conftest import School

TRAINERS = ["/training/cohorts/"]
COHORT = ["/training/cohorts/{cohort}/", "/training/cohorts/{cohort}/officers/{officer}/"]
BOTH = ["/training/", "/training/officers/"]
EXPORTS = [
    f"/training/export/{table}.{kind}"
    for table in ("cohorts", "officers")
    for kind in ("csv", "xlsx")
]
ALL = [*BOTH, *TRAINERS, *COHORT, *EXPORTS]


def status(client: Client, path: str, school: School) -> int:
    path = path.format(cohort=school.cohort.pk, officer=school.officers[0].pk)
    return client.get(path).status_code


@pytest.mark.parametrize("path", ALL)
def test_a_stranger_is_asked_to_sign_in(school: School, path: str) -> None:
    assert status(world.web(None), path, school) == 302


@pytest.mark.parametrize("path", ALL)
@pytest.mark.parametrize("role", [Role.OFFICER, Role.TRANSLATOR, Role.AUTHOR])
def test_a_role_without_business_here_is_told_so(school: School, role: Role, path: str) -> None:
    client = world.web(world.person("somebody", role))
    assert status(client, path, school) == 403


@pytest.mark.parametrize("path", ALL)
def test_an_officer_of_the_cohort_sees_no_page_of_it(school: School, path: str) -> None:
    assert status(world.web(school.officers[0]), path, school) == 403


@pytest.mark.parametrize("path", ALL)
def test_a_trainer_opens_own_pages_and_exports_nothing(school: School, path: str) -> None:
    expected = 403 if path in EXPORTS else 200
    assert status(world.web(school.trainer), path, school) == expected


@pytest.mark.parametrize("path", COHORT)
def test_another_trainers_cohort_does_not_exist(school: School, path: str) -> None:
    client = world.web(school.other_trainer)
    assert status(client, path, school) == 404
    assert b"Border course A" not in client.get("/training/").content


def test_another_trainers_officers_are_in_no_list(school: School) -> None:
    client = world.web(school.other_trainer)
    for query in ("", f"?cohort={school.cohort.pk}"):
        page = client.get(f"/training/officers/{query}").content
        assert b"officer1" not in page
        assert b"Border course A" not in page


@pytest.mark.parametrize("path", ALL)
def test_a_coordinator_reads_everything_but_has_no_cohorts_to_make(
    school: School, path: str
) -> None:
    expected = 403 if path in TRAINERS else 200
    assert status(world.web(school.coordinator), path, school) == expected


def test_a_coordinator_is_shown_no_form_that_changes_a_cohort(school: School) -> None:
    page = world.web(school.coordinator).get(f"/training/cohorts/{school.cohort.pk}/")
    assert b"data-form" not in page.content
    assert b"Withdraw" not in page.content


def test_a_coordinators_post_is_refused(school: School) -> None:
    path = f"/training/cohorts/{school.cohort.pk}/name/"
    assert world.web(school.coordinator).post(path, {"name": "x"}).status_code == 403
    assert world.web(school.other_trainer).post(path, {"name": "x"}).status_code == 404


def test_an_administrator_opens_everything(school: School) -> None:
    client = world.web(world.person("admin", Role.ADMINISTRATOR))
    assert {status(client, path, school) for path in ALL} == {200}


def test_pages_with_names_are_not_kept_by_the_browser(school: School) -> None:
    response = world.web(school.trainer).get("/training/")
    assert "no-store" in response["Cache-Control"]


def test_a_form_without_its_token_does_nothing(school: School) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(school.trainer, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post("/training/cohorts/", {"name": "B"}).status_code == 403
