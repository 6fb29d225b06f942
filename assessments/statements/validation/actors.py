"""Agents and groups (xAPI 1.0.3, part two, 2.4.2 and 2.4.9; 2.0, 4.2.2)."""

import re
from typing import Any

from assessments.statements.validation.errors import Invalid, gettext_noop
from assessments.statements.validation.formats import iri
from assessments.statements.validation.values import each, fields, one_of, string

MBOX = re.compile(r"mailto:[^\s@]+@[^\s@]+")
SHA1 = re.compile(r"[0-9a-fA-F]{40}")


def mbox(value: Any) -> None:
    if type(value) is not str or not MBOX.fullmatch(value):
        raise Invalid("not-a-mailbox", gettext_noop("This must be a mailto: address."))


def sha1(value: Any) -> None:
    if type(value) is not str or not SHA1.fullmatch(value):
        raise Invalid(
            "not-a-sha1", gettext_noop("This must be a SHA-1 sum of 40 hexadecimal digits.")
        )


ACCOUNT = {"homePage": iri, "name": string}


def account(value: Any) -> None:
    fields(value, ACCOUNT, required=("homePage", "name"))


IDENTIFIERS = {"mbox": mbox, "mbox_sha1sum": sha1, "openid": iri, "account": account}
AGENT = {"objectType": one_of({"Agent"}), "name": string, **IDENTIFIERS}
# Where a group could stand too, the error has to name both.
AGENT_NOT_GROUP = {**AGENT, "objectType": one_of({"Agent", "Group"})}


def agent(value: Any) -> None:
    """One person or system, with exactly one identifier."""
    fields(value, AGENT)
    _one_identifier(value)


GROUP = {
    "objectType": one_of({"Group"}),
    "name": string,
    "member": each(agent),
    **IDENTIFIERS,
}


def group(value: Any) -> None:
    """With one identifier, or without any and then with members."""
    fields(value, GROUP, required=("objectType",))
    found = _identifiers(value)
    if found > 1 or (found == 0 and not value.get("member")):
        raise Invalid("bad-group", gettext_noop("A group needs one identifier, or members."))


def agent_or_group(value: Any) -> None:
    """An actor or instructor; without objectType it is an agent."""
    if type(value) is dict and value.get("objectType") == "Group":
        group(value)
    else:
        fields(value, AGENT_NOT_GROUP)
        _one_identifier(value)


def authority(value: Any) -> None:
    """An agent; or an OAuth application, known by its account, together with its user (2.4.9)."""
    agent_or_group(value)
    if value.get("objectType") != "Group":
        return
    members = value.get("member", ())
    if (
        _identifiers(value)
        or len(members) != 2
        or not any("account" in member for member in members)
    ):
        raise Invalid(
            "bad-authority",
            gettext_noop(
                "A group as authority needs exactly two members, one of them with an account, "
                "and no identifier."
            ),
        )


def _one_identifier(value: dict[str, Any]) -> None:
    if _identifiers(value) != 1:
        raise Invalid(
            "one-identifier",
            gettext_noop("An agent needs exactly one of account, mbox, mbox_sha1sum and openid."),
        )


def _identifiers(value: dict[str, Any]) -> int:
    return sum(name in value for name in IDENTIFIERS)
