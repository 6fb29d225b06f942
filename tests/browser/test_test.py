"""The test of a module: what is ticked is kept, whatever happens next."""

from playwright.sync_api import expect

from tests.browser import steps
from tests.support.log import Log
from tests.support.proxy import Proxy
from tests.support.server import wait_until
from tests.support.tablet import Tablet


def test_a_tick_outlives_a_kill_at_that_moment_and_counts_once(
    tablet: Tablet, line: Proxy, log: Log
) -> None:
    page = steps.start_as(tablet, "officer1")
    steps.download(page)
    steps.ready_for_offline(page)
    line.go_offline()
    page.goto(f"{tablet.url}/learn/#/module/{steps.MODULE['id']}")
    page.locator("[data-part]").last.click()
    # The choice has not settled when the battery goes: no answer is made of it yet.
    page.clock.install()
    page.clock.pause_at(page.evaluate("() => Date.now() / 1000 + 1"))
    page.locator("[data-screen=start] .button-primary").click()
    question = page.locator("[data-screen=question]")
    steps.choose(question, steps.TEST["questions"][0])
    expect(page.locator("[data-mark=saved]")).to_be_visible()
    expect(page.locator("[data-status]")).not_to_contain_text("answer")
    tablet.kill()

    tablet.start()
    page = tablet.open()
    steps.sign_in(page, "officer1")
    steps.open_module(page)
    page.locator("[data-part]").last.click()
    wanted = [
        choice["text"] for choice in steps.TEST["questions"][0]["choices"] if choice["correct"]
    ]
    expect(page.locator("label.chosen")).to_have_text(wanted)
    expect(page.locator("[data-mark=saved]")).to_be_visible()
    steps.expect_status(page, "1 answer to send")
    for _question in steps.TEST["questions"]:
        page.locator("[data-action=next]").click()
    result = steps.hand_in(page)
    expect(result.locator("[data-answer=right]")).to_have_count(1)

    line.go_online()
    wait_until(lambda: log.count("officer1", "failed") == 1, seconds=30, what="the result")
    assert log.answers_of("officer1") == 1
