"""How much is stored is said at once, however much it is."""

import pytest
from pytest_django import DjangoAssertNumQueries

from assessments.statements import services, size
from assessments.statements.size import Size
from tests.integration.assessments.conftest import Tablet

pytestmark = pytest.mark.django_db


def stored(tablet: Tablet, count: int) -> None:
    """In one batch: each time that it comes again takes numbers of the log."""
    made = [tablet.says() for _number in range(count)]
    for _time in range(3):
        services.store(client=tablet.client, statements=made)


def test_a_few_are_counted_one_by_one(tablet: Tablet) -> None:
    assert size.size() == Size(0, exact=True)
    stored(tablet, 12)
    assert size.size() == Size(12, exact=True)


def test_many_are_estimated_in_thousands(
    tablet: Tablet,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr(size, "COUNTED", 1000)
    for _batch in range(4):
        stored(tablet, 450)
    with django_assert_num_queries(3):
        assert size.size() == Size(2000, exact=False)
