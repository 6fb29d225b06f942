from django.urls import include, path

from assessments import objects
from assessments.documents import views as documents
from assessments.statements import views
from assessments.xapi import versions

resources = [
    path("statements", views.statements, name="xapi-statements"),
    path("activities/state", documents.state, name="xapi-state"),
    path("activities/profile", documents.activity_profile, name="xapi-activity-profile"),
    path("agents/profile", documents.agent_profile, name="xapi-agent-profile"),
    path("agents", objects.agents, name="xapi-agents"),
    path("activities", objects.activities, name="xapi-activities"),
    path("about", views.about, name="xapi-about"),
]
# Which version answers a request that names none, both refusing it: the mount decides (docs/formats.md).
urlpatterns = [
    path("", include(resources)),
    path(
        "2.0/", include((resources, "xapi-2"), namespace="xapi-2"), {"default_version": versions.V2}
    ),
]
