"""The credentials of other systems: an administrator makes and revokes them."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from assessments.credentials import LABEL_LENGTH, AlreadyMade, make_credential, revoke_credential
from assessments.models import Credential, Scope
from courses.access import require
from courses.selectors.credentials import CredentialRow
from courses.selectors.credentials import credentials as all_credentials
from courses.views.pages import SignedInRequest, page
from elearning.errors import ServiceError
from elearning.users.roles import Role


@page("GET", "HEAD", "POST")
def credentials(request: SignedInRequest) -> HttpResponse:
    """The list, and making one: the answer to that form is the only page with the secret.

    The form brings the name of the credential, so that reloading that answer makes no second one.
    """
    require(request.user, Role.ADMINISTRATOR)
    if request.method != "POST":
        return _list(request)
    label, scopes = request.POST.get("label", ""), request.POST.getlist("scope")
    name = _name(request.POST.get("name", ""))
    try:
        made = make_credential(label=label, scopes=scopes, by=request.user, name=name)
    except AlreadyMade:
        return redirect("training-credentials")
    except ServiceError as error:
        return _list(request, label=label, chosen=scopes, error=error)
    endpoint = request.build_absolute_uri("/xapi/")
    context = {"made": made, "row": CredentialRow(made.credential), "endpoint": endpoint}
    return render(request, "training/credential_made.html", context)


def _name(text: str) -> uuid.UUID:
    """A new one when it is none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()


def _list(
    request: SignedInRequest,
    *,
    label: str = "",
    chosen: list[str] | None = None,
    error: ServiceError | None = None,
) -> HttpResponse:
    context = {
        "rows": all_credentials(),
        "scopes": Scope.choices,
        "name": uuid.uuid4(),
        "label": label,
        "label_length": LABEL_LENGTH,
        "chosen": chosen or [],
        "error": error,
    }
    status = error.status if error else 200
    return render(request, "training/credentials.html", context, status=status)


@page("GET", "HEAD", "POST")
def revoke(request: SignedInRequest, credential_id: uuid.UUID) -> HttpResponse:
    """Asks once more, and then it is final."""
    require(request.user, Role.ADMINISTRATOR)
    found = get_object_or_404(Credential, pk=credential_id)
    if request.method != "POST" and found.revoked is None:
        return render(request, "training/credential_revoke.html", {"row": CredentialRow(found)})
    if request.method == "POST" and revoke_credential(credential=found.pk):
        messages.success(request, _("The credential is revoked. It opens nothing any more."))
    return redirect("training-credentials")
