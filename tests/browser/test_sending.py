"""The app's own outbox over a line that cuts at any byte, and a status line that is never wrong."""

from playwright.sync_api import expect

from tests.browser import steps
from tests.support.log import Log
from tests.support.proxy import Proxy
from tests.support.server import Server, wait_until
from tests.support.tablet import Tablet


def test_answers_given_over_a_line_that_cuts_anywhere_are_stored_once_each(
    tablet: Tablet, line: Proxy, server: Server, log: Log
) -> None:
    page = steps.start_as(tablet, "officer1")
    steps.download(page)
    steps.ready_for_offline(page)
    # Every connection ends at some byte; a request has about 1,300 and an answer about 500.
    line.faults.cut_requests = 1
    line.faults.cut_responses = 1
    line.faults.request_window = 3_000
    line.faults.response_window = 1_000
    line.go_offline()
    line.go_online()
    steps.open_module(page)
    steps.open_lesson(page)
    answered = 0
    for number, lesson in enumerate(steps.LESSONS[:4]):
        expect(page.locator("h1")).to_have_text(lesson["heading"])
        answered += steps.answer_checks(page, lesson)
        if number % 2:
            server.kill()
            server.start()
        page.locator("[data-action=next]").click()
    page.goto(tablet.url + "/learn/#/tablet")
    for _try in range(4):
        page.locator("[data-action=send]").click()
        page.wait_for_timeout(500)
    line.faults.cut_requests = line.faults.cut_responses = 0
    line.go_offline()
    line.go_online()
    page.locator("[data-action=send]").click()
    steps.expect_status(page, "everything is sent")
    assert log.answers_of("officer1") == answered
    assert line.count.cuts["request"] + line.count.cuts["response"] > 0


def test_the_status_line_tells_what_waits_through_a_cut_a_kill_and_a_sending(
    tablet: Tablet, line: Proxy, log: Log
) -> None:
    page = steps.start_as(tablet, "officer1")
    steps.expect_status(page, "nothing to send")
    steps.download(page)
    steps.ready_for_offline(page)
    line.go_offline()
    steps.open_module(page)
    steps.open_lesson(page)
    steps.expect_status(page, "progress to send")
    given = steps.answer_checks(page, steps.LESSONS[0])
    steps.expect_status(page, f"{given} answers to send")
    expect(page.locator("[data-mark=received]")).to_have_count(0)
    tablet.kill()

    tablet.start()
    page = tablet.open()
    # Said before anybody signs in, because it is said of the tablet.
    steps.expect_status(page, f"{given} answers to send")
    line.go_online()
    steps.sign_in(page, "officer1")
    steps.expect_status(page, r"everything is sent · last sent today \d\d:\d\d")
    assert log.answers_of("officer1") == given
    steps.open_module(page)
    steps.open_lesson(page)
    expect(page.locator("learner-question [data-mark=received]")).to_have_count(given)


def test_an_expired_grant_throws_nothing_away(tablet: Tablet, line: Proxy, log: Log) -> None:
    page = steps.start_as(tablet, "officer1")
    steps.download(page)
    steps.ready_for_offline(page)
    revoke = "from elearning.users.models import Grant; from django.utils import timezone;"
    revoke += "Grant.objects.update(revoked=timezone.now())"
    log.database.manage("shell", "--no-imports", "-c", revoke)
    steps.open_module(page)
    steps.open_lesson(page)
    given = steps.answer_checks(page, steps.LESSONS[0])
    page.goto(tablet.url + "/learn/#/tablet")
    page.locator("[data-action=send]").click()
    page.wait_for_timeout(1_000)
    steps.expect_status(page, f"{given} answers to send")
    assert log.answers_of("officer1") == 0
    steps.sign_out(page)
    steps.sign_in(page, "officer1")
    steps.expect_status(page, "everything is sent")
    assert log.answers_of("officer1") == given


def test_what_one_tab_sends_the_other_tab_knows(tablet: Tablet, line: Proxy, log: Log) -> None:
    page = steps.start_as(tablet, "officer1")
    steps.download(page)
    steps.ready_for_offline(page)
    second = tablet.context.new_page()
    second.goto(tablet.url + "/learn/")
    line.go_offline()
    steps.open_module(page)
    steps.open_lesson(page)
    given = steps.answer_checks(page, steps.LESSONS[0])
    line.go_online()
    for tab in (page, second):
        tab.evaluate("() => dispatchEvent(new Event('online'))")
    wait_until(lambda: log.answers_of("officer1") == given, seconds=20, what="the answers")
    for tab in (page, second):
        steps.expect_status(tab, "everything is sent")
    assert log.answers_of("officer1") == given
