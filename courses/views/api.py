"""What the learner's app asks of this app."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from courses.selectors.assigned import assignments_json
from elearning.api import api
from elearning.users.tokens import session_grant
from elearning.users.views import learner_json


@api("GET")
def assignments(request: HttpRequest) -> HttpResponse:
    officer = session_grant(request).user
    now = timezone.now().isoformat()
    found = assignments_json(officer, says_its_format="format" in request.GET)
    return JsonResponse({"now": now, "learner": learner_json(officer), **found})
