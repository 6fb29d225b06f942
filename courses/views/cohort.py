"""One cohort: its page and what its trainer does there."""

import functools
import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses import services
from courses.models import NAME_LENGTH
from courses.selectors.cohorts import cohort_page, officer_page
from courses.views.pages import SignedInRequest, page, posted_date, posted_uuid
from elearning.errors import ServiceError
from modules.selectors import module_choices


@page("GET", "HEAD")
def cohort(request: SignedInRequest, cohort_id: uuid.UUID) -> HttpResponse:
    return _cohort_page(request, cohort_id)


@page("GET", "HEAD")
def officer(request: SignedInRequest, cohort_id: uuid.UUID, officer_id: uuid.UUID) -> HttpResponse:
    """One officer: each module, each tablet, and every answer that was set aside, with why."""
    found = officer_page(request.user, cohort_id, officer_id)
    return render(request, "training/officer.html", {"page": found, "cohort": found.cohort})


def _cohort_page(
    request: SignedInRequest,
    cohort_id: uuid.UUID,
    *,
    failed: str = "",
    failed_id: uuid.UUID | None = None,
    error: ServiceError | None = None,
) -> HttpResponse:
    """`failed` names the form that `error` is about, `failed_id` the assignment whose form it is;
    what was typed into it is shown again."""
    found = cohort_page(request.user, cohort_id)
    taken = {row.assignment.module for row in found.assignments}
    context = {
        "page": found,
        "cohort": found.cohort,
        "choices": [choice for choice in module_choices() if choice[0] not in taken],
        "today": timezone.localdate().isoformat(),
        "name_length": NAME_LENGTH,
        "failed": failed,
        "failed_id": failed_id,
        "error": error,
        "typed": request.POST if failed else {},
    }
    return render(request, "training/cohort.html", context, status=error.status if error else 200)


Action = Callable[..., str]


def action(form: str) -> Callable[[Action], Callable[..., HttpResponse]]:
    """A form of the cohort's page: does its work, says what was done, shows the page again.

    The function returns the message. A wrong entry shows the page with the error in its form;
    coming back by GET (a reload, signing in again) just shows the page.
    """

    def decorate(act: Action) -> Callable[..., HttpResponse]:
        @page("GET", "HEAD", "POST")
        @functools.wraps(act)
        def view(
            request: SignedInRequest, cohort_id: uuid.UUID, **kwargs: uuid.UUID
        ) -> HttpResponse:
            if request.method == "POST":
                try:
                    messages.success(request, act(request, cohort_id, **kwargs))
                except ServiceError as error:
                    failed_id = kwargs.get("assignment_id")
                    return _cohort_page(
                        request, cohort_id, failed=form, failed_id=failed_id, error=error
                    )
            return redirect("training-cohort", cohort_id)

        return view

    return decorate


@action("rename")
def rename(request: SignedInRequest, cohort_id: uuid.UUID) -> str:
    name = request.POST.get("name", "")
    services.rename_cohort(by=request.user, cohort_id=cohort_id, name=name)
    return _("The cohort has its new name.")


@action("officers")
def add_officers(request: SignedInRequest, cohort_id: uuid.UUID) -> str:
    names = request.POST.get("names", "")
    done = services.add_officers(by=request.user, cohort_id=cohort_id, names=names)
    said = ngettext("%(count)d officer added.", "%(count)d officers added.", done.added)
    parts = [said % {"count": done.added}]
    if done.already:
        said = ngettext(
            "%(count)d was in the cohort already.",
            "%(count)d were in the cohort already.",
            done.already,
        )
        parts.append(said % {"count": done.already})
    return " ".join(parts)


@action("officers")
def remove_officer(request: SignedInRequest, cohort_id: uuid.UUID, officer_id: uuid.UUID) -> str:
    services.remove_officer(by=request.user, cohort_id=cohort_id, officer_id=officer_id)
    return _("The officer is out of the cohort. What was learned is kept.")


@action("assign")
def assign(request: SignedInRequest, cohort_id: uuid.UUID) -> str:
    services.assign_module(
        by=request.user,
        cohort_id=cohort_id,
        module=posted_uuid(request, "module"),
        due=posted_date(request, "due"),
    )
    return _("The module is assigned. Each officer's tablet shows it at its next contact.")


@action("due")
def change_due(request: SignedInRequest, cohort_id: uuid.UUID, assignment_id: uuid.UUID) -> str:
    due = posted_date(request, "due")
    services.change_due(by=request.user, cohort_id=cohort_id, assignment_id=assignment_id, due=due)
    return _("The due date is changed.") if due else _("The module has no due date any more.")


@action("due")
def withdraw(request: SignedInRequest, cohort_id: uuid.UUID, assignment_id: uuid.UUID) -> str:
    services.withdraw_assignment(by=request.user, cohort_id=cohort_id, assignment_id=assignment_id)
    return _("The module is not assigned any more. What was learned is kept.")


@action("trainers")
def add_trainer(request: SignedInRequest, cohort_id: uuid.UUID) -> str:
    username = request.POST.get("username", "")
    added = services.add_trainer(by=request.user, cohort_id=cohort_id, username=username)
    return _("%(name)s now trains this cohort too.") % {"name": added.name}


@page("GET", "HEAD", "POST")
def remove_trainer(
    request: SignedInRequest, cohort_id: uuid.UUID, trainer_id: uuid.UUID
) -> HttpResponse:
    """Leads to the list where somebody took the own name off and may not see the cohort now."""
    if request.method == "POST":
        try:
            services.remove_trainer(by=request.user, cohort_id=cohort_id, trainer_id=trainer_id)
        except ServiceError as error:
            return _cohort_page(request, cohort_id, failed="trainers", error=error)
        messages.success(request, _("The trainer is out of the cohort."))
        if trainer_id == request.user.pk:
            return redirect("training")
    return redirect("training-cohort", cohort_id)
