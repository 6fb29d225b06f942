"""Months of the log, in UTC, by the time at which statements were stored."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import Statement
from elearning.errors import ServiceError

# Another server of the same database may have a clock that is behind.
GRACE = timedelta(hours=1)


@dataclass(frozen=True, order=True)
class Month:
    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Of "2026-10"; raises ServiceError."""
        try:
            return cls.of(datetime.strptime(text, "%Y-%m").replace(tzinfo=UTC))
        except ValueError as error:
            raise ServiceError("bad-month", _("Write a month like 2026-10.")) from error

    @classmethod
    def of(cls, moment: datetime) -> "Month":
        return cls(moment.astimezone(UTC).year, moment.astimezone(UTC).month)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    @property
    def start(self) -> datetime:
        return datetime(self.year, self.month, 1, tzinfo=UTC)

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return datetime(self.year + self.month // 12, self.month % 12 + 1, 1, tzinfo=UTC)

    @property
    def over(self) -> bool:
        return timezone.now() >= self.end + GRACE

    def statements(self) -> QuerySet[Statement]:
        return Statement.objects.filter(stored__gte=self.start, stored__lt=self.end)


def closed_months() -> Iterator[Month]:
    """Those that are over and in which something was stored; one look at an index for each."""
    stored = Statement.objects.order_by("stored").values_list("stored", flat=True)
    first = stored.first()
    while first and (month := Month.of(first)).over:
        yield month
        first = stored.filter(stored__gte=month.end).first()
