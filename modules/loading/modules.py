"""Loading the folder of one module: all of it, or nothing where a file has a mistake."""

from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import transaction
from wagtail.models import Page

from modules.editions import build_module
from modules.loading.illustrations import Illustrations
from modules.loading.pages import Outcome, PageSource, load_page
from modules.loading.source import Node, read
from modules.loading.streams import Streams
from modules.models import CataloguePage, Edition, LessonPage, ModulePage, TeachingPage


def load_module(folder: Path, catalogue: CataloguePage) -> list[str]:
    """A line for each page that was written or left alone; raises source.ContentError."""
    with transaction.atomic():
        module, *parts = list(_sources(folder))
        outcome, page = load_page(module, catalogue, None)
        lines = _line(module, outcome)
        if page is None:
            return lines
        after: Page | None = None
        for part in parts:
            outcome, written = load_page(part, page, after)
            after = written or after
            lines += _line(part, outcome)
    if page.live and not Edition.objects.current().filter(module=module.uuid).exists():
        build_module(module.uuid)  # an earlier run was cut between its commit and this
    return lines


def _line(source: PageSource, outcome: Outcome) -> list[str]:
    return [] if outcome is Outcome.UNCHANGED else [f"{source.heading}: {outcome.value}"]


def _sources(folder: Path) -> Iterator[PageSource]:
    root = folder.parent
    module = read(folder / "module.yaml", root)
    yield _source(ModulePage, module)
    for name in module.names("lessons"):
        yield _source(LessonPage, read(folder / "lessons" / name, root))
    if "test" in module.values:
        # The test's page type lies above this app, so it is known by name only.
        model = apps.get_model("assessments", "AssessmentPage")
        yield _source(model, read(folder / module.text("test"), root))


def _source(model: type[TeachingPage], node: Node) -> PageSource:
    uuid = node.uuid("id")
    streams = Streams(uuid, Illustrations(settings.ILLUSTRATIONS_DIR))
    if model is ModulePage:
        fields = {"minutes": node.number("minutes", 1, 999), "objectives": streams.objectives(node)}
    elif model is LessonPage:
        fields = {"minutes": node.number("minutes", 1, 999), "body": streams.body(node)}
    else:
        fields = {
            "pass_mark": node.number("pass_mark", 0, 100),
            "questions": streams.questions(node),
        }
    return PageSource(
        model=model,
        uuid=uuid,
        slug=node.text("slug"),
        heading=node.text("heading"),
        summary=node.text("summary"),
        fields=fields,
    )
