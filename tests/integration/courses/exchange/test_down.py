"""What the centre says becomes so at the site, once and again."""

import copy
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from courses.exchange.counts import Count
from courses.exchange.down import dump, files, load
from courses.models import Assignment, Cohort, Membership
from elearning.users.models import User
from elearning.users.roles import Role, has_role
from elearning.users.services import give_role
from modules.models import EditionFile
from tests.integration.courses import world
from tests.integration.courses.exchange.conftest import PASSWORD, Site


def signs_in(username: str, password: str = PASSWORD) -> int:
    asked = {"username": username, "password": password, "device": str(uuid.uuid4())}
    return Client().post("/learn/api/sign-in", asked, "application/json").status_code


def assigned_to(username: str, language: str = "en") -> list[dict[str, Any]]:
    token = world.grant(User.objects.get(username=username))[1]
    headers = {"Authorization": f"Bearer {token}", "Accept-Language": language}
    return Client().get("/learn/api/assignments?format=2", headers=headers).json()["assignments"]


def test_the_site_then_says_what_the_centre_said(site: Site) -> None:
    site.takes()
    assert dump() == site.data


def test_taking_it_down_again_changes_nothing(site: Site) -> None:
    first = site.takes()
    assert first.people == Count(added=3)
    assert first.editions == Count(added=2)
    assert first.files == Count(added=len(files(site.data)))
    second = site.takes()
    assert site.fetched == []
    for kind in ("people", "cohorts", "memberships", "assignments", "editions", "files"):
        once, again = getattr(first, kind), getattr(second, kind)
        assert again == Count(unchanged=once.added), kind


def test_an_officer_signs_in_at_the_site_and_sees_what_was_assigned(site: Site) -> None:
    site.takes()
    assert signs_in("officer1") == 200
    assert signs_in("officer1", "another") == 401
    (assignment,) = assigned_to("officer1")
    assert assignment["heading"] == "Borders"
    assert assignment["due"] == "2030-12-31"
    assert [entry["language"] for entry in assignment["editions"]] == ["en", "my"]


def test_a_tablet_downloads_at_the_site_the_very_bytes_of_the_centre(site: Site) -> None:
    site.takes()
    for entry in site.data["editions"]:
        path = f"/editions/{entry['module']}/{entry['language']}/{entry['version']}.json"
        assert Client().get(path).content.decode() == entry["manifest"]
    for sha256, extension, size in files(site.data):
        answer = Client().get(f"/editions/files/{sha256}.{extension}")
        assert answer.status_code == 200
        assert answer.content == site.store[sha256]
        assert len(answer.content) == size


def test_a_module_without_a_page_stands_in_the_catalogue(site: Site) -> None:
    site.takes()
    page = Client().get("/").content.decode()
    assert "Borders" in page
    assert f"/learn/#/module/{site.module}" in page


def test_a_trainer_of_the_site_assigns_a_module_that_came_down(site: Site) -> None:
    site.takes()
    trainer = world.person("local-trainer", Role.TRAINER)
    made = world.cohort(trainer, "Own course", [User.objects.get(username="officer2")], site.module)
    assert made.assignments.get().module == site.module


def test_a_mended_name_a_new_password_and_a_role_come_down(site: Site) -> None:
    site.takes()
    other = User(username="x")
    other.set_password("another password")
    site.entry("officer1").update(last_name="Thida", password=other.password, roles=["trainer"])
    loaded = site.takes()
    assert loaded.people == Count(changed=1, unchanged=2)
    person = User.objects.get(username="officer1")
    assert person.last_name == "Thida"
    assert has_role(person, Role.TRAINER)
    assert not has_role(person, Role.OFFICER)
    assert signs_in("officer1", "another password") == 200


def test_two_people_may_swap_their_user_names(site: Site) -> None:
    site.takes()
    one, two = site.entry("officer1"), site.entry("officer2")
    one["username"], two["username"] = "officer2", "officer1"
    assert site.takes().people.changed == 2
    assert User.objects.get(pk=one["id"]).username == "officer2"


def test_a_language_chosen_at_the_site_stays(site: Site) -> None:
    site.takes()
    User.objects.filter(username="officer1").update(language="my")
    assert site.takes().people == Count(unchanged=3)
    assert User.objects.get(username="officer1").language == "my"


def test_who_is_deactivated_or_gone_at_the_centre_can_sign_in_no_more(site: Site) -> None:
    site.takes()
    site.entry("officer1")["is_active"] = False
    gone = site.entry("officer2")
    site.data["people"].remove(gone)
    site.cohort["memberships"] = [
        each for each in site.cohort["memberships"] if each["officer"] != gone["id"]
    ]
    loaded = site.takes()
    assert (loaded.people.changed, loaded.people.ended) == (1, 1)
    assert signs_in("officer1") == signs_in("officer2") == 401
    assert Membership.objects.get(officer=gone["id"]).left is not None
    assert site.takes().people == Count(unchanged=2)


def test_who_comes_back_can_sign_in_again(site: Site) -> None:
    site.takes()
    before = copy.deepcopy(site.data)
    site.data["people"], site.data["cohorts"], site.data["assignments"] = [], [], []
    site.takes()
    assert signs_in("officer1") == 401
    site.data = before
    site.takes()
    assert signs_in("officer1") == 200
    assert assigned_to("officer1") != []


def test_a_membership_that_ended_at_the_centre_ends_here(site: Site) -> None:
    site.takes()
    left = timezone.now().isoformat()
    site.cohort["memberships"][0]["left"] = left
    assert site.takes().memberships == Count(changed=1, unchanged=1)
    assert Membership.objects.get(left__isnull=False).left.isoformat() == left


def test_a_withdrawn_assignment_goes_and_a_new_due_date_comes(site: Site) -> None:
    site.takes()
    (entry,) = site.data["assignments"]
    entry["due"] = None
    assert site.takes().assignments == Count(changed=1)
    assert assigned_to("officer1")[0]["due"] is None
    site.data["assignments"] = []
    assert site.takes().assignments == Count(ended=1)
    assert assigned_to("officer1") == []


def test_what_was_made_at_the_site_is_left_alone(site: Site) -> None:
    site.takes()
    trainer = world.person("local-trainer", Role.TRAINER)
    own = world.officers(1, start=90)
    world.cohort(trainer, "Own course", own, site.module)
    handed_down = Cohort.objects.get(name="Border course A")
    handed_down.trainers.add(trainer)
    Membership.objects.create(cohort=handed_down, officer=own[0], joined=timezone.now())
    other = Assignment.objects.create(cohort=handed_down, module=uuid.uuid4())
    site.data["assignments"] = []
    site.takes()
    assert Cohort.objects.get(name="Own course").memberships.filter(left=None).count() == 1
    assert Cohort.objects.get(name="Own course").assignments.count() == 1
    assert trainer in handed_down.trainers.all()
    assert handed_down.memberships.get(officer=own[0]).left is None
    assert list(handed_down.assignments.all()) == [other]
    assert User.objects.get(username="local-trainer").is_active


def test_what_was_changed_at_the_site_of_what_came_down_is_the_centres_again(site: Site) -> None:
    site.takes()
    Cohort.objects.update(name="Renamed")
    Assignment.objects.update(due=None)
    Membership.objects.update(left=timezone.now())
    User.objects.filter(username="officer1").update(is_active=False)
    site.takes()
    assert dump() == site.data


def test_the_sites_own_assignment_of_the_same_module_becomes_the_centres(site: Site) -> None:
    (entry,) = site.data["assignments"]
    site.data["assignments"] = []
    site.takes()
    Assignment.objects.create(cohort=Cohort.objects.get(), module=site.module)
    site.data["assignments"] = [entry]
    assert site.takes().assignments == Count(changed=1)
    assert str(Assignment.objects.get().pk) == entry["id"]


def test_a_file_that_is_here_is_not_fetched_and_a_short_one_is(site: Site) -> None:
    site.takes()
    EditionFile.objects.first().delete()
    assert site.takes().files.added == len(site.fetched) == 1


def test_an_administrator_stays_at_the_centre(centre: uuid.UUID) -> None:
    for username, change in {
        "officer1": lambda user: give_role(user, Role.ADMINISTRATOR),
        "officer2": lambda user: User.objects.filter(pk=user.pk).update(is_superuser=True),
        "trainer1": lambda user: User.objects.filter(pk=user.pk).update(is_staff=True),
    }.items():
        change(User.objects.get(username=username))
    said = dump()
    assert said["people"] == []
    (cohort,) = said["cohorts"]
    assert cohort["trainers"] == cohort["memberships"] == []


def test_only_the_three_roles_come_down(centre: uuid.UUID) -> None:
    give_role(User.objects.get(username="trainer1"), Role.AUTHOR)
    (trainer,) = [each for each in dump()["people"] if each["username"] == "trainer1"]
    assert trainer["roles"] == ["trainer"]


def test_who_is_nobodys_officer_or_trainer_stays_at_the_centre(centre: uuid.UUID) -> None:
    world.person("clerk", Role.COORDINATOR)
    assert "clerk" not in [each["username"] for each in dump()["people"]]


def test_rights_in_the_data_are_not_taken(site: Site) -> None:
    site.entry("officer1").update(is_superuser=True, is_staff=True)
    site.takes()
    person = User.objects.get(username="officer1")
    assert not (person.is_superuser or person.is_staff)


def test_an_administrator_of_the_site_is_left_alone(site: Site) -> None:
    entry = site.entry("officer1")
    person = User.objects.create_superuser("chief", password="own")
    User.objects.filter(pk=person.pk).delete()
    User.objects.create(id=entry["id"], username="chief", is_superuser=True, password="own")
    site.takes()
    kept = User.objects.get(pk=entry["id"])
    assert (kept.username, kept.password, kept.is_superuser) == ("chief", "own", True)
    site.data["people"], site.data["cohorts"], site.data["assignments"] = [], [], []
    site.takes()
    assert User.objects.get(pk=entry["id"]).is_active


@pytest.mark.parametrize("kind", ["people", "cohorts", "assignments", "editions"])
def test_data_without_a_kind_is_refused(site: Site, kind: str) -> None:
    del site.data[kind]
    with pytest.raises(Exception, match="damaged"):
        load(site.data, site.fetch)
