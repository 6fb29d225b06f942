"""What the store knows of an agent: what the statements that mention it call it."""

import json
from typing import Any

from assessments.rules import formats, mentions
from assessments.rules.keys import identity
from assessments.statements import queries

# So many of the newest statements are asked.
LOOK = 20


def person(agent: dict[str, Any]) -> dict[str, Any]:
    """A Person of all that is known of the agent, which has an identifier (xAPI 1.0.3, part three, 2.4).

    An agent has one identifier and no statement says that two are the same person, so this is the
    identifier asked for, and the names: the newest first, the one in the request last.
    """
    identifiers = {name: [agent[name]] for name in formats.IDENTIFIERS if name in agent}
    names = _names(identity(agent) or "")
    if "name" in agent:
        names.append(agent["name"])
    known = {"name": list(dict.fromkeys(names))} if names else {}
    return identifiers | known | {"objectType": "Person"}


def _names(wanted: str) -> list[str]:
    rows = queries.newest(mentions.key(mentions.RELATED_AGENT, wanted), LOOK)
    return [
        agent["name"]
        for row in rows
        for agent in mentions.agents(json.loads(row.payload))
        if "name" in agent and identity(agent) == wanted
    ]
