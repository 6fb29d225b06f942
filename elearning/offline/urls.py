from django.urls import path

from elearning.offline import views

urlpatterns = [
    path("learn/", views.shell, name="learn"),
    path("sw.js", views.service_worker, name="service-worker"),
    path("manifest.webmanifest", views.web_manifest, name="web-manifest"),
    path("learn/i18n/<slug:code>.json", views.catalogue, name="catalogue-json"),
]
