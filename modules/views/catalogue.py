from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from modules import selectors


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """What is taught here, for everybody."""
    return render(request, "modules/catalogue.html", {"modules": selectors.catalogue()})
