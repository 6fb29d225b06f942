"""A new version of the app waits until the officer agrees, and never interrupts a test."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import steps
from tests.support.log import Log
from tests.support.proxy import Proxy
from tests.support.server import Server
from tests.support.tablet import Tablet


@pytest.fixture
def new_version(server: Server) -> Iterator[str]:
    """The same app with another page: what an operator's upgrade looks like to a tablet."""
    templates = server.database.var / "templates" / "offline"
    templates.mkdir(parents=True)
    source = "elearning/offline/templates/offline/shell.html"
    page = (steps.ROOT / source).read_text()
    (templates / "shell.html").write_text(page.replace("<body", '<body data-version="new"', 1))
    yield str(templates.parent)
    shutil.rmtree(templates)


def test_an_update_waits_through_a_test_and_comes_when_the_officer_agrees(
    tablet: Tablet, line: Proxy, server: Server, new_version: str, log: Log
) -> None:
    page = steps.start_as(tablet, "officer1")
    steps.download(page)
    steps.ready_for_offline(page)
    old = page.locator("meta[name=app-version]").get_attribute("content")
    steps.open_module(page)
    steps.open_practice_test(page)
    steps.begin_test(page)
    steps.answer_test(page, upto=3)

    server.stop()
    server.env["ELEARNING_TEMPLATES"] = new_version
    server.start()
    page.evaluate("() => navigator.serviceWorker.getRegistration().then((r) => r.update())")
    page.wait_for_function(
        "() => navigator.serviceWorker.getRegistration().then((r) => Boolean(r.waiting))"
    )
    page.wait_for_timeout(1_000)
    expect(page.locator("[data-notice=update]")).to_have_count(0)
    expect(page.locator("h1")).to_have_text(steps.TEST["questions"][3]["text"])
    page.reload()
    assert page.locator("meta[name=app-version]").get_attribute("content") == old
    expect(page.locator("h1")).to_have_text(steps.TEST["questions"][3]["text"])

    page.goto(tablet.url + "/learn/#/")
    expect(page.locator("[data-notice=update]")).to_be_visible()
    page.locator("[data-notice=update] button").click()
    expect(page.locator("body[data-version=new]")).to_be_visible()
    assert page.locator("meta[name=app-version]").get_attribute("content") != old
    steps.open_module(page)
    steps.next_part(page)
    expect(page.locator("h1")).to_have_text(steps.TEST["questions"][3]["text"])
    steps.expect_status(page, "everything is sent")
    assert log.answers_of("officer1") == 3
