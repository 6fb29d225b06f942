"""One name for one agent, however a statement identifies it (xAPI 1.0.3, part two, 2.4.2.3)."""

import uuid
from typing import Any

NAMESPACE = uuid.UUID("0f7a4c52-5a35-4d1d-9b3a-2f6a8b6f6d0e")


def identity(agent: dict[str, Any]) -> str | None:
    """The inverse functional identifier as one text; None for a group without one."""
    for name in ("mbox", "mbox_sha1sum", "openid"):
        if name in agent:
            return f"{name} {agent[name]}"
    account = agent.get("account")
    return f"account {account['homePage']} {account['name']}" if account else None


def agent_key(agent: dict[str, Any], home_page: str) -> uuid.UUID:
    """A person of this platform (an account on `home_page`) by id; anybody else by a UUID of the identifier.

    A group without an identifier is its members, and one with a person's account is not the person.
    Raises UnicodeEncodeError for half of a surrogate pair.
    """
    account = agent.get("account")
    if account and account["homePage"] == home_page and agent.get("objectType") != "Group":
        person = _uuid(account["name"])
        if person:
            return person
    named = identity(agent)
    if named is None:
        members = sorted(identity(member) or "" for member in agent.get("member", []))
        named = "\n".join(["group", *members])
    elif agent.get("objectType") == "Group":
        named = f"group {named}"
    return uuid.uuid5(NAMESPACE, named)


def _uuid(name: str) -> uuid.UUID | None:
    """Only as this platform writes it: in another spelling the account is another one."""
    try:
        found = uuid.UUID(name)
    except ValueError:
        return None
    return found if str(found) == name else None
