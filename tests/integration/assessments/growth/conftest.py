"""A clock that can be set, and tablets that write by it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone

from assessments.models import Statement


class Clock:
    """What the server takes the time to be."""

    def __init__(self) -> None:
        self.now = datetime(2026, 9, 20, 12, tzinfo=UTC)

    def set(self, text: str) -> None:
        self.now = datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


def columns(rows: Any) -> list[dict[str, Any]]:
    """Every column of the rows, the digest as bytes whatever the database gives."""
    names = [field.attname for field in Statement._meta.concrete_fields]
    found = [{name: getattr(row, name) for name in names} for row in rows]
    return [row | {"digest": bytes(row["digest"])} for row in found]
