"""What a table is narrowed to, as it stands in the URL."""

import uuid
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.models import State

# What a number of the tables counts, and so what the list of attempts is narrowed to.
SHOWN: dict[str, Promise] = {
    "": _("All attempts"),
    "handed-in": _("Handed in"),
    "to-mark": _("Waits for marking"),
    "marked": pgettext_lazy("of attempts", "Marked"),
    "passed": pgettext_lazy("of attempts", "Passed"),
    "flagged": _("Flagged"),
}


@dataclass(frozen=True)
class Filters:
    """None and blank narrow nothing; `late` keeps those who are behind, `show` some attempts of `test`."""

    cohort: uuid.UUID | None = None
    module: uuid.UUID | None = None
    state: str = ""
    late: bool = False
    test: uuid.UUID | None = None
    show: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "Filters":
        """Raises Http404 for values that no link or form of ours makes."""
        state, show = query.get("state", ""), query.get("show", "")
        if (state and state not in State.values) or show not in SHOWN:
            raise Http404
        return cls(
            cohort=_uuid(query.get("cohort", "")),
            module=_uuid(query.get("module", "")),
            state=state,
            late=query.get("late") == "1",
            test=_uuid(query.get("test", "")),
            show=show,
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
            "test": str(self.test or ""),
            "show": self.show,
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
