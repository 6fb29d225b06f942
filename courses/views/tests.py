"""The tests of a cohort or of all cohorts, one test, and one attempt."""

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from assessments.results.sittings import MOST
from courses.filters import SHOWN, Filters
from courses.selectors.attempt import attempt_page
from courses.selectors.one_test import TestPage, cohort_test, one_test
from courses.selectors.overview import assigned_choices, cohort_choices
from courses.selectors.tests import cohort_tests, tests_overview
from courses.views.overview import PER_PAGE
from courses.views.pages import SignedInRequest, page
from elearning.users.roles import Role, has_role


@page("GET", "HEAD")
def of_cohort(request: SignedInRequest, cohort_id: uuid.UUID) -> HttpResponse:
    found = cohort_tests(request.user, cohort_id)
    context = {"page": found, "cohort": found.cohort, "filters": Filters(cohort=cohort_id)}
    return render(request, "training/tests.html", context | _tables(request))


@page("GET", "HEAD")
def in_cohort(request: SignedInRequest, cohort_id: uuid.UUID, test_id: uuid.UUID) -> HttpResponse:
    filters = Filters.read(request.GET).but(cohort=cohort_id)
    found = cohort_test(request.user, cohort_id, test_id, filters.show)
    return _test(request, found, filters)


@page("GET", "HEAD")
def everywhere(request: SignedInRequest) -> HttpResponse:
    """The tests of all cohorts, narrowed by cohort and module."""
    asked = Filters.read(request.GET)
    filters = Filters(cohort=asked.cohort, module=asked.module)
    context = {
        "page": tests_overview(request.user, filters),
        "filters": filters,
        "cohort_choices": cohort_choices(request.user),
        "module_choices": assigned_choices(request.user),
    }
    return render(request, "training/all_tests.html", context | _tables(request))


@page("GET", "HEAD")
def one_everywhere(request: SignedInRequest, test_id: uuid.UUID) -> HttpResponse:
    """Item analysis of a test over all cohorts, or over one by the filter."""
    filters = Filters.read(request.GET)
    return _test(request, one_test(request.user, test_id, filters.show, filters.cohort), filters)


@page("GET", "HEAD")
def attempt(request: SignedInRequest, cohort_id: uuid.UUID, attempt_id: uuid.UUID) -> HttpResponse:
    found = attempt_page(request.user, cohort_id, attempt_id)
    return render(request, "training/attempt.html", {"page": found, "cohort": found.row.cohort})


def _test(request: SignedInRequest, found: TestPage, filters: Filters) -> HttpResponse:
    context = {
        "page": found,
        "rows": Paginator(found.attempts, PER_PAGE).get_page(request.GET.get("page")),
        "cohort": found.cohort,
        # A pre-test or post-test is passed by nobody.
        "shown": [each for each in SHOWN.items() if each[0] != "passed" or not found.paired],
        "filters": Filters(cohort=filters.cohort, test=found.part.id, show=filters.show),
        "files": _files(
            request, items=_("Questions"), choices=_("Answers chosen"), attempts=_("Attempts")
        ),
    }
    return render(request, "training/test.html", context)


def _tables(request: SignedInRequest) -> dict[str, Any]:
    return {"most": MOST, "files": _files(request, tests=_("Tests"), gain=_("What was learned"))}


def _files(request: SignedInRequest, **labels: str) -> list[tuple[str, str]]:
    """The tables that go along as files, for those who may take them (courses.exports)."""
    return list(labels.items()) if has_role(request.user, Role.COORDINATOR) else []
