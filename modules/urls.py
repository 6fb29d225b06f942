from django.urls import path, register_converter

from modules import views


class Sha256Converter:
    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Sha256Converter, "sha256")

urlpatterns = [
    path("", views.catalogue, name="catalogue"),
    path("editions/index.json", views.editions_index, name="editions-index"),
    path(
        "editions/<uuid:module>/<slug:language>/<int:version>.json",
        views.edition_manifest,
        name="edition-manifest",
    ),
    path(
        "editions/files/<sha256:sha256>.<slug:extension>",
        views.edition_file,
        name="edition-file",
    ),
    path("media/<path:name>", views.draft_file, name="draft-file"),
]
