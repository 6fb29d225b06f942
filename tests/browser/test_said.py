"""When something goes wrong the app says what it is, what is safe and what comes next."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import expect

from tests.browser import steps
from tests.support.database import Database
from tests.support.log import Log
from tests.support.proxy import Proxy
from tests.support.tablet import Tablet

RENAME = (
    "from django.db import connection; connection.cursor().execute('ALTER TABLE {} RENAME TO {}')"
)
FAULT = re.compile("server has a fault")


def rename(database: Database, table: str, other: str) -> None:
    database.manage("shell", "--no-imports", "-c", RENAME.format(table, other))


@contextmanager
def without(database: Database, table: str) -> Iterator[None]:
    """A server that fails, because a table is missing, on whatever needs it."""
    rename(database, table, "gone")
    yield
    rename(database, "gone", table)


def test_after_too_many_wrong_passwords_the_app_says_how_long_to_wait(tablet: Tablet) -> None:
    page = tablet.open()
    page.locator("#username").fill("officer1")
    for _try in range(10):
        page.locator("#password").fill("not the password")
        page.locator("form button.button-primary").click()
        expect(page.locator("#sign-in-error")).to_be_visible()
        expect(page.locator("form button.button-primary")).not_to_have_attribute(
            "aria-disabled", "true"
        )
    expect(page.locator("#sign-in-error")).to_contain_text("Wait 15 minutes")
    expect(page.locator("#sign-in-error")).not_to_contain_text("network")


def test_a_server_with_a_fault_is_not_called_a_missing_network(
    tablet: Tablet, db: Database, line: Proxy, log: Log
) -> None:
    page = tablet.open()
    with without(db, "users_grant"):
        steps.sign_in(page, "officer1")
        expect(page.locator("#sign-in-error")).to_have_text(FAULT)
    page.locator("#password").fill(steps.PASSWORD)
    page.locator("form button.button-primary").click()
    with without(db, "modules_edition"):
        steps.module_card(page).locator("[data-action=download]").click()
        expect(page.locator("[data-download=fault]")).to_have_text(FAULT)
    # By itself, once the server is well.
    expect(steps.module_card(page).locator("[data-action=open]")).to_be_visible(timeout=60_000)
    steps.open_module(page)
    steps.open_lesson(page)
    line.go_offline()
    given = steps.answer_checks(page, steps.LESSONS[0])
    page.goto(tablet.url + "/learn/#/tablet")
    page.locator("[data-action=send]").click()
    expect(page.locator("[data-sent]")).to_contain_text("there is no network")
    expect(page.locator("[data-sent]")).to_contain_text("safe on this tablet")
    with without(db, "assessments_statement"):
        line.go_online()
        page.locator("[data-action=send]").click()
        expect(page.locator("[data-sent]")).to_have_text(FAULT)
        steps.expect_status(page, f"{given} answers to send")
    page.locator("[data-action=send]").click()
    expect(page.locator("[data-sent]")).to_have_text("Everything is sent.")
    assert log.answers_of("officer1") == given


def test_a_server_that_is_busy_is_asked_again_within_seconds(tablet: Tablet, log: Log) -> None:
    """What hundreds of tablets at once are told (assessments/statements/busy.py)."""
    page = steps.start_as(tablet, "officer1")
    steps.download(page)
    steps.open_module(page)
    steps.open_lesson(page)
    busy = '{"error": "busy", "message": "Too many send at once."}'
    page.route("**/xapi/statements", lambda route: route.fulfill(status=503, body=busy))
    given = steps.answer_checks(page, steps.LESSONS[0])
    page.goto(tablet.url + "/learn/#/tablet")
    page.locator("[data-action=send]").click()
    expect(page.locator("[data-sent]")).to_contain_text("many tablets are sending")
    steps.expect_status(page, f"{given} answers to send")
    page.unroute("**/xapi/statements")
    # Nobody taps anything.
    steps.expect_status(page, "everything is sent")
    assert log.answers_of("officer1") == given


def test_a_language_that_can_not_be_had_is_not_shown_as_chosen(tablet: Tablet, line: Proxy) -> None:
    page = steps.start_as(tablet, "officer1")
    steps.ready_for_offline(page)
    line.go_offline()
    page.goto(tablet.url + "/learn/#/settings")
    page.locator("label.choice").filter(has_text="Khmer").click()
    expect(page.locator("[data-page=settings] [role=alert]")).to_be_visible()
    expect(page.locator("input[name=language]:checked")).to_have_value("en")


def test_a_locked_app_says_why_it_is_locked(tablet: Tablet) -> None:
    page = steps.start_as(tablet, "officer1")
    page.goto(tablet.url + "/learn/#/settings")
    page.locator("[data-action=lock]").click()
    expect(page.locator("[data-reason=asked]")).to_contain_text("You locked the app.")
    second = tablet.context.new_page()
    second.goto(tablet.url + "/learn/")
    for tab in (page, second):
        steps.sign_in(tab, "officer1")
        expect(tab.locator("[data-page=settings], [data-page=home]")).to_be_visible()
    steps.sign_out(second)
    expect(page.locator("[data-reason=elsewhere]")).to_contain_text("signed out in another")
