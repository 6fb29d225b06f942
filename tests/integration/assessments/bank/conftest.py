from collections.abc import Callable, Iterator
from typing import Any

import pytest

from modules.models import ModulePage
from tests.integration.modules.pages import make_module
from tests.support.storage import forget_files


@pytest.fixture(autouse=True)
def empty_storage() -> Iterator[None]:
    yield
    forget_files()


@pytest.fixture
def module(django_capture_on_commit_callbacks: Callable[..., Any]) -> ModulePage:
    """With its editions built, as after a commit."""
    with django_capture_on_commit_callbacks(execute=True):
        return make_module()
