"""Loading the folder of one module: all of it, or nothing where a file has a mistake."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction
from wagtail.models import Page

from modules.editions import build_module
from modules.loading import above
from modules.loading.bank import read_bank
from modules.loading.illustrations import Illustrations
from modules.loading.memory import Outcome
from modules.loading.pages import PageSource, load_page
from modules.loading.source import Node, read
from modules.loading.streams import Streams
from modules.models import CataloguePage, Edition, LessonPage, ModulePage


def load_module(folder: Path, catalogue: CataloguePage) -> list[str]:
    """A line for each page or item that was written or left alone; raises source.ContentError."""
    with transaction.atomic():
        files = _read(folder)
        module = _module(files)
        lessons = list(_lessons(files))
        added = above.additions(files, lessons)
        outcome, page = load_page(module, catalogue)
        lines = _line(module, outcome)
        if page is None:
            return lines
        for each in added:
            lines += each.write_first(page)
        before = [source for each in added for source in each.before_lessons]
        behind = [source for each in added for source in each.after_lessons]
        lines += _load_parts([*before, *lessons, *behind], page)
    if page.live and not Edition.objects.current().filter(module=module.uuid).exists():
        build_module(module.uuid)  # an earlier run was cut between its commit and this
    return lines


def _load_parts(parts: list[PageSource], module: Page) -> list[str]:
    lines = []
    after: Page | None = None
    for part in parts:
        outcome, written = load_page(part, module, after, leading=True)
        # Read anew: adding a page moves the ones behind it, and the object knows its old path.
        after = Page.objects.get(pk=written.pk) if written else after
        lines += _line(part, outcome)
    return lines


def _line(source: PageSource, outcome: Outcome) -> list[str]:
    return [] if outcome is Outcome.UNCHANGED else [f"{source.heading}: {outcome.value}"]


def _read(folder: Path) -> above.ModuleFiles:
    node = read(folder / "module.yaml", folder.parent)
    uuid = node.uuid("id")
    return above.ModuleFiles(folder, node, uuid, read_bank(folder, uuid))


def _module(files: above.ModuleFiles) -> PageSource:
    streams = Streams(files.uuid, Illustrations(settings.ILLUSTRATIONS_DIR))
    fields = {
        "minutes": files.node.number("minutes", 1, 999),
        "objectives": streams.objectives(files.node),
    }
    return PageSource(
        model=ModulePage,
        uuid=files.uuid,
        slug=files.node.text("slug"),
        heading=files.node.text("heading"),
        summary=files.node.text("summary"),
        fields=fields,
    )


def _lessons(files: above.ModuleFiles) -> Iterator[PageSource]:
    for name in files.node.names("lessons"):
        yield _lesson(read(files.folder / "lessons" / name, files.folder.parent), files)


def _lesson(node: Node, files: above.ModuleFiles) -> PageSource:
    uuid = node.uuid("id")
    streams = Streams(uuid, Illustrations(settings.ILLUSTRATIONS_DIR), files.bank)
    return PageSource(
        model=LessonPage,
        uuid=uuid,
        slug=node.text("slug"),
        heading=node.text("heading"),
        summary=node.text("summary"),
        fields={"minutes": node.number("minutes", 1, 999), "body": streams.body(node)},
    )
