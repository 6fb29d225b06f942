"""What every unit and integration test starts from."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck, settings

# What is asked while the machine is busy is not wrong.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def _nothing_left_over() -> Iterator[None]:
    """An empty cache, and the language of the source whatever the test before it spoke."""
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """A test with real transactions empties the tables afterwards: on SQLite by DELETE, which is refused.

    The test of the refusal puts the trigger back (tests/integration/assessments/bank/test_versions.py).
    """
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("DROP TRIGGER IF EXISTS keep_item_version_delete")
