"""What was asked of the database."""

import re
from collections.abc import Iterable
from typing import Any


def longest_list(asked: Iterable[dict[str, Any]]) -> int:
    """How many values the longest `IN (…)` of the queries has."""
    lists = (found for each in asked for found in re.findall(r" IN \(([^()]*)\)", each["sql"]))
    return max((each.count(",") + 1 for each in lists), default=0)
