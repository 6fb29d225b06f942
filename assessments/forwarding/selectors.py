"""How far behind the next server is."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from assessments.forwarding.services import ASIDE, CURSOR
from assessments.models import Cursor, Forwarding, SetAside, Statement
from assessments.readers import lag

# More than these are not counted one by one.
COUNTED = 10_000


@dataclass(frozen=True)
class ForwardingState:
    """`behind` counts the statements that wait; above 10,000 the places of the log, which may have gaps."""

    behind: int
    # When the first of them was stored.
    since: datetime | None
    # When the next server last took some.
    last: datetime | None
    # Why the last try failed; empty when it went well.
    error: str
    # How many it has refused; they are kept aside.
    refused: int

    @property
    def not_allowed(self) -> bool:
        """Waiting does not help: a person must give this server another credential."""
        return self.error in ("unknown-token", "not-allowed", "other-person")


def state() -> ForwardingState | None:
    """None where there is no next server; six queries at most."""
    if not settings.UPSTREAM_URL:
        return None
    behind, since = _waiting()
    row = Forwarding.objects.filter(pk=Forwarding.THE_ROW).first() or Forwarding()
    refused = SetAside.objects.filter(code__startswith=ASIDE).count()
    return ForwardingState(behind, since, row.succeeded, row.error, refused)


def _waiting() -> tuple[int, datetime | None]:
    places = lag(CURSOR)
    if not places:
        return 0, None
    read = Cursor.objects.filter(reader=CURSOR).values_list("seq", flat=True).first() or 0
    rows = Statement.objects.filter(seq__gt=read).order_by("seq")
    since = rows.values_list("stored", flat=True).first()
    return (rows.count() if places <= COUNTED else places), since
