"""Signing in, on the web and on a tablet."""

import uuid
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from elearning.api import api, json_body
from elearning.errors import ServiceError
from elearning.users import device_keys, services, tokens
from elearning.users.roles import STAFF, Role, has_role


class SignInView(auth_views.LoginView):
    template_name = "sign_in.html"
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Who only learns gets no session: the site has no page for them, and the tablet's next
        user would find it open, with their name on it."""
        if has_role(form.get_user(), *STAFF):
            return super().form_valid(form)
        return render(self.request, "sign_in_officer.html")


def wagtail_sign_in(request: HttpRequest) -> HttpResponse:
    """In place of Wagtail's own forms, which would give an officer a session.

    Wagtail sends those here too who are signed in and may not edit: to sign in again would lead them
    back to where they were refused.
    """
    if request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    return redirect_to_login(request.GET.get("next", ""))


@login_required
def after_sign_in(request: HttpRequest) -> HttpResponse:
    """Each role's own first page."""
    user = request.user
    if has_role(user, Role.TRAINER, Role.COORDINATOR):
        return redirect("/training/")
    if has_role(user, Role.AUTHOR):
        return redirect("/cms/")
    if has_role(user, Role.TRANSLATOR):
        messages.info(
            request,
            _(
                "There is no page for translators here yet. Until there is one, texts are translated"
                " in the catalogues that your administrator sends you."
            ),
        )
        return redirect("catalogue")
    return redirect("/learn/")


def _uuid(value: object) -> uuid.UUID:
    try:
        return uuid.UUID(str(value))
    except ValueError as error:
        raise ServiceError("bad-device", _("The tablet's id is not a UUID.")) from error


def _typed(value: object, *, longest: int) -> str:
    """What a person may have typed; nobody has a name or password with NUL or half a character in it."""
    if not isinstance(value, str) or len(value) > longest or value != _clean(value):
        raise services.WrongCredentials
    return value


def _clean(value: object) -> str:
    """Text that both databases take: PostgreSQL refuses NUL, and nothing stores a lone surrogate."""
    return str(value).replace("\0", "").encode(errors="replace").decode()


@api("POST")
def tablet_sign_in(request: HttpRequest) -> HttpResponse:
    body = json_body(request)
    signed_in = services.sign_in_on_tablet(
        request=request,
        username=_typed(body.get("username"), longest=255),
        password=_typed(body.get("password"), longest=4096),
        device=_uuid(body.get("device")),
    )
    return JsonResponse(
        {
            "now": timezone.now().isoformat(),
            "learner": learner_json(signed_in.user),
            "session": signed_in.session_token,
            "grant": signed_in.write_token,
        }
    )


def learner_json(user: services.User) -> dict[str, str]:
    return {
        "id": str(user.id),
        "name": user.name,
        "username": user.username,
        "language": user.language,
    }


@api("POST")
def contact(request: HttpRequest) -> HttpResponse:
    grant = tokens.write_grant(request)
    body = json_body(request)
    services.record_contact(
        user_id=grant.user_id,
        device=grant.device,
        waiting=_count(body.get("waiting")),
        aside=_aside(body.get("aside")),
        lost=_lost(body.get("lost")),
        clock=_clock(body.get("clock")),
        key=device_keys.spki(body.get("key")),
    )
    return JsonResponse({"now": timezone.now().isoformat()})


def _aside(value: object) -> list[dict[str, str]]:
    entries = value[:100] if isinstance(value, list) else []
    return [
        {"id": _clean(entry.get("id", ""))[:64], "reason": _clean(entry.get("reason", ""))[:500]}
        for entry in entries
        if isinstance(entry, dict)
    ]


def _lost(value: object) -> dict[str, int] | int:
    if not isinstance(value, dict):
        return _count(value)
    return {_clean(eviction)[:64]: _count(count) for eviction, count in value.items()}


def _clock(value: object) -> datetime | None:
    try:
        clock = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return clock if clock and clock.tzinfo else None


def _count(value: object) -> int:
    return min(value, 1_000_000) if isinstance(value, int) and value >= 0 else 0


@api("POST")
def preferred_language(request: HttpRequest) -> HttpResponse:
    grant = tokens.session_grant(request)
    code = str(json_body(request).get("language", ""))
    if code not in dict(settings.LANGUAGES):
        raise ServiceError("unknown-language", _("This language is not offered here."))
    grant.user.language = code
    grant.user.save(update_fields=["language"])
    return HttpResponse(status=204)
