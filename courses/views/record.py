"""The state of the learning record."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from assessments.forwarding import selectors as forwarding
from assessments.models import SetAside
from assessments.statements.size import size
from courses.access import require
from courses.selectors import record as selectors
from courses.views.pages import SignedInRequest, page
from elearning.users.roles import Role, has_role

PER_PAGE = 100


@page("GET", "HEAD")
def record(request: SignedInRequest) -> HttpResponse:
    """What is stored, how far its readers are, what was set aside, and which clocks are wrong."""
    require(request.user, Role.COORDINATOR)
    aside = Paginator(selectors.set_aside(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "stored": size(),
        "forwarding": forwarding.state(),
        "readers": selectors.readers(),
        "clocks": selectors.tablets_with_a_wrong_clock(),
        "aside": aside,
        "aside_rows": selectors.described(aside),
        "may_open": has_role(request.user, Role.ADMINISTRATOR),
    }
    return render(request, "training/record.html", context)


@page("GET", "HEAD")
def set_aside(request: SignedInRequest, aside_id: int) -> HttpResponse:
    """What one statement that was set aside says, of whom it says it, and why it was refused."""
    require(request.user, Role.ADMINISTRATOR)
    (found,) = selectors.described([get_object_or_404(SetAside, pk=aside_id)])
    return render(request, "training/set_aside.html", {"aside": found})
