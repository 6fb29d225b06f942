"""What an officer's tablets last reported."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from elearning.users.models import Contact


@dataclass(frozen=True)
class Tablets:
    """All tablets of one officer, the one heard of last first."""

    contacts: list[Contact] = field(default_factory=list)

    @property
    def last(self) -> datetime | None:
        return self.contacts[0].last if self.contacts else None

    @property
    def waiting(self) -> int:
        return sum(contact.waiting for contact in self.contacts)

    @property
    def waiting_since(self) -> datetime | None:
        """The oldest of the reports that `waiting` adds up: the sum is no newer than this."""
        return min((contact.last for contact in self.contacts if contact.waiting), default=None)

    @property
    def aside(self) -> int:
        return sum(len(contact.aside) for contact in self.contacts)

    @property
    def wrong_clock(self) -> bool:
        return any(contact.clock_is_wrong for contact in self.contacts)

    @property
    def lost(self) -> int:
        return sum(contact.lost for contact in self.contacts)


def tablets_of(officers: Iterable[uuid.UUID]) -> dict[uuid.UUID, Tablets]:
    """Of each officer, also of one whose tablets have not been heard of; one query."""
    wanted = list(officers)
    found = defaultdict(list)
    for contact in Contact.objects.filter(user__in=wanted).order_by("-last", "device"):
        found[contact.user_id].append(contact)
    return {officer: Tablets(found.get(officer, [])) for officer in wanted}
