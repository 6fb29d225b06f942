"""Several officers use one tablet: nothing is lost, nothing is seen, nothing is credited to another."""

import datetime as dt

from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.support.log import Log
from tests.support.proxy import Proxy
from tests.support.server import wait_until
from tests.support.tablet import Tablet


def answer_first_lesson(page: Page) -> int:
    steps.open_module(page)
    steps.open_lesson(page)
    return steps.answer_checks(page, steps.LESSONS[0])


def test_the_second_officer_sends_the_first_ones_answers_and_sees_none_of_them(
    tablet: Tablet, line: Proxy, log: Log
) -> None:
    page = steps.start_as(tablet, "officer1")
    steps.download(page)
    steps.ready_for_offline(page)
    line.go_offline()
    given = answer_first_lesson(page)
    steps.expect_status(page, f"{given} answers to send")
    page.locator("header button").click()
    expect(page.locator("[data-page=sign-in]")).to_contain_text(
        f"{given} answers of yours are safe on this tablet"
    )

    line.go_online()
    steps.sign_in(page, "officer2")
    expect(page.locator("[data-page=home]")).to_be_visible()
    steps.expect_status(page, "everything is sent|nothing to send")
    steps.open_module(page)
    expect(page.locator("[data-page=module] [data-state=in-progress]")).to_have_count(0)
    steps.open_lesson(page)
    expect(page.locator("[data-feedback]")).to_have_count(0)

    assert log.answers_of("officer1") == given
    assert log.answers_of("officer2") == 0


def test_one_officers_grant_can_not_write_for_another(
    tablet: Tablet, line: Proxy, log: Log
) -> None:
    page = steps.start_as(tablet, "officer1")
    steps.download(page)
    steps.ready_for_offline(page)
    line.go_offline()
    answer_first_lesson(page)
    # As a forger would: the waiting statement is made to name somebody else.
    other = log.user_id("officer2")
    page.evaluate(
        """async (other) => {
          const request = indexedDB.open('elearning-device');
          const db = await new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
          const outbox = db.transaction('outbox', 'readwrite').objectStore('outbox');
          const rows = await new Promise((resolve) => {
            const all = outbox.getAll();
            all.onsuccess = () => resolve(all.result);
          });
          const row = rows.find((candidate) => candidate.verb === 'answered');
          row.statement.actor.account.name = other;
          outbox.put(row);
          await new Promise((resolve) => (outbox.transaction.oncomplete = resolve));
          db.close();
        }""",
        other,
    )
    line.go_online()
    page.goto(tablet.url + "/learn/#/tablet")
    page.locator("[data-action=send]").click()
    expect(page.locator("[data-aside] li")).to_have_count(1, timeout=30_000)
    steps.expect_status(page, "1 answer set aside")
    assert log.answers_of("officer2") == 0
    assert log.answers_of("officer1") == 1
    wait_until(lambda: bool(log.contact_of("officer1")["aside"]), seconds=10, what="the report")


def test_an_officer_known_here_signs_in_without_a_network_and_a_wrong_password_waits(
    tablet: Tablet, line: Proxy
) -> None:
    page = steps.start_as(tablet, "officer1")
    steps.ready_for_offline(page)
    steps.sign_out(page)
    line.go_offline()
    now = dt.datetime.now(dt.UTC)
    page.clock.set_fixed_time(now)
    for _try in range(3):
        steps.sign_in(page, "officer1", "not the password")
        expect(page.locator("#sign-in-error")).to_contain_text("not right")
        page.locator("[data-action=names]").click()
    # The right password waits too; nothing tells a guesser which one it was.
    steps.sign_in(page, "officer1")
    expect(page.locator("#sign-in-error")).to_contain_text("1 second")
    page.locator("[data-action=names]").click()
    # Setting the clock back gives no free try.
    page.clock.set_fixed_time(now - dt.timedelta(days=3650))
    steps.sign_in(page, "officer1")
    expect(page.locator("#sign-in-error")).to_contain_text("1 second")
    page.locator("[data-action=names]").click()
    page.clock.set_fixed_time(now + dt.timedelta(seconds=2))
    steps.sign_in(page, "officer1")
    expect(page.locator("[data-page=home]")).to_be_visible()


def test_an_officer_not_known_here_is_told_so_without_a_network(
    tablet: Tablet, line: Proxy
) -> None:
    page = steps.start_as(tablet, "officer1")
    steps.ready_for_offline(page)
    steps.sign_out(page)
    line.go_offline()
    steps.sign_in(page, "officer2")
    expect(page.locator("#sign-in-error")).to_contain_text("network")


def test_the_app_locks_when_idle_and_goes_on_at_the_same_place(tablet: Tablet) -> None:
    tablet.page.clock.install()
    page = steps.start_as(tablet, "officer1")
    steps.download(page)
    steps.open_module(page)
    steps.open_lesson(page)
    page.clock.fast_forward("11:00")
    expect(page.locator("[data-page=sign-in]")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text(steps.LESSONS[0]["heading"])
    page.locator("#password").fill(steps.PASSWORD)
    page.locator("[data-page=sign-in] form button.button-primary").click()
    expect(page.locator("h1")).to_have_text(steps.LESSONS[0]["heading"])


def test_a_hanging_line_does_not_keep_out_an_officer_known_here(
    tablet: Tablet, line: Proxy
) -> None:
    page = steps.start_as(tablet, "officer1")
    steps.ready_for_offline(page)
    steps.sign_out(page)
    line.faults.latency = 30
    steps.sign_in(page, "officer1")
    expect(page.locator("[data-page=home]")).to_be_visible(timeout=5_000)


def test_the_app_locks_when_the_clock_is_set_back_while_it_lies_there(tablet: Tablet) -> None:
    page = tablet.page
    page.clock.install()
    steps.start_as(tablet, "officer1")
    page.clock.set_system_time(dt.datetime.now(dt.UTC) - dt.timedelta(days=3650))
    page.clock.run_for(20_000)
    expect(page.locator("[data-page=sign-in]")).to_be_visible()


def test_signing_out_in_one_tab_ends_the_officers_pages_in_the_other(tablet: Tablet) -> None:
    page = steps.start_as(tablet, "officer1")
    second = tablet.context.new_page()
    second.goto(tablet.url + "/learn/")
    steps.sign_in(second, "officer1")
    expect(second.locator("[data-page=home]")).to_be_visible()
    steps.sign_out(page)
    expect(second.locator("[data-page=sign-in]")).to_be_visible()


def test_back_leads_nobody_to_the_page_of_the_officer_before(
    tablet: Tablet, line: Proxy, log: Log
) -> None:
    page = steps.start_as(tablet, "officer1")
    steps.download(page)
    steps.open_module(page)
    steps.open_lesson(page)
    expect(page.locator("h1")).to_have_text(steps.LESSONS[0]["heading"])
    page.goto(tablet.url + "/learn/#/tablet")
    expect(page.locator("[data-page=tablet]")).to_be_visible()
    steps.sign_out(page)
    steps.sign_in(page, "officer2")
    expect(page.locator("[data-page=home]")).to_be_visible()
    for _step in range(3):
        page.go_back()
        expect(page.locator("[data-page=home]")).to_be_visible()
    assert page.url.endswith("/learn/#/")
    page.locator("nav a[href='#/tablet']").click()
    expect(page.locator("[data-fact=waiting]")).to_have_text("nothing")
    assert log.count("officer2", "initialized") == 0
