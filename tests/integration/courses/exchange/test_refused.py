"""What is damaged, or cannot be, is refused whole."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from courses.exchange.down import files
from courses.models import Cohort, FromCentre
from elearning.errors import ServiceError
from elearning.users.models import User
from modules.editions.building import FORMAT
from modules.models import Edition, EditionFile
from tests.integration.courses import world
from tests.integration.courses.exchange.conftest import Site

Change = Callable[[Site], Any]


def refusal(site: Site) -> ServiceError:
    with pytest.raises(ServiceError) as caught:
        site.takes()
    assert not Cohort.objects.exists()
    assert not Edition.objects.exists()
    assert not FromCentre.objects.exists()
    assert not User.objects.filter(username="officer2").exists()
    return caught.value


def officer(site: Site) -> dict[str, Any]:
    return site.entry("officer1")


def manifest(site: Site, **changes: Any) -> None:
    edition = site.data["editions"][0]
    edition["manifest"] = json.dumps(json.loads(edition["manifest"]) | changes)


DAMAGES: dict[str, Change] = {
    "an id that is none": lambda site: officer(site).update(id="1"),
    "an id that is a number": lambda site: officer(site).update(id=1),
    "no user name": lambda site: officer(site).update(username=""),
    "a long user name": lambda site: officer(site).update(username="x" * 151),
    "a NUL": lambda site: officer(site).update(first_name="a\0"),
    "half a letter": lambda site: officer(site).update(first_name="\ud800"),
    "no password": lambda site: officer(site).pop("password"),
    "a role too many": lambda site: officer(site).update(roles=["officer", "administrator"]),
    "an unknown language": lambda site: officer(site).update(language="xx"),
    "active in words": lambda site: officer(site).update(is_active="yes"),
    "one name twice": lambda site: officer(site).update(username="officer2"),
    "one person twice": lambda site: site.data["people"].append(officer(site)),
    "a member who is nobody": lambda site: site.data["people"].remove(officer(site)),
    "a time without a zone": lambda site: site.cohort["memberships"][0].update(
        joined="2026-01-01T00:00:00"
    ),
    "an assignment of no cohort": lambda site: site.data.update(cohorts=[]),
    "a date that is none": lambda site: site.data["assignments"][0].update(due="2026-02-30"),
    "people that are no list": lambda site: site.data.update(people={}),
    "an entry that is no object": lambda site: site.data["cohorts"].append("A"),
    "a manifest that is no JSON": lambda site: site.data["editions"][0].update(manifest="{"),
    "a manifest of something else": lambda site: site.data["editions"][0].update(manifest="[1]"),
    "another heading": lambda site: site.data["editions"][0].update(heading="Other"),
    "no format": lambda site: manifest(site, format=None),
    "another version": lambda site: site.data["editions"][0].update(version=7),
    "a changed manifest": lambda site: manifest(site, objectives=[]),
    "no files": lambda site: manifest(site, files=[]),
    "one edition twice": lambda site: site.data["editions"].append(site.data["editions"][0]),
    "a version of true": lambda site: site.data["editions"][0].update(version=True),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_data_is_refused_whole(site: Site, damage: str) -> None:
    DAMAGES[damage](site)
    refused = refusal(site)
    assert refused.code == "damaged-data"
    assert "officer1" not in refused.message
    assert site.fetched == []


def test_what_is_no_object_at_all_is_refused(site: Site) -> None:
    for data in (None, [], "x", {}):
        site.data = data  # type: ignore[assignment]
        assert refusal(site).code == "damaged-data"


def test_a_format_that_this_server_does_not_know_is_refused_and_says_so(site: Site) -> None:
    site.data["format"] = FORMAT + 1
    refused = refusal(site)
    assert refused.code == "unknown-format"
    assert f"of format {FORMAT + 1}, and this server knows no newer one than {FORMAT}" in str(
        refused
    )


def test_one_edition_of_a_newer_format_is_never_served(site: Site) -> None:
    manifest(site, format=FORMAT + 1)
    refused = refusal(site)
    assert refused.code == "unknown-format"
    assert site.fetched == []


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: data[:-1] + b"X"])
def test_a_damaged_file_is_not_kept(site: Site, damage: Callable[[bytes], bytes]) -> None:
    sha256 = files(site.data)[-1][0]
    whole = site.store[sha256]
    site.store[sha256] = damage(whole)
    assert refusal(site).code == "damaged-file"
    assert not EditionFile.objects.filter(pk=sha256).exists()
    site.store[sha256] = whole
    assert site.takes().files.added == 1  # the others are here already


def test_a_user_name_of_somebody_else_is_refused_and_the_message_says_what_to_do(
    site: Site,
) -> None:
    local = world.person("officer1", first_name="Somebody else")
    refused = refusal(site)
    assert refused.code == "name-taken"
    assert f"/cms/users/edit/{local.pk}/" in refused.message
    assert "officer1" not in refused.message
    local.refresh_from_db()
    assert local.first_name == "Somebody else"
    User.objects.filter(pk=local.pk).update(username="local-officer1")
    site.takes()
    assert User.objects.filter(username__endswith="officer1").count() == 2
