import pytest


@pytest.fixture(params=["1.0.3", "2.0.0"])
def version(request: pytest.FixtureRequest) -> str:
    """What is the same in both versions of the standard is tested in both."""
    return str(request.param)
