from collections.abc import Iterator

import pytest

from tests.support.storage import forget_files


@pytest.fixture(autouse=True)
def empty_storage() -> Iterator[None]:
    yield
    forget_files()
