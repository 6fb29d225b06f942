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

    A group without an identifier is its members.
    """
    account = agent.get("account")
    if account and account["homePage"] == home_page:
        try:
            return uuid.UUID(account["name"])
        except ValueError:
            pass
    named = identity(agent)
    if named is None:
        members = sorted(identity(member) or "" for member in agent.get("member", []))
        named = "\n".join(["group", *members])
    return uuid.uuid5(NAMESPACE, named)
