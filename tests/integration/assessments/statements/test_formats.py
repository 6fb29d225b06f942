"""The forms in which statements are given out (xAPI 1.0.3, part three, 2.1.3, `format`)."""

import uuid
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from assessments import activities, index
from tests.integration.assessments.systems import (
    ANSWERED,
    MOODLE,
    System,
    about,
    person,
    said,
    voiding,
)

QUIZ = f"{MOODLE}/quiz"


def shown(system: System, **params: str) -> dict[str, Any]:
    return system.asks(limit="1", **params).json()["statements"][0]


def test_exact_is_what_was_sent(system: System) -> None:
    made = said(object=about(QUIZ, name={"en": "Quiz", "ur": "\u0633\u0648\u0627\u0644"}))
    system.stores(made)
    found = shown(system)
    assert {key: found[key] for key in made} == made
    assert found == shown(system, format="exact")


def test_ids_is_no_more_than_what_identifies(system: System) -> None:
    team = {"objectType": "Group", "name": "Team", "member": [person("bob") | {"name": "Bob"}]}
    context = {
        "team": team,
        "instructor": person("cid") | {"name": "Cid"},
        "contextActivities": {"parent": [about(MOODLE, name={"en": "Course"})]},
        "platform": "app",
    }
    actor = person("ann") | {"name": "Ann"}
    system.stores(said(actor=actor, object=about(QUIZ, name={"en": "Quiz"}), context=context))
    found = shown(system, format="ids")
    assert found["actor"] == person("ann")
    assert found["verb"] == {"id": ANSWERED}
    assert found["object"] == {"id": QUIZ}
    assert found["context"] == {
        "team": {"objectType": "Group", "member": [person("bob")]},
        "instructor": person("cid"),
        "contextActivities": {"parent": [{"id": MOODLE}]},
        "platform": "app",
    }
    assert "name" not in found["authority"]


def test_canonical_has_one_language_and_the_definition_that_the_store_knows(system: System) -> None:
    system.stores(said(object=about(QUIZ, name={"en": "Quiz", "fr": "Jeu"}, type=MOODLE)))
    system.stores(said(object=about(QUIZ, description={"en": "Hard", "fr": "Dur"})))
    headers = {**system.headers, "Accept-Language": "fr-CH, fr;q=0.9, en;q=0.1"}
    page = Client().get("/xapi/statements?format=canonical&limit=1", headers=headers).json()
    (found,) = page["statements"]
    assert found["verb"]["display"] == {"fr": "a répondu"}
    assert found["object"]["definition"] == {
        "name": {"fr": "Jeu"},
        "description": {"fr": "Dur"},
        "type": MOODLE,
    }


def test_canonical_takes_as_few_queries_for_many_activities_as_for_one(
    system: System, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Each of a hundred statements names three that no other one does."""
    for _number in range(100):
        one, two, three = (f"{QUIZ}/{uuid.uuid4()}" for _each in range(3))
        context = {"contextActivities": {"parent": [about(one)], "other": [about(two)]}}
        system.stores(said(object=about(three, name={"en": three}), context=context))
    index.INDEX.catch_up()
    with django_assert_max_num_queries(25):
        page = system.asks(format="canonical").json()["statements"]
    for each in page:
        assert each["object"]["definition"]["name"] == {"en": each["object"]["id"]}
    assert len(page) == 100


def test_the_newest_of_every_activity_is_asked_before_more_of_any(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And no more statements than are allowed for all of them."""
    names = [f"{QUIZ}/{number}" for number in range(3)]
    for name in names:
        for language in ("en", "fr", "th"):
            system.stores(said(object=about(name, name={language: "Quiz"})))
    monkeypatch.setattr(activities, "READ", 4)
    found = activities.definitions([*names, f"{QUIZ}/other"])
    assert [set(found[name]["name"]) for name in names] == [{"th"}, {"th"}, {"fr", "th"}]
    monkeypatch.setattr(activities, "LOOK", 2)
    assert set(activities.definition(names[0])["name"]) == {"fr", "th"}
    monkeypatch.setattr(activities, "MOST", 2)
    assert set(activities.definitions(names)) == set(names[:2])


def test_what_a_void_statement_says_of_an_activity_is_not_known(system: System) -> None:
    (old, new) = (
        system.stores(said(object=about(QUIZ, name={"en": text})))[0] for text in ("Old", "New")
    )
    assert activities.definition(QUIZ)["name"] == {"en": "New"}
    system.stores(voiding(new))
    assert activities.definition(QUIZ)["name"] == {"en": "Old"}
    system.stores(voiding(old))
    assert activities.definition(QUIZ) == {}


def test_canonical_without_a_language_that_there_is_takes_the_first(system: System) -> None:
    system.stores(said(object=about(QUIZ, name={"en": "Quiz"})))
    headers = {**system.headers, "Accept-Language": "th"}
    page = Client().get("/xapi/statements?format=canonical", headers=headers).json()
    assert page["statements"][0]["object"]["definition"]["name"] == {"en": "Quiz"}


def test_a_single_context_activity_is_given_out_as_a_list(system: System) -> None:
    """Part two, 2.4.6.2; also in a sub-statement."""
    context = {"contextActivities": {"parent": about(MOODLE)}}
    sub = {"objectType": "SubStatement", "actor": person("ann"), "verb": {"id": ANSWERED}}
    system.stores(said(context=context))
    assert shown(system)["context"]["contextActivities"]["parent"] == [about(MOODLE)]
    system.stores(said(object=sub | {"object": about(QUIZ), "context": context}))
    assert shown(system)["object"]["context"]["contextActivities"]["parent"] == [about(MOODLE)]
