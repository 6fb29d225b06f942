"""Whose documents a client may write and read (xAPI 1.0.3, part three, 4.2)."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from assessments.models import Document, Scope
from elearning.users import tokens
from tests.integration.assessments.conftest import Tablet
from tests.integration.assessments.documents.shelves import (
    ACTIVITY_PROFILE,
    AGENT_PROFILE,
    NEW,
    STATE,
    Shelf,
    shelf,
)
from tests.integration.assessments.systems import System, make_system
from tests.support.statements import actor

OWN = [STATE, AGENT_PROFILE]


def of(tablet: Tablet, authorization: str, resource: str = STATE) -> Shelf:
    """The documents of the officer of this tablet, asked for by somebody."""
    place = shelf(resource, authorization)
    return place.with_(agent=json.dumps(actor(tablet.officer.id)))


def writing(tablet: Tablet) -> str:
    return f"Bearer {tablet.token}"


def reading(tablet: Tablet) -> str:
    token = tokens.new_token()
    tablet.grant.session_digest = tokens.digest(token)
    tablet.grant.session_expires = timezone.now() + timedelta(days=1)
    tablet.grant.save()
    return f"Bearer {token}"


@pytest.mark.parametrize("resource", OWN)
def test_an_officer_keeps_and_reads_own_documents(tablet: Tablet, resource: str) -> None:
    mine = of(tablet, writing(tablet), resource)
    assert mine.puts("n", {"a": 1}, **NEW).status_code == 204
    assert mine.gets("n").status_code == 403
    mine = replace(mine, authorization=reading(tablet))
    assert mine.holds("n") == {"a": 1}
    assert mine.names() == ["n"]
    assert mine.puts("n", {"a": 2}, **NEW).status_code == 403
    assert mine.deletes("n").status_code == 403
    assert replace(mine, authorization=writing(tablet)).deletes("n").status_code == 204


@pytest.mark.parametrize("resource", OWN)
def test_an_officers_documents_are_closed_to_other_officers(
    tablet: Tablet, other_tablet: Tablet, system: System, resource: str
) -> None:
    of(tablet, writing(tablet), resource).puts("n", {"a": 1}, **NEW)
    theirs = of(tablet, writing(other_tablet), resource)
    for method in ("PUT", "POST", "DELETE"):
        assert theirs.sends(method, "n", b'{"a": 2}').status_code == 403
    assert theirs.deletes().status_code in (400, 403)
    theirs = replace(theirs, authorization=reading(other_tablet))
    assert theirs.gets("n").status_code == theirs.gets("none").status_code == 403
    assert theirs.sends("GET").status_code == 403
    assert of(tablet, system.headers["Authorization"], resource).holds("n") == {"a": 1}


def test_all_states_of_another_officer_cannot_be_deleted(
    tablet: Tablet, other_tablet: Tablet
) -> None:
    of(tablet, writing(tablet)).puts("n", {"a": 1})
    assert of(tablet, writing(other_tablet)).deletes().status_code == 403
    assert Document.objects.exists()


@pytest.mark.parametrize(
    "alias",
    [
        {"mbox": "mailto:me@a.example"},
        {"account": {"homePage": "https://other.example/people", "name": "{officer}"}},
    ],
)
def test_an_officer_is_named_by_the_account_of_this_platform_only(
    tablet: Tablet, alias: dict[str, Any]
) -> None:
    if "account" in alias:
        alias["account"]["name"] = str(tablet.officer.id)
    place = shelf(STATE, writing(tablet)).with_(agent=json.dumps(alias))
    assert place.puts("n", {"a": 1}).status_code == 403


def test_the_profile_of_an_activity_is_nobodys_own(tablet: Tablet) -> None:
    profile = shelf(ACTIVITY_PROFILE, writing(tablet))
    assert profile.puts("n", {"a": 1}, **NEW).status_code == 403
    assert replace(profile, authorization=reading(tablet)).sends("GET").status_code == 403


@pytest.mark.parametrize(
    ("scope", "writes", "reads"),
    [
        (Scope.WRITE, 204, 403),
        (Scope.READ, 403, 200),
        (Scope.FORWARD, 403, 403),
        (Scope.ROSTER, 403, 403),
    ],
)
@pytest.mark.parametrize("resource", [STATE, AGENT_PROFILE, ACTIVITY_PROFILE])
def test_each_scope_allows_its_own_and_nothing_else(
    resource: str, scope: Scope, writes: int, reads: int, db: None
) -> None:
    place = shelf(resource, make_system(scope).headers["Authorization"])
    assert place.puts("n", {"a": 1}, **NEW).status_code == writes
    assert place.sends("GET").status_code == reads


@pytest.mark.parametrize("header", ["", "Bearer unknown", "Basic x"])
def test_nobody_without_credentials_reads_or_writes(
    tablet: Tablet, any_shelf: Shelf, header: str
) -> None:
    stranger = replace(any_shelf, authorization=header)
    for method in ("PUT", "POST", "GET", "DELETE"):
        assert stranger.sends(method, "n", b"{}", **NEW).status_code == 401
