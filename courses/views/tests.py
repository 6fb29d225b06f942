"""The tests of a cohort or of all cohorts, one test, and one attempt."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render

from courses.filters import Filters
from courses.selectors.attempt import attempt_page
from courses.selectors.one_test import SHOWN, TestPage, cohort_test, one_test
from courses.selectors.overview import assigned_choices, cohort_choices
from courses.selectors.tests import cohort_tests, tests_overview
from courses.views.pages import SignedInRequest, page


@page("GET", "HEAD")
def of_cohort(request: SignedInRequest, cohort_id: uuid.UUID) -> HttpResponse:
    found = cohort_tests(request.user, cohort_id)
    return render(request, "training/tests.html", {"page": found, "cohort": found.cohort})


@page("GET", "HEAD")
def in_cohort(request: SignedInRequest, cohort_id: uuid.UUID, test_id: uuid.UUID) -> HttpResponse:
    found = cohort_test(request.user, cohort_id, test_id, request.GET.get("show", ""))
    return _test(request, found)


@page("GET", "HEAD")
def everywhere(request: SignedInRequest) -> HttpResponse:
    """The tests of all cohorts, narrowed by cohort and module."""
    filters = Filters.read(request.GET).but(state="", late=False)
    context = {
        "page": tests_overview(request.user, filters),
        "filters": filters,
        "cohort_choices": cohort_choices(request.user),
        "module_choices": assigned_choices(request.user),
    }
    return render(request, "training/all_tests.html", context)


@page("GET", "HEAD")
def one_everywhere(request: SignedInRequest, test_id: uuid.UUID) -> HttpResponse:
    """Item analysis of a test over all cohorts, or over one by the filter."""
    filters = Filters.read(request.GET).but(state="", late=False)
    show = request.GET.get("show", "")
    return _test(request, one_test(request.user, test_id, show, filters.cohort))


@page("GET", "HEAD")
def attempt(request: SignedInRequest, cohort_id: uuid.UUID, attempt_id: uuid.UUID) -> HttpResponse:
    found = attempt_page(request.user, cohort_id, attempt_id)
    return render(request, "training/attempt.html", {"page": found, "cohort": found.row.cohort})


def _test(request: SignedInRequest, found: TestPage) -> HttpResponse:
    context = {"page": found, "cohort": found.cohort, "shown": SHOWN.items()}
    return render(request, "training/test.html", context)
