"""Finding statements (xAPI 1.0.3, part three, 2.1.3)."""

import json
import re
import tracemalloc
import uuid
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.models import Scope, Statement
from assessments.rules import mentions
from assessments.rules.keys import identity
from assessments.statements import log, queries, weights
from assessments.statements.table import mention
from tests.integration.assessments.systems import (
    ANSWERED,
    MOODLE,
    System,
    about,
    make_system,
    person,
    reference,
    said,
    voiding,
)


def moment(name: str) -> str:
    return Statement.objects.get(id=name).stored.isoformat()


def test_the_newest_come_first_unless_asked_otherwise(system: System) -> None:
    first, second = system.stores(said())[0], system.stores(said())[0]
    assert system.finds() == [second, first]
    assert system.finds(ascending="true") == [first, second]


@pytest.mark.parametrize(
    "agent",
    [
        {"mbox": "mailto:ann@a.example"},
        {"mbox_sha1sum": "ebd31e95054c018b10727ccffd2ef2ec3a016ee9"},
        {"openid": "https://ann.example/"},
        person("ann"),
    ],
)
def test_by_agent_however_it_is_identified(system: System, agent: dict[str, Any]) -> None:
    system.stores(said("bob"))
    (name,) = system.stores(said(actor=agent | {"name": "Ann"}))
    assert system.finds(agent=json.dumps(agent)) == [name]


def test_an_agent_is_found_as_actor_and_as_object(system: System) -> None:
    ann = person("ann")
    actor, _other = system.stores(said("ann"), said("bob"))
    (thing,) = system.stores(said("bob", object={"objectType": "Agent", **ann}))
    assert set(system.finds(agent=json.dumps(ann))) == {actor, thing}


def test_a_member_of_a_group_is_found_with_the_group(system: System) -> None:
    ann = person("ann")
    (name,) = system.stores(said(actor={"objectType": "Group", "member": [ann, person("bob")]}))
    assert system.finds(agent=json.dumps(ann)) == [name]


def test_related_agents_are_those_of_the_context_and_the_authority(system: System) -> None:
    (name,) = system.stores(said("bob", context={"instructor": person("ann")}))
    ann = json.dumps(person("ann"))
    assert system.finds(agent=ann) == []
    assert system.finds(agent=ann, related_agents="true") == [name]
    account = {"homePage": "http://127.0.0.1:8000", "name": str(system.made.credential.pk)}
    authority = json.dumps({"account": account})
    assert system.finds(agent=authority, related_agents="true") == [name]


def test_by_activity_and_by_related_activity(system: System) -> None:
    quiz, course = f"{MOODLE}/quiz", f"{MOODLE}/course"
    context = {"contextActivities": {"grouping": [about(course)]}}
    (name,) = system.stores(said(object=about(quiz), context=context))
    assert system.finds(activity=quiz) == [name]
    assert system.finds(activity=course) == []
    assert system.finds(activity=course, related_activities="true") == [name]


def test_what_is_in_a_sub_statement_is_related(system: System) -> None:
    quiz = f"{MOODLE}/quiz"
    sub = {"objectType": "SubStatement", "actor": person("ann"), "verb": {"id": ANSWERED}}
    (name,) = system.stores(said("bob", object=sub | {"object": about(quiz)}))
    ann = json.dumps(person("ann"))
    assert system.finds(agent=ann) == system.finds(activity=quiz) == []
    assert system.finds(agent=ann, related_agents="true") == [name]
    assert system.finds(activity=quiz, related_activities="true") == [name]


def test_by_verb_and_registration_and_all_at_once(system: System) -> None:
    attempt = str(uuid.uuid4())
    one = said("ann", context={"registration": attempt})
    (name, *_others) = system.stores(one, said("bob", context={"registration": attempt}), said())
    assert len(system.finds(registration=attempt)) == 2
    assert len(system.finds(registration=attempt.upper())) == 2
    assert len(system.finds(verb=ANSWERED)) == 3
    assert system.finds(verb="http://a.example/other") == []
    agent = json.dumps(person("ann"))
    assert system.finds(verb=ANSWERED, registration=attempt, agent=agent) == [name]


def test_since_is_after_and_until_is_up_to_the_moment_of_storing(system: System) -> None:
    first, second, third = (system.stores(said())[0] for _number in range(3))
    ann = json.dumps(person("ann"))
    for more in ({}, {"agent": ann}):
        assert system.finds(since=moment(second), **more) == [third]
        assert system.finds(until=moment(second), **more) == [second, first]
        assert system.finds(since=moment(first), until=moment(second), **more) == [second]
        assert system.finds(since="2099-01-01T00:00:00Z", **more) == []
        assert system.finds(until="1970-01-01T00:00:00Z", **more) == []


def follow(system: System, **params: str) -> list[str]:
    """The ids of all pages, each asked for at the address that the page before gave."""
    ids: list[str] = []
    response = system.asks(**params)
    while True:
        page = response.json()
        ids += [each["id"] for each in page["statements"]]
        if not page["more"]:
            return ids
        assert page["more"].startswith("/xapi/statements?")
        assert len(ids) < 1000
        response = system.asks(**dict(parse_qsl(urlsplit(page["more"]).query)))


@pytest.mark.parametrize("ascending", ["true", "false"])
def test_more_leads_through_all_of_them_once(
    system: System, monkeypatch: pytest.MonkeyPatch, ascending: str
) -> None:
    monkeypatch.setattr(queries, "LOOK", 3)
    names = [system.stores(said("ann"), said("bob"))[0] for _number in range(9)]
    # What voids a statement refers to it, and is found by what that one is found by.
    names += system.stores(voiding(names.pop(4)))
    agent = json.dumps(person("ann"))
    found = follow(system, agent=agent, limit="2", ascending=ascending)
    assert found == (names if ascending == "true" else names[::-1])


def test_statements_that_come_between_two_pages_move_nothing(system: System) -> None:
    names = [system.stores(said())[0] for _number in range(4)]
    more = system.asks(limit="2").json()["more"]
    system.stores(said())
    page = system.asks(**dict(parse_qsl(urlsplit(more).query))).json()
    assert [each["id"] for each in page["statements"]] == [names[1], names[0]]


def test_an_address_for_more_that_was_changed_is_refused(system: System) -> None:
    assert system.asks(more="eyJ4IjoxfQ:1abc:def").status_code == 400
    assert system.asks(more="x", limit="2").status_code == 400


def test_a_limit_of_nothing_is_as_many_as_the_server_gives(system: System) -> None:
    system.stores(*(said() for _number in range(120)))
    assert len(system.finds(limit="0")) == 120
    assert len(system.finds()) == 100


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("limit", "-1"), ("limit", "x"), ("limit", "\u0663"), ("agent", "{}"), ("agent", "x"), ("agent", "[" * 5000),
        ("agent", '{"objectType":"Group","member":[]}'), ("verb", "answered"), ("activity", "quiz"),
        ("registration", "7"), ("since", "yesterday"), ("until", ""), ("ascending", "yes"),
        ("format", "xml"), ("attachments", "1"), ("statementId", "7"), ("Agent", "x"), ("unknown", "1"),
    ],
)  # fmt: skip
def test_a_parameter_that_is_unknown_or_not_well_formed_is_refused(
    system: System, name: str, value: str
) -> None:
    response = system.asks(**{name: value})
    assert response.status_code == 400
    assert "X-Experience-API-Consistent-Through" in response.headers


def test_one_statement_is_asked_for_by_its_id_and_nothing_else(system: System) -> None:
    made = said()
    system.stores(made)
    found = system.asks(statementId=made["id"].upper())
    assert {key: found.json()[key] for key in made} == made
    assert "Last-Modified" in found.headers
    assert system.asks(statementId=str(uuid.uuid4())).status_code == 404
    assert system.asks(statementId=made["id"], limit="1").status_code == 400
    both = system.asks(statementId=made["id"], voidedStatementId=made["id"])
    assert both.status_code == 400


def test_a_void_statement_is_found_only_when_a_void_one_is_asked_for(system: System) -> None:
    """Part two, 2.3.2."""
    (name, other) = system.stores(said(), said())
    (void,) = system.stores(voiding(name))
    assert system.finds() == [void, other]
    assert name not in system.finds(agent=json.dumps(person("ann")))
    assert system.asks(statementId=name).status_code == 404
    assert system.asks(voidedStatementId=name).json()["id"] == name
    assert system.asks(voidedStatementId=other).status_code == 404


def test_a_statement_that_voids_cannot_be_voided(system: System) -> None:
    (name,) = system.stores(said())
    (void,) = system.stores(voiding(name))
    (again,) = system.stores(voiding(void))
    assert system.finds() == [again, void]
    assert system.asks(statementId=void).status_code == 200
    assert system.asks(voidedStatementId=name).status_code == 200


def test_a_statement_may_be_voided_before_it_comes(system: System) -> None:
    late = said()
    (void,) = system.stores(voiding(late["id"]))
    system.stores(late)
    assert system.finds() == [void]


def test_a_reference_is_found_by_what_it_refers_to_through_any_number_of_steps(
    system: System,
) -> None:
    quiz = f"{MOODLE}/quiz"
    target = said("ann", object=about(quiz))
    middle = said("bob", object=reference(target["id"]))
    last = said("cid", object=reference(middle["id"]))
    for one in (last, target, middle):  # in an order in which nothing is known of the next
        system.stores(one)
        system.finds(activity=quiz)  # the index is brought up to here
    assert set(system.finds(activity=quiz)) == {target["id"], middle["id"], last["id"]}
    system.stores(voiding(target["id"]))
    assert {middle["id"], last["id"]} <= set(system.finds(activity=quiz))
    assert target["id"] not in system.finds(activity=quiz)


def test_statements_that_refer_to_each_other_in_a_ring_end(system: System) -> None:
    one, other = said("ann"), said("bob")
    one["object"], other["object"] = reference(other["id"]), reference(one["id"])
    system.stores(one, other)
    assert len(system.finds(agent=json.dumps(person("ann")))) == 2


def test_what_was_stored_is_found_at_once(system: System) -> None:
    for _number in range(3):
        (name,) = system.stores(said("ann"))
        assert system.finds(agent=json.dumps(person("ann")), limit="1") == [name]


def test_the_answer_says_through_when_it_is_consistent(system: System) -> None:
    before = timezone.now()
    through = system.asks()["X-Experience-API-Consistent-Through"]
    assert before - timedelta(seconds=1) <= datetime.fromisoformat(through)


def test_what_is_stored_while_somebody_reads_is_not_said_to_be_found(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = queries.find

    def slow(query: queries.Query) -> queries.Page:
        page = look(query)
        system.stores(said())
        return page

    monkeypatch.setattr(queries, "find", slow)
    through = system.asks()["X-Experience-API-Consistent-Through"]
    assert datetime.fromisoformat(through) < Statement.objects.get().stored


def test_whoever_may_not_read_does_not_ask_for_the_log_alone(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On PostgreSQL it would stand in the way of everybody who writes."""
    monkeypatch.setattr(log, "consistent_through", lambda: pytest.fail("It was asked for."))
    nobody = {"X-Experience-API-Version": "1.0.3"}
    assert Client().get("/xapi/statements", headers=nobody).status_code == 401
    assert replace(system, version="0.9").asks().status_code == 400
    assert make_system(Scope.WRITE).asks().status_code == 403


def heavy(name: str = "ann", **more: Any) -> dict[str, Any]:
    """A statement of 100,000 bytes and some: its letters have two each."""
    return said(name, result={"response": "\u00e9" * 50_000}, **more)


@pytest.mark.parametrize("form", ["exact", "ids", "canonical"])
def test_a_page_ends_before_it_weighs_too_much(
    system: System, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    """Fewer than were asked for, and an address for the others."""
    monkeypatch.setattr(weights, "MOST", 250_000)
    names = [system.stores(heavy())[0] for _number in range(5)]
    assert system.finds(format=form) == [names[4], names[3]]
    assert follow(system, format=form) == names[::-1]
    agent = json.dumps(person("ann"))
    assert follow(system, agent=agent, limit="4", ascending="true") == names


def test_a_statement_that_weighs_too_much_is_a_page_of_its_own(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "MOST", 99_999)
    names = [system.stores(made)[0] for made in (heavy(), said(), heavy())]
    assert system.finds() == [names[2]]
    assert follow(system) == names[::-1]


def test_what_a_definition_makes_a_page_weigh_ends_it_too(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Small statements about an activity that a large one has told much of."""
    monkeypatch.setattr(weights, "MOST", 250_000)
    quiz = f"{MOODLE}/quiz"
    system.stores(said(object=about(quiz, description={"en": "x" * 100_000})))
    names = [system.stores(said(object=about(quiz)))[0] for _number in range(4)]
    assert len(system.finds(limit="4")) == 4
    assert system.finds(limit="4", format="canonical") == [names[3], names[2]]


def test_what_a_page_does_not_hold_is_not_read(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "MOST", 250_000)
    for _number in range(6):
        system.stores(*(heavy() for _another in range(10)))
    tracemalloc.start()
    page = queries.find(queries.Query(limit=500))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(page.rows) == 2
    assert peak < 2_000_000


@pytest.mark.parametrize("rare", [-7, 7])
def test_the_rarest_of_the_keys_is_walked_along_whatever_their_order(
    db: None, monkeypatch: pytest.MonkeyPatch, rare: int
) -> None:
    """Those that are too many to be counted are the last, and a count ends where it tells enough."""
    monkeypatch.setattr(queries, "COUNTED", (4, 8))
    common, most_common = 0, 1
    mention(
        (key, seq)
        for key, many in ((rare, 5), (common, 9), (most_common, 30))
        for seq in range(many)
    )
    assert queries._rarest_first({most_common, common, rare}) == [rare, common, most_common]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        queries._rarest_first({rare, most_common})
    assert len(asked) == 4
    assert all("LIMIT 4" in each["sql"] or "LIMIT 8" in each["sql"] for each in asked)


def test_a_query_walks_along_its_rarest_key(system: System) -> None:
    system.stores(*(said("bob") for _number in range(9)))
    (name,) = system.stores(said("ann"))
    ann = json.dumps(person("ann"))
    with CaptureQueriesContext(connection) as asked:
        assert system.finds(agent=ann, verb=ANSWERED) == [name]
    by_agent = mentions.key(mentions.AGENT, identity(person("ann")) or "")
    walks = [each["sql"] for each in asked if "EXISTS" in each["sql"] and "mention" in each["sql"]]
    outer = [re.findall(r'"assessments_mention"."key" = \W*?(-?\d+)', walk) for walk in walks]
    assert outer and all(keys == [str(by_agent)] for keys in outer)
