"""The state of the learning record: what is stored, who has read it, what was set aside."""

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.attempts.reader import ATTEMPTS
from assessments.forwarding.services import ASIDE
from assessments.forwarding.services import CURSOR as FORWARD
from assessments.index import INDEX
from assessments.models import Credential, Cursor, Partner, SetAside
from assessments.progress import PROGRESS
from assessments.readers import lag
from assessments.statements import log
from elearning.users.clocks import wrong_clocks
from elearning.users.models import Contact, User

# What a reader makes of the log; one that has no words here is called by its name.
READERS: dict[str, Promise] = {
    PROGRESS.name: _("Progress of the officers"),
    ATTEMPTS.name: _("Attempts at tests, and their marks"),
    INDEX.name: _("Index to find statements"),
    FORWARD: _("Passing on to the next server"),
}
# Those that every server has, whether they have begun or not.
EVERYWHERE = (PROGRESS.name, ATTEMPTS.name, INDEX.name)
# Why statements are set aside; a code that has no words here stands for itself.
REASONS: dict[str, Promise] = {
    "conflict": _("Another statement is stored under its id"),
}


@dataclass(frozen=True)
class ReaderState:
    """`behind` counts the places of the log that the reader has still to pass."""

    label: Promise | str
    behind: int
    unreadable: int = 0


@dataclass(frozen=True)
class Aside:
    """A statement set aside. `credential` is what the one that sent it is for, blank for a tablet."""

    row: SetAside
    credential: str = ""

    @property
    def reason(self) -> Promise | str:
        code = self.row.code
        if code.startswith(ASIDE):
            return gettext("The next server refuses it: %(code)s") % {
                "code": code.removeprefix(ASIDE)
            }
        return REASONS.get(code, code)

    @property
    def text(self) -> str:
        """What was sent, one value a line; as it is where it can't be read."""
        try:
            return json.dumps(json.loads(self.row.payload), indent=2, ensure_ascii=False)
        except (ValueError, RecursionError):
            return self.row.payload


@dataclass(frozen=True)
class WrongClock:
    """`officer` used the tablet last; None where the account is gone."""

    contact: Contact
    officer: User | None


def readers() -> list[ReaderState]:
    """Every reader that has begun, and those that every server has; one query each.

    Of a server to which the log is carried by hand, what no receipt of it has confirmed.
    """
    begun = {cursor.reader: cursor.unreadable for cursor in Cursor.objects.all()}
    names = sorted({*EVERYWHERE, *begun})
    states = [ReaderState(READERS.get(name, name), lag(name), begun.get(name, 0)) for name in names]
    newest = log.newest()
    return states + [
        ReaderState(
            gettext("Carried by hand to %(name)s, without a receipt yet") % {"name": partner.name},
            max(0, newest - partner.received),
        )
        for partner in Partner.objects.order_by("name")
    ]


def set_aside() -> QuerySet[SetAside]:
    """The one that came last first."""
    return SetAside.objects.order_by("-last", "-pk")


def described(rows: Iterable[SetAside]) -> list[Aside]:
    """With where each came from; one query."""
    rows = list(rows)
    credentials = Credential.objects.in_bulk({row.source for row in rows})
    return [Aside(row, _label(credentials.get(row.source))) for row in rows]


def _label(credential: Credential | None) -> str:
    return credential.label if credential else ""


def tablets_with_a_wrong_clock() -> list[WrongClock]:
    contacts = wrong_clocks()
    officers: dict[uuid.UUID, User] = User.objects.in_bulk({each.user_id for each in contacts})
    return [WrongClock(each, officers.get(each.user_id)) for each in contacts]
