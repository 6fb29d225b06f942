"""What a statement says something of: what it can be found by (xAPI 1.0.3, part three, 2.1.3)."""

import functools
import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from assessments.rules.keys import identity

AGENT = "agent"
RELATED_AGENT = "related agent"
ACTIVITY = "activity"
RELATED_ACTIVITY = "related activity"
VERB = "verb"
REGISTRATION = "registration"
AGENTS = ("Agent", "Group")


@functools.lru_cache(maxsize=10_000)
def key(role: str, value: str) -> int:
    """64 bits of a SHA-256, signed: that two of a million values share one has a chance of 1 in 30 million."""
    digest = hashlib.sha256(f"{role}\n{value}".encode(errors="surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


def keys(statement: dict[str, Any]) -> set[int]:
    """The keys of all that the statement mentions itself, not by reference."""
    return {key(role, value) for role, value in mentions(statement)}


def mentions(statement: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(role, value) pairs; one may come twice. What is direct is related as well."""
    yield VERB, statement["verb"]["id"]
    registration = statement.get("context", {}).get("registration")
    if registration:
        yield REGISTRATION, registration.lower()
    for agent in _named(_direct_agents(statement)):
        yield AGENT, agent
    if _type(statement["object"]) == "Activity":
        yield ACTIVITY, statement["object"]["id"]
    for activity in activities(statement):
        yield RELATED_ACTIVITY, activity["id"]
    for agent in _named(agents(statement)):
        yield RELATED_AGENT, agent


def agents(statement: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every agent and group in it, and the members of groups."""
    thing = statement["object"]
    yield from _direct_agents(statement)
    yield from _agents(statement.get("authority"))
    yield from _context_agents(statement.get("context", {}))
    if _type(thing) == "SubStatement":
        yield from agents(thing)


def activities(statement: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every activity in it, as object and in contexts."""
    thing = statement["object"]
    if _type(thing) == "Activity":
        yield thing
    yield from _context_activities(statement.get("context", {}))
    if _type(thing) == "SubStatement":
        yield from activities(thing)


def _type(thing: dict[str, Any]) -> str:
    return str(thing.get("objectType", "Activity"))


def _direct_agents(statement: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from _agents(statement["actor"])
    if _type(statement["object"]) in AGENTS:
        yield from _agents(statement["object"])


def _agents(agent: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
    """An agent, or a group with its members."""
    if agent:
        yield agent
        for member in agent.get("member", []):
            yield from _agents(member)


def _named(agents: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Without the groups that have no identifier."""
    return filter(None, map(identity, agents))


def _context_activities(context: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for activities in context.get("contextActivities", {}).values():
        yield from [activities] if isinstance(activities, dict) else activities


def _context_agents(context: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from _agents(context.get("instructor"))
    yield from _agents(context.get("team"))
    for entry in context.get("contextAgents", []):
        yield from _agents(entry.get("agent"))
    for entry in context.get("contextGroups", []):
        yield from _agents(entry.get("group"))
