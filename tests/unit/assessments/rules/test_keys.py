"""One name for one agent (xAPI 1.0.3, part two, 2.4.2.3)."""

import uuid
from typing import Any

import pytest

from assessments.rules.keys import agent_key, identity

HOME = "https://elearning.example/people"
OFFICER = uuid.UUID("3f1f6e0e-2f0b-4ad3-9a9c-3a4c6a2b1c11")
ANN = {"mbox": "mailto:ann@a.example"}
BOB = {"openid": "https://bob.example/"}


def account(name: str, home: str = HOME) -> dict[str, Any]:
    return {"account": {"homePage": home, "name": name}}


def test_an_officer_of_this_platform_is_the_id() -> None:
    assert agent_key(account(str(OFFICER)), HOME) == OFFICER


@pytest.mark.parametrize("name", [str(OFFICER).upper(), f"{{{OFFICER}}}", OFFICER.hex])
def test_the_id_in_another_spelling_is_another_account(name: str) -> None:
    assert agent_key(account(name), HOME) != OFFICER


def test_a_group_with_an_officers_account_is_not_the_officer() -> None:
    assert agent_key(account(str(OFFICER)) | {"objectType": "Group"}, HOME) != OFFICER


def test_the_same_name_elsewhere_is_somebody_else() -> None:
    assert agent_key(account(str(OFFICER), "https://other.example"), HOME) != OFFICER
    assert agent_key(account("ann"), HOME) != agent_key(account("ann", "https://b.example"), HOME)


@pytest.mark.parametrize("agent", [ANN, BOB, account("ann"), {"mbox_sha1sum": "a" * 40}])
def test_what_else_is_said_of_an_agent_changes_nothing(agent: dict[str, Any]) -> None:
    named = agent | {"name": "A", "objectType": "Agent"}
    assert agent_key(agent, HOME) == agent_key(named, HOME)
    assert identity(agent) == identity(named)


def test_a_group_without_an_identifier_is_its_members_in_any_order() -> None:
    group = {"objectType": "Group", "member": [ANN, BOB]}
    assert identity(group) is None
    assert agent_key(group, HOME) == agent_key({**group, "member": [BOB, ANN]}, HOME)
    assert agent_key(group, HOME) != agent_key({**group, "member": [ANN]}, HOME)
