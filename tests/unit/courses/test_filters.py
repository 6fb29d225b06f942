"""Filters that stay in the URL."""

import uuid

import pytest
from django.http import Http404, QueryDict

from courses.filters import Filters


def test_what_is_chosen_survives_the_way_through_the_url() -> None:
    filters = Filters(cohort=uuid.uuid4(), module=uuid.uuid4(), state="in-progress", late=True)
    assert Filters.read(QueryDict(filters.query)) == filters


def test_nothing_chosen_leaves_no_query() -> None:
    assert Filters.read(QueryDict("cohort=&module=&state=")).query == ""


@pytest.mark.parametrize("query", ["cohort=1", "module=x", "state=lost"])
def test_a_value_that_no_link_makes_is_not_found(query: str) -> None:
    with pytest.raises(Http404):
        Filters.read(QueryDict(query))
