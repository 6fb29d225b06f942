"""/training/ and the trainer's list of cohorts."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from assessments.forwarding import selectors as forwarding
from courses import services
from courses.selectors.cohorts import own_cohorts
from courses.views.overview import overview_page
from courses.views.pages import SignedInRequest, page
from elearning.errors import ServiceError
from elearning.users.roles import Role, has_role


@page("GET", "HEAD")
def home(request: SignedInRequest) -> HttpResponse:
    """The first page of each role: all cohorts for a coordinator, the own ones for a trainer."""
    if has_role(request.user, Role.COORDINATOR):
        return overview_page(request)
    return _cohorts_page(request)


@page("GET", "HEAD", "POST")
def cohorts(request: SignedInRequest) -> HttpResponse:
    """The trainer's own cohorts, and making one."""
    if request.method != "POST":
        return _cohorts_page(request)
    name = request.POST.get("name", "")
    try:
        cohort = services.create_cohort(by=request.user, name=name)
    except ServiceError as error:
        return _cohorts_page(request, name=name, error=error)
    messages.success(request, _("The cohort is made. Add its officers, then assign a module."))
    return redirect("training-cohort", cohort.pk)


def _cohorts_page(
    request: SignedInRequest, *, name: str = "", error: ServiceError | None = None
) -> HttpResponse:
    context = {
        "cohorts": own_cohorts(request.user),
        "forwarding": forwarding.state(),
        "name": name,
        "error": error,
    }
    return render(request, "training/cohorts.html", context, status=error.status if error else 200)
