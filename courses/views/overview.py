"""The coordinator's table, the officers behind its numbers, and the files of both."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from assessments.forwarding import selectors as forwarding
from assessments.models import State
from courses import exports
from courses.filters import Filters
from courses.selectors import overview as selectors
from courses.views.pages import SignedInRequest, page
from elearning.users.roles import Role, has_role

PER_PAGE = 200


def overview_page(request: SignedInRequest) -> HttpResponse:
    filters = Filters.read(request.GET).but(state="", late=False)
    found = selectors.overview(request.user, filters)
    context = {
        "overview": found,
        "headings": exports.cohort_headings(),
        "forwarding": forwarding.state(),
    }
    return render(request, "training/overview.html", context | _chosen(request, filters))


@page("GET", "HEAD")
def officers(request: SignedInRequest) -> HttpResponse:
    """Officers in modules, narrowed by cohort, module, state or being late."""
    filters = Filters.read(request.GET)
    rows = selectors.officers_table(request.user, filters)
    context = {
        "rows": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "headings": exports.officer_headings(),
        "states": State.choices,
        "may_export": has_role(request.user, Role.COORDINATOR),
    }
    return render(request, "training/officers.html", context | _chosen(request, filters))


@page("GET")
def export(request: SignedInRequest, table: str, kind: str) -> HttpResponse:
    filters = Filters.read(request.GET)
    made = exports.export(by=request.user, table=table, kind=kind, filters=filters)
    disposition = f'attachment; filename="{made.name}"'
    return HttpResponse(
        made.content, content_type=made.mime, headers={"Content-Disposition": disposition}
    )


def _chosen(request: SignedInRequest, filters: Filters) -> dict[str, Any]:
    """The filters in force and what else could be chosen."""
    return {
        "filters": filters,
        "cohort_choices": selectors.cohort_choices(request.user),
        "module_choices": selectors.assigned_choices(request.user),
    }
