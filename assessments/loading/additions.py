"""What this app adds when a module is loaded."""

from collections.abc import Iterator

from assessments.loading.items import item_sources, load_items
from assessments.loading.pages import pretest, tests_after
from modules.loading import above
from modules.models import ModulePage


def additions(files: above.ModuleFiles) -> above.Additions:
    sources = item_sources(files)

    def write_first(page: ModulePage) -> Iterator[str]:
        return load_items(sources, page)

    return above.Additions(list(pretest(files)), list(tests_after(files)), write_first)


def listen() -> None:
    above.ask(additions)
