"""Agents and groups, wherever they stand (2.4.2, 2.4.4.2 and 2.4.9; 2.0: 4.2.2)."""

from typing import Any

import pytest

from assessments.statements.validation import Invalid, agent, agent_or_group, check, group
from tests.unit.assessments.statements.validation.examples import (
    ACCOUNT,
    GROUP,
    MEMBER,
    about,
    changed,
    refused,
)

IDENTIFIERS: list[dict[str, Any]] = [
    MEMBER,
    {"mbox_sha1sum": "aB" * 20},
    {"openid": "https://id.example/me"},
    {"account": ACCOUNT},
]


@pytest.mark.parametrize("one", IDENTIFIERS, ids=lambda one: next(iter(one)))
def test_an_agent_or_a_group_has_any_one_identifier(one: dict[str, Any], version: str) -> None:
    """2.4.2.3."""
    people = {**one, "objectType": "Group", "name": "Us", "member": [MEMBER, *IDENTIFIERS]}
    for actor in (one, {**one, "objectType": "Agent", "name": ""}, people):
        check(changed(("actor", actor)), version)
        check(changed(("context/instructor", actor)), version)
    check(changed(("context/team", people)), version)
    check(changed(("context/team", {**one, "objectType": "Group", "member": []})), version)


@pytest.mark.parametrize("one", IDENTIFIERS, ids=lambda one: next(iter(one)))
@pytest.mark.parametrize("two", IDENTIFIERS, ids=lambda two: next(iter(two)))
def test_nobody_has_two_identifiers(one: dict[str, Any], two: dict[str, Any]) -> None:
    """2.4.2.1 and 2.4.2.2."""
    both = one | two
    if len(both) == 1:
        return
    with pytest.raises(Invalid, match="exactly one"):
        agent(both)
    with pytest.raises(Invalid, match="one identifier"):
        group({**both, "objectType": "Group", "member": [MEMBER]})


WRONG = {
    "nothing": ({}, "one-identifier", ""),
    "a name only": ({"name": "A"}, "one-identifier", ""),
    "members of an agent": ({**MEMBER, "member": [MEMBER]}, "unknown-key", "member"),
    "a number as name": ({**MEMBER, "name": 7}, "not-a-string", "name"),
    "another case": ({**MEMBER, "objectType": "agent"}, "not-one-of", "objectType"),
    "a group in another case": ({**GROUP, "objectType": "group"}, "not-one-of", "objectType"),
    "a list as type": ({**MEMBER, "objectType": ["Agent"]}, "not-one-of", "objectType"),
    "an address without mailto": ({"mbox": "a@b.example"}, "not-a-mailbox", "mbox"),
    "a mailto without address": ({"mbox": "mailto:b.example"}, "not-a-mailbox", "mbox"),
    "a short sum": ({"mbox_sha1sum": "ab" * 19}, "not-a-sha1", "mbox_sha1sum"),
    "a sum that is no hexadecimal": ({"mbox_sha1sum": "xy" * 20}, "not-a-sha1", "mbox_sha1sum"),
    "an open id without scheme": ({"openid": "id.example"}, "not-an-iri", "openid"),
    "an account without name": ({"account": {"homePage": "urn:x:1"}}, "missing", "account.name"),
    "an account without home": ({"account": {"name": "a"}}, "missing", "account.homePage"),
    "an account that is text": ({"account": "me"}, "not-an-object", "account"),
    "a group of nobody": ({"objectType": "Group"}, "bad-group", ""),
    "a group with a name only": ({"objectType": "Group", "name": "A"}, "bad-group", ""),
    "one member without a list": ({**GROUP, "member": MEMBER}, "not-a-list", "member"),
    "a group in a group": ({**GROUP, "member": [GROUP]}, "not-one-of", "member.0.objectType"),
    "a member without identifier": ({**GROUP, "member": [{}]}, "one-identifier", "member.0"),
}


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG.keys())
def test_an_actor_keeps_the_rules_wherever_it_stands(
    case: tuple[dict[str, Any], str, str], version: str
) -> None:
    actor, code, path = case
    for place in ("actor", "context/instructor", "authority"):
        where = f"{place.replace('/', '.')}.{path}".rstrip(".")
        refused(changed((place, actor)), code, where, version)


def test_a_team_is_a_group(version: str) -> None:
    """2.4.6."""
    team = {**MEMBER, "objectType": "Agent"}
    refused(changed(("context/team", team)), "not-one-of", "context.team.objectType", version)


def test_people_as_object_have_to_say_what_they_are(version: str) -> None:
    """2.4.4.2."""
    check(about({**MEMBER, "objectType": "Agent"}), version)
    check(about({"objectType": "Group", "member": [MEMBER]}), version)
    refused(about(MEMBER), "missing", "object.id", version)
    refused(about({"objectType": "Group"}), "bad-group", "object", version)


def test_the_authority_is_an_agent_or_an_application_with_its_user(version: str) -> None:
    """2.4.9: a group of exactly two agents, one of them with the application's account."""
    application = {"account": ACCOUNT}
    check(changed(("authority", MEMBER)), version)
    check(changed(("authority", {"objectType": "Group", "member": [application, MEMBER]})), version)
    for members in ([application], [application, MEMBER, MEMBER], [MEMBER, MEMBER]):
        both = {"objectType": "Group", "member": members}
        refused(changed(("authority", both)), "bad-authority", "authority", version)
    known = {**GROUP, "member": [application, MEMBER]}
    refused(changed(("authority", known)), "bad-authority", "authority", version)


def test_the_rules_serve_parameters_too() -> None:
    """2.2: parameters are held to what statements are held to."""
    agent(MEMBER)
    agent_or_group(GROUP)
    for rule in (agent, agent_or_group, group):
        for value in (None, [], "mailto:a@b.example", 1, {}):
            with pytest.raises(Invalid):
                rule(value)
    with pytest.raises(Invalid, match="Agent, Group"):
        agent_or_group({**MEMBER, "objectType": "Person"})
