"""What a trainer sees and does on the pages."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses import services
from courses.models import Cohort
from courses.selectors.cohorts import cohort_page, own_cohorts
from elearning.users.models import Contact
from elearning.users.services import record_contact
from modules.models import Edition, ModulePage
from tests.integration.courses import world
from tests.integration.courses.conftest import School


@pytest.fixture
def client(school: School) -> Client:
    return world.web(school.trainer)


def url(school: School, rest: str = "") -> str:
    return f"/training/cohorts/{school.cohort.pk}/{rest}"


def reports(school: School, waiting: int, **more: object) -> uuid.UUID:
    """The first officer's new tablet reports."""
    device = uuid.uuid4()
    kwargs = {"aside": [], "lost": 0, **more}
    record_contact(user_id=school.officers[0].pk, device=device, waiting=waiting, **kwargs)
    return device


def test_a_trainer_makes_a_cohort_adds_officers_and_assigns_a_module(school: School) -> None:
    world.officers(2, start=11)
    client = world.web(school.other_trainer)
    assert b"First make a cohort" in client.get("/training/").content
    made = client.post("/training/cohorts/", {"name": "Night shift"})
    cohort = Cohort.objects.get(name="Night shift")
    assert made.url == f"/training/cohorts/{cohort.pk}/"
    assert b"add its officers" in client.get(made.url).content
    client.post(f"{made.url}officers/", {"names": "officer11\nofficer12"})
    due = timezone.localdate() + timedelta(days=5)
    client.post(f"{made.url}assignments/", {"module": school.module, "due": due.isoformat()})
    page = client.get(made.url).content.decode()
    assert "Officer 11" in page
    assert "Not started" in page
    assert cohort.assignments.get().due == due


def test_wrong_lines_are_shown_and_the_list_stays_in_the_field(
    school: School, client: Client
) -> None:
    answer = client.post(url(school, "officers/"), {"names": "officer1\n<b>x</b>"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Line 2" in page
    assert "officer1\n&lt;b&gt;x&lt;/b&gt;</textarea>" in page
    assert "<b>x" not in page


@pytest.mark.parametrize(
    ("path", "data", "said"),
    [
        ("assignments/", {"module": "x", "due": ""}, "Choose one of the modules"),
        ("assignments/", {"module": "x", "due": "31.12.2026"}, "This is not a date"),
        ("name/", {"name": " "}, "Give the cohort a name"),
        ("trainers/", {"username": "officer1"}, "There is no trainer"),
    ],
)
def test_a_wrong_entry_says_what_to_do(
    school: School, client: Client, path: str, data: dict[str, str], said: str
) -> None:
    answer = client.post(url(school, path), data)
    assert answer.status_code == 400
    assert said in answer.content.decode()


def test_a_wrong_due_date_is_said_in_its_own_form_which_stays_open(
    school: School, client: Client
) -> None:
    assignment = school.cohort.assignments.get()
    answer = client.post(url(school, f"assignments/{assignment.pk}/due/"), {"due": "2020-01-31"})
    page = answer.content.decode()
    form = page[page.index("<details open>") :]
    form = form[: form.index("</form>")]
    assert answer.status_code == 400
    assert "This day is over" in form
    assert 'value="2020-01-31"' in form
    assert page.count("autofocus") == 1


@pytest.mark.parametrize("path", ["name/", "officers/", "assignments/", "trainers/"])
def test_reloading_after_a_form_shows_the_cohort(school: School, client: Client, path: str) -> None:
    assert client.get(url(school, path)).url == url(school)


def test_the_page_says_how_far_each_officer_is(school: School, client: Client) -> None:
    first, second, _third = school.officers
    world.learns(first, school.module, "completed")
    world.learns(first, school.module, "passed", scaled=0.875)
    world.learns(second, school.module, "failed", scaled=0.5)
    page = client.get(url(school)).content.decode()
    for words in ("Passed", "1 of 6", "87%", "Failed", "50%", "Not started", "0 of 6"):
        assert words in page, words


def test_the_page_says_what_the_tablets_last_reported(school: School, client: Client) -> None:
    reports(school, 4)
    old = reports(school, 3, aside=[{"id": "a1b2", "reason": "No such <item>"}], lost=2)
    before = timezone.now() - timedelta(days=4)
    Contact.objects.filter(device=old).update(last=before)
    tablets = cohort_page(school.trainer, school.cohort.pk).officers[0].tablets
    assert (tablets.waiting, tablets.aside, tablets.lost) == (7, 1, 2)
    assert tablets.last > before
    assert tablets.waiting_since == before
    page = client.get(url(school)).content.decode()
    assert "7 answers, reported" in page
    assert f"officers/{school.officers[0].pk}/#aside" in page
    assert "No contact yet" in page
    aside = client.get(url(school, f"officers/{school.officers[0].pk}/")).content.decode()
    assert "a1b2" in aside
    assert "No such &lt;item&gt;" in aside


def test_an_officer_outside_the_cohort_has_no_page_in_it(school: School, client: Client) -> None:
    (other,) = world.officers(1, start=9)
    world.cohort(school.other_trainer, "B", [other])
    assert client.get(url(school, f"officers/{other.pk}/")).status_code == 404


def test_overdue_is_said_in_words_and_counted_in_the_list(school: School, client: Client) -> None:
    world.overdue(school.cohort, timezone.localdate() - timedelta(days=3))
    world.learns(school.officers[0], school.module, "passed")
    page = client.get(url(school)).content.decode()
    assert page.count("Overdue by 3 days") == 2
    (row,) = own_cohorts(school.trainer)
    assert row.late == 2
    late = client.get(f"/training/officers/?cohort={school.cohort.pk}&late=1")
    assert [cells[1] for cells in world.table(late, "officers")[1:]] == ["officer2", "officer3"]


def test_the_day_ends_in_the_time_zone_of_the_site(school: School, settings: object) -> None:
    """At one instant it may be late in Colombo and in time in UTC."""
    due = timezone.now().date()
    world.overdue(school.cohort, due)
    settings.TIME_ZONE = "Etc/GMT-14"
    ahead = timezone.localdate()
    late = cohort_page(school.trainer, school.cohort.pk).officers[0].standings[0].days_late
    assert late == (ahead - due).days
    settings.TIME_ZONE = "Etc/GMT+12"
    standing = cohort_page(school.trainer, school.cohort.pk).officers[0].standings[0]
    assert standing.days_late == 0


def test_a_deleted_module_still_has_its_row(school: School, client: Client) -> None:
    Edition.objects.all().delete()
    ModulePage.objects.get(uuid=school.module).delete()
    assert "A deleted module" in client.get(url(school)).content.decode()


def test_a_trainer_who_leaves_the_cohort_comes_back_to_the_list(
    school: School, client: Client
) -> None:
    services.add_trainer(by=school.trainer, cohort_id=school.cohort.pk, username="trainer2")
    answer = client.post(url(school, f"trainers/{school.trainer.pk}/remove/"))
    assert answer.url == "/training/"
    assert client.get(url(school)).status_code == 404


def test_the_other_forms_do_their_work(school: School, client: Client) -> None:
    assignment = school.cohort.assignments.get()
    due = (timezone.localdate() + timedelta(days=9)).isoformat()
    client.post(url(school, f"assignments/{assignment.pk}/due/"), {"due": due})
    assignment.refresh_from_db()
    assert assignment.due.isoformat() == due
    assert f'value="{due}"' in client.get(url(school)).content.decode()
    client.post(url(school, f"assignments/{assignment.pk}/withdraw/"))
    assert not school.cohort.assignments.exists()
    client.post(url(school, f"officers/{school.officers[0].pk}/remove/"))
    client.post(url(school, "name/"), {"name": "New name"})
    page = client.get(url(school)).content.decode()
    assert "New name" in page
    assert "Officer 1<" not in page


def test_in_urdu_the_pages_run_from_right_to_left(school: School) -> None:
    client = world.web(school.trainer, "ur")
    for path in ("/training/", "/training/officers/", url(school)):
        assert '<html lang="ur" dir="rtl">' in client.get(path).content.decode()


def test_queries_do_not_grow_with_officers_cohorts_or_modules(school: School) -> None:
    def counts() -> list[int]:
        found = []
        for read in (
            lambda: own_cohorts(school.trainer),
            lambda: cohort_page(school.trainer, school.cohort.pk),
        ):
            with CaptureQueriesContext(connection) as captured:
                read()
            found.append(len(captured))
        return found

    world.learns(school.officers[0], school.module)
    own_cohorts(school.trainer)
    small = counts()
    more = [school.module, world.module("Investigation"), world.module("Mock trial")]
    for number in range(3):
        world.cohort(school.trainer, f"C{number}", world.officers(30, 100 * (number + 1)), *more)
    services.add_officers(
        by=school.trainer,
        cohort_id=school.cohort.pk,
        names="\n".join(f"officer{number}" for number in range(100, 130)),
    )
    assert counts() == small
    assert max(small) <= 18
