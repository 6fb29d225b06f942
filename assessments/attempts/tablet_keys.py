"""The keys with which tablets seal go up with the log, so that every server further on can check the seals.

A tablet tells its key to one server. That server says in the log which key it is, once it has read
something that the key has sealed; a server that reads it there keeps the key as if the tablet had told it.
Without a time, the statement is the same from whichever servers the tablet has told.
"""

import json
import logging
import uuid
from collections.abc import Iterable
from typing import Any

from assessments.attempts import writing
from assessments.attempts.said import EXTENSION, URN
from assessments.attempts.unreadable import UNREADABLE
from assessments.attempts.writing import ADL, SOURCE, Draft
from assessments.models import Statement
from assessments.rules.authority import by_server
from elearning.users import device_keys
from elearning.users.models import DeviceKey

VERB = "registered"
KEY = f"{EXTENSION}key"
logger = logging.getLogger("elearning.attempts")


def tell(keys: Iterable[DeviceKey]) -> None:
    """Those that the log does not name yet; as writing.write."""
    writing.write([_draft(key) for key in keys])


def _draft(key: DeviceKey) -> Draft:
    statement = {
        "actor": writing.any_server(),
        "verb": {"id": f"{ADL}verbs/{VERB}", "display": {"en": VERB}},
        "object": {"objectType": "Activity", "id": f"{URN}{key.device}"},
        "context": {"extensions": {KEY: {"public": key.public}}},
    }
    return Draft(key.device, f"key {key.public}", statement)


def hear(rows: Iterable[Statement]) -> None:
    """Keep those that other servers name."""
    for row in rows:
        if row.verb == VERB and row.source != SOURCE:
            try:
                _keep(json.loads(row.payload))
            except UNREADABLE as error:
                logger.warning("Statement %d names no key: %s", row.seq, type(error).__name__)


def _keep(payload: dict[str, Any]) -> None:
    if not by_server(payload) or KEY not in payload.get("context", {}).get("extensions", {}):
        return
    public = device_keys.spki(payload["context"]["extensions"][KEY]["public"])
    device = uuid.UUID(payload["object"]["id"].removeprefix(URN))
    if public:
        device_keys.keep(device=device, public=public)
