"""Every URL of the site; the names are fixed in shared/DESIGN.md."""

from django.urls import include, path
from django.views.i18n import set_language
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from elearning import health
from elearning.users.views import wagtail_sign_in

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("language/", set_language, name="set-language"),
    path("cms/login/", wagtail_sign_in),
    path("modules/_util/login/", wagtail_sign_in),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("elearning.users.urls")),
    path("", include("elearning.offline.urls")),
    path("xapi/", include("assessments.urls")),
    path("", include("courses.urls")),
    path("", include("modules.urls")),
    path("modules/", include(wagtail_urls)),
]
