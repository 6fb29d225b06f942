"""Marking long answers."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from assessments.marking.services import COMMENT_LENGTH
from assessments.rules.moderation import Waits
from courses import marking
from courses.selectors.marking import FREE, MOST, mark_page
from courses.selectors.marking import queue as waiting
from courses.views.pages import SignedInRequest, page
from elearning.errors import ServiceError


@page("GET", "HEAD")
def queue(request: SignedInRequest) -> HttpResponse:
    context = {"queue": waiting(request.user), "most": MOST, "free": FREE}
    return render(request, "training/marking.html", context)


@page("GET", "HEAD", "POST")
def answer(request: SignedInRequest, attempt_id: uuid.UUID, item_id: uuid.UUID) -> HttpResponse:
    """One answer and the rubric; a mark that cannot be taken leaves what was typed in the form."""
    if request.method != "POST":
        return _page(request, attempt_id, item_id)
    try:
        found = marking.mark(
            by=request.user,
            attempt_id=attempt_id,
            item_id=item_id,
            role=request.POST.get("role", ""),
            levels=_levels(request),
            comment=request.POST.get("comment", ""),
        )
    except ServiceError as error:
        return _page(request, attempt_id, item_id, error)
    messages.success(request, _said(found))
    return redirect("training-marking")


def _page(
    request: SignedInRequest,
    attempt_id: uuid.UUID,
    item_id: uuid.UUID,
    error: ServiceError | None = None,
) -> HttpResponse:
    tried = request.POST.get("role", "") if error else ""
    found = mark_page(request.user, attempt_id, item_id, tried)
    context = {
        "page": found,
        "error": error,
        "missing": error.detail.get("criteria", []) if error else [],
        "chosen": set(_levels(request).values()),
        "comment": request.POST.get("comment", ""),
        "comment_length": COMMENT_LENGTH,
    }
    return render(request, "training/mark.html", context, status=error.status if error else 200)


def _levels(request: SignedInRequest) -> dict[str, str]:
    """{criterion: level} of the radio groups."""
    return {
        name.removeprefix("level-"): value
        for name, value in request.POST.items()
        if name.startswith("level-") and isinstance(value, str)
    }


def _said(found: marking.Long) -> str:
    if found.waits == Waits.MODERATOR:
        return _("The mark is saved. The two marks are far apart: a third person decides.")
    if found.waits == Waits.SECOND:
        return _("The mark is saved. A second marker comes next.")
    return _("The mark is saved. The officer sees it at the next contact.")
