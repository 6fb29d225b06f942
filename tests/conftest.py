"""What every unit and integration test starts from."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.utils import translation


@pytest.fixture(autouse=True)
def _nothing_left_over() -> Iterator[None]:
    """An empty cache, and the language of the source whatever the test before it spoke."""
    cache.clear()
    with translation.override("en"):
        yield
