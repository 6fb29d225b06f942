"""An author works in /cms/: the preview beside the editor shows what the tablet will show."""

import pytest
from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.conftest import NewTablet
from tests.support.server import Server

pytestmark = pytest.mark.parametrize("db", ["sqlite"], indirect=True)


@pytest.mark.parametrize("kind", ["lesson", "test"])
def test_the_preview_beside_the_editor_shows_the_page_as_the_officer_sees_it(
    new_tablet: NewTablet, server: Server, kind: str
) -> None:
    shown = steps.LESSONS[0] if kind == "lesson" else steps.TEST
    script = f"from wagtail.models import Page; print(Page.objects.get(slug={shown['slug']!r}).pk)"
    pk = server.database.manage("shell", "--no-imports", "-c", script).split()[-1]
    desk = new_tablet("author", size={"width": 1280, "height": 900})
    page = desk.page
    steps.staff_sign_in(page, desk.url, "author1")
    page.goto(f"{desk.url}/cms/pages/{pk}/edit/")
    page.get_by_role("button", name="Toggle preview").click()
    frame = page.frame_locator("iframe#w-preview-iframe, iframe[title=Preview]").first
    wanted = steps.LESSONS[0]["heading"] if kind == "lesson" else steps.TEST["questions"][0]["text"]
    expect(frame.locator("body")).to_contain_text(wanted, timeout=20_000)
