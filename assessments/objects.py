"""/xapi/agents and /xapi/activities: what is known of one (xAPI 1.0.3, part three, 2.4 and 2.5; 2.0, 4.1.6.3 and 4.1.6.4)."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse

from assessments.activities import definition
from assessments.models import Scope
from assessments.people import person
from assessments.rules.keys import agent_key
from assessments.statements import asked
from assessments.xapi.resource import Call, resource


def get_agent(call: Call) -> HttpResponse:
    call.client.require(Scope.READ, Scope.READ_OWN)
    call.only("agent")
    agent = asked.person(call)
    call.client.require_for(agent_key(agent, settings.XAPI_HOME_PAGE), Scope.READ, Scope.READ_OWN)
    return JsonResponse(person(agent))


def get_activity(call: Call) -> HttpResponse:
    """An activity that no statement names is answered too, with its id only (2.5.s2)."""
    call.client.require(Scope.READ)
    call.only("activityId")
    name = asked.iri(call, "activityId")
    known = definition(name)
    found = {"objectType": "Activity", "id": name} | ({"definition": known} if known else {})
    return JsonResponse(found)


agents = resource(GET=get_agent)
activities = resource(GET=get_activity)
