"""What the training pages share."""

import functools
import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.vary import vary_on_cookie

from elearning.errors import ServiceError
from elearning.users.models import User


class SignedInRequest(HttpRequest):
    """A request behind `page`: somebody is signed in."""

    user: User


View = Callable[..., HttpResponse]


def page(*methods: str) -> Callable[[View], View]:
    """For the signed in, with these methods, never kept by a shared tablet's browser."""

    def decorate(view: View) -> View:
        @never_cache
        @vary_on_cookie
        @login_required
        @functools.wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            return view(request, *args, **kwargs)

        return wrapped

    return decorate


def posted_date(request: HttpRequest, name: str) -> date | None:
    """The date of a field, None where it is blank; raises ServiceError `bad-date`."""
    text = request.POST.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ServiceError(
            "bad-date", _("This is not a date. Write it as year-month-day, as in 2026-12-31.")
        ) from error


def posted_uuid(request: HttpRequest, name: str) -> uuid.UUID | None:
    """The UUID of a field, None where it is none."""
    try:
        return uuid.UUID(request.POST.get(name, ""))
    except ValueError:
        return None
