"""What is known of an agent and of an activity (xAPI 1.0.3, part three, 2.4 and 2.5; 2.0, 4.1.6.3 and 4.1.6.4)."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessments.models import Scope
from elearning.users import tokens
from tests.integration.assessments.conftest import Tablet
from tests.integration.assessments.systems import (
    MOODLE,
    System,
    about,
    make_system,
    person,
    said,
)
from tests.support.statements import actor

QUIZ = f"{MOODLE}/quiz/1"
IDENTIFIERS: list[dict[str, Any]] = [
    {"mbox": "mailto:ann@a.example"},
    {"mbox_sha1sum": "ebd31e95054c018b10727ccffd2ef2ec3a016ee9"},
    {"openid": "https://a.example/ann"},
    {"account": {"homePage": MOODLE, "name": "ann"}},
]


def known(system: System, agent: dict[str, Any]) -> dict[str, Any]:
    response = system.asks("agents", agent=json.dumps(agent))
    assert response.status_code == 200, response.content
    found: dict[str, Any] = response.json()
    return found


@pytest.mark.parametrize("agent", IDENTIFIERS, ids=lambda agent: next(iter(agent)))
def test_an_agent_nobody_has_mentioned_is_a_person_too(
    system: System, agent: dict[str, Any]
) -> None:
    """2.4.s2: every property is a list."""
    ((name, value),) = agent.items()
    assert known(system, agent) == {"objectType": "Person", name: [value]}


def test_a_person_has_every_name_the_newest_first_and_the_one_asked_with_last(
    system: System,
) -> None:
    for name in ("Ann", "Ann Lee", "Ann"):
        system.stores(said(actor={"name": name, **person("ann")}))
    system.stores(said(actor={"name": "Bob", **person("bob")}))
    asked = {"objectType": "Agent", "name": "A. Lee", **person("ann")}
    assert known(system, asked) == {
        "objectType": "Person",
        "name": ["Ann", "Ann Lee", "A. Lee"],
        "account": [person("ann")["account"]],
    }


def test_a_name_is_found_wherever_a_statement_mentions_the_agent(system: System) -> None:
    instructor = {"objectType": "Agent", "name": "Ann", **person("ann")}
    system.stores(said("bob", context={"instructor": instructor}))
    assert known(system, person("ann"))["name"] == ["Ann"]


def test_an_officers_session_asks_about_its_own_person_only(
    tablet: Tablet, other_tablet: Tablet
) -> None:
    token = tokens.new_token()
    tablet.grant.session_digest = tokens.digest(token)
    tablet.grant.session_expires = timezone.now() + timedelta(days=1)
    tablet.grant.save()
    headers = {"Authorization": f"Bearer {token}", "X-Experience-API-Version": "1.0.3"}
    for officer, status in ((tablet.officer.id, 200), (other_tablet.officer.id, 403)):
        query = {"agent": json.dumps(actor(officer))}
        assert Client().get("/xapi/agents", query, headers=headers).status_code == status
    query = {"activityId": QUIZ}
    assert Client().get("/xapi/activities", query, headers=headers).status_code == 403


@pytest.mark.parametrize("agent", ["", "ann", "{}", '{"objectType": "Agent", "name": "Ann"}'])
def test_what_is_no_agent_is_refused(system: System, agent: str) -> None:
    assert system.asks("agents", agent=agent).status_code == 400
    assert system.asks("agents").status_code == 400


def test_an_activity_has_all_that_statements_say_of_it(system: System) -> None:
    """2.5.s1: the languages of all of them."""
    system.stores(said(object=about(QUIZ, name={"en": "Passports"}, type=f"{MOODLE}/quiz")))
    system.stores(said(object=about(QUIZ, name={"fr": "Passeports"})))
    response = system.asks("activities", activityId=QUIZ)
    assert response.status_code == 200
    assert response.json() == {
        "objectType": "Activity",
        "id": QUIZ,
        "definition": {
            "name": {"en": "Passports", "fr": "Passeports"},
            "type": f"{MOODLE}/quiz",
        },
    }


def test_an_activity_nobody_has_mentioned_is_its_id(system: System) -> None:
    response = system.asks("activities", activityId=QUIZ)
    assert response.json() == {"objectType": "Activity", "id": QUIZ}


@pytest.mark.parametrize("activity", ["", "quiz"])
def test_what_is_no_activity_is_refused(system: System, activity: str) -> None:
    assert system.asks("activities", activityId=activity).status_code == 400
    assert system.asks("activities").status_code == 400


@pytest.mark.parametrize("resource", ["agents", "activities"])
def test_what_is_known_is_for_readers_only(resource: str, system: System) -> None:
    params = {"agents": {"agent": json.dumps(person("ann"))}, "activities": {"activityId": QUIZ}}
    writer = make_system(Scope.WRITE)
    assert writer.asks(resource, **params[resource]).status_code == 403
    assert system.asks(resource, **params[resource], since="x").status_code == 400
    head = Client().head(
        f"/xapi/2.0/{resource}",
        params[resource],
        headers=system.headers | {"X-Experience-API-Version": "2.0.0"},
    )
    assert head.status_code == 200
    assert head.headers["X-Experience-API-Version"] == "2.0.0"
