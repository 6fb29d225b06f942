"""The three shelves of documents, each with the parameters that it needs."""

import pytest

from tests.integration.assessments.documents.shelves import (
    ACTIVITY_PROFILE,
    AGENT_PROFILE,
    STATE,
    Shelf,
    shelf,
)
from tests.integration.assessments.systems import System


@pytest.fixture
def states(system: System) -> Shelf:
    return shelf(STATE, system.headers["Authorization"])


@pytest.fixture(params=[STATE, AGENT_PROFILE, ACTIVITY_PROFILE])
def any_shelf(request: pytest.FixtureRequest, system: System) -> Shelf:
    return shelf(request.param, system.headers["Authorization"])


@pytest.fixture(params=[AGENT_PROFILE, ACTIVITY_PROFILE])
def profiles(request: pytest.FixtureRequest, system: System) -> Shelf:
    return shelf(request.param, system.headers["Authorization"])
