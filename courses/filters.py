"""What a table is narrowed to, as it stands in the URL."""

import uuid
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, QueryDict

from assessments.models import State


@dataclass(frozen=True)
class Filters:
    """None and blank narrow nothing; `late` keeps those who are behind."""

    cohort: uuid.UUID | None = None
    module: uuid.UUID | None = None
    state: str = ""
    late: bool = False

    @classmethod
    def read(cls, query: QueryDict) -> "Filters":
        """Raises Http404 for values that no link or form of ours makes."""
        state = query.get("state", "")
        if state and state not in State.values:
            raise Http404
        return cls(
            cohort=_uuid(query.get("cohort", "")),
            module=_uuid(query.get("module", "")),
            state=state,
            late=query.get("late") == "1",
        )

    def but(self, **changes: Any) -> "Filters":
        return replace(self, **changes)

    def as_dict(self) -> dict[str, str]:
        """Only what narrows: for the URL and for the log of exports."""
        values = {
            "cohort": str(self.cohort or ""),
            "module": str(self.module or ""),
            "state": self.state,
            "late": "1" if self.late else "",
        }
        return {name: value for name, value in values.items() if value}

    @property
    def query(self) -> str:
        return urlencode(self.as_dict())


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text) if text else None
    except ValueError as error:
        raise Http404 from error
