"""Real Chromium against the real server, on SQLite and, where one is reachable, PostgreSQL."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect, sync_playwright

from tests.support import database
from tests.support.log import Log
from tests.support.proxy import Proxy
from tests.support.server import Server
from tests.support.tablet import Tablet

# Playwright leaves an event loop running in this process, which Django takes for async code in
# whatever test comes next; no test here is async.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
# Long enough for a machine that runs other tests meanwhile; nothing waits when all is well.
expect.set_options(timeout=20_000)
NewTablet = Callable[..., Tablet]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(params=database.vendors())
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[database.Database]:
    fresh = database.fresh(request.param, tmp_path)
    yield fresh
    fresh.drop()


@pytest.fixture
def server(db: database.Database) -> Iterator[Server]:
    with Server(db) as running:
        yield running


@pytest.fixture
def log(db: database.Database) -> Log:
    return Log(db)


@pytest.fixture
def line(server: Server) -> Iterator[Proxy]:
    """The network between tablets and server; tablets are given its address."""
    with Proxy(server.port) as proxy:
        yield proxy


@pytest.fixture
def new_tablet(playwright: Playwright, line: Proxy, tmp_path: Path) -> Iterator[NewTablet]:
    """Makes tablets; at the end none of them may have heard an error or a CSP report."""
    made: list[Tablet] = []

    def make(name: str = "tablet", **options: object) -> Tablet:
        tablet = Tablet(playwright, tmp_path / name, line.url, **options)  # type: ignore[arg-type]
        made.append(tablet)
        return tablet.start()

    yield make
    problems = [problem for tablet in made for problem in tablet.problems]
    for tablet in made:
        tablet.close()
    assert problems == []


@pytest.fixture
def tablet(new_tablet: NewTablet) -> Tablet:
    return new_tablet()


# A real clip, made long by a free atom, which players skip (ISO/IEC 14496-12, 8.1.2).
PADDING = 3_000_000
ADD_VIDEO = """
import uuid
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from modules.models import LessonPage
clip = open("tests/fixtures/clip.mp4", "rb").read()
padding = {padding}
clip += (padding + 8).to_bytes(4, "big") + b"free" + bytes(i * 7919 % 251 for i in range(padding))
video = Document(title="clip")
video.file.save("clip.mp4", ContentFile(clip))
video.save()
captions = Document(title="captions")
captions.file.save("clip.vtt", ContentFile(open("tests/fixtures/clip.vtt", "rb").read()))
captions.save()
page = LessonPage.objects.order_by("path").first().get_latest_revision_as_object()
page.body.append(("video", {{
    "heading": "A crossing at night",
    "file": video,
    "captions": [{{"language": "en", "file": captions}}],
    "transcript": "<p>A van stops.</p>",
}}))
page.save_revision().publish()
print(len(clip))
"""


@pytest.fixture
def video_module(server: Server) -> int:
    """The module with a video of three megabytes in its first lesson; its size in bytes."""
    script = ADD_VIDEO.format(padding=PADDING)
    return int(server.database.manage("shell", "--no-imports", "-c", script).split()[-1])
