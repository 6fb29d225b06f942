"""The practice test of a module: what is ticked is kept, whatever happens next."""

from playwright.sync_api import expect

from tests.browser import answering, sittings, steps
from tests.support.database import Database
from tests.support.log import Log
from tests.support.proxy import Proxy
from tests.support.server import wait_until
from tests.support.tablet import Tablet


def test_a_tick_outlives_a_kill_at_that_moment_and_counts_once(
    tablet: Tablet, line: Proxy, log: Log
) -> None:
    page = sittings.ready(tablet)
    line.go_offline()
    steps.open_module(page)
    steps.open_practice_test(page)
    # The choice has not settled when the battery goes: no answer is made of it yet.
    page.clock.install()
    page.clock.pause_at(page.evaluate("() => Date.now() / 1000 + 1"))
    page.locator("[data-screen=start] .button-primary").click()
    question = page.locator("[data-screen=question]")
    answering.choose(question, steps.TEST["questions"][0])
    expect(page.locator("[data-mark=saved]")).to_be_visible()
    expect(page.locator("[data-status]")).not_to_contain_text("answer")
    tablet.kill()

    tablet.start()
    page = tablet.open()
    steps.sign_in(page, "officer1")
    steps.open_module(page)
    steps.open_practice_test(page)
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
    wait_until(lambda: log.count("officer1", "scored") == 1, seconds=30, what="the result")
    assert log.answers_of("officer1") == 1


def test_where_no_graded_test_is_offered_practice_decides_and_says_so_without_a_network(
    tablet: Tablet, line: Proxy, db: Database, log: Log
) -> None:
    page = sittings.begin_deciding_practice(tablet, line, db)
    steps.answer_test(page, wrong=2)
    result = steps.hand_in(page)
    expect(result.locator("[data-result=passed]")).to_be_visible()
    expect(result.locator("[data-answer=right]")).to_have_count(len(steps.TEST["questions"]) - 2)

    line.go_online()
    wait_until(lambda: log.count("officer1", "passed") == 1, seconds=30, what="the result")
