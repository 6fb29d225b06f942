"""What this app adds when a module is loaded."""

from collections.abc import Iterator

from assessments.loading.items import item_sources, load_items
from assessments.loading.pages import pretest, tests_after
from assessments.loading.practised import check
from modules.loading import above
from modules.loading.pages import PageSource
from modules.models import ModulePage


def additions(files: above.ModuleFiles, lessons: list[PageSource]) -> above.Additions:
    sources = item_sources(files)
    before, behind = list(pretest(files)), list(tests_after(files))
    check(files, [*before, *lessons, *behind])

    def write_first(page: ModulePage) -> Iterator[str]:
        return load_items(sources, page)

    return above.Additions(before, behind, write_first)


def listen() -> None:
    above.ask(additions)
