"""Who vouches for a statement (xAPI 1.0.3, part two, 2.4.9).

Only servers say so: a client's own word for it is not taken, but from a server that passes on its log.
"""

from typing import Any

# The name under which every server vouches for what it writes itself; no tablet and no credential
# can have it, for theirs are UUIDs.
SERVER = "server"


def by_server(payload: dict[str, Any]) -> bool:
    """Whether a server has written it of its own."""
    return bool(payload.get("authority", {}).get("account", {}).get("name") == SERVER)
