"""The trainer's pages of tests and the marking queue: clean for axe in both directions and sizes, and usable."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.conftest import NewTablet
from tests.browser.test_pages import check
from tests.support.database import Database
from tests.support.tablet import PHONE, TABLET

FILL = "from tests.support.filled import fill; fill()"

pytestmark = pytest.mark.parametrize("db", ["sqlite"], indirect=True)


@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ur", "rtl")])
def test_the_pages_of_tests_and_marking_are_clean(
    new_tablet: NewTablet, db: Database, language: str, direction: str, size: dict[str, int]
) -> None:
    db.manage("shell", "--verbosity=0", "--no-imports", "-c", FILL)
    tablet = new_tablet("trainer", size=size, locale=language)
    page = tablet.page
    steps.staff_sign_in(page, tablet.url, "trainer1")
    page.goto(f"{tablet.url}/training/tests/")
    check(page, "all tests", direction)
    page.locator("[data-table=tests] td.text a").first.click()
    expect(page.locator("[data-gain]")).to_be_visible()
    check(page, "tests of a cohort", direction)
    page.locator("[data-table=tests] tbody th a").first.click()
    expect(page.locator("#items")).to_be_visible()
    page.locator("details summary").last.click()
    check(page, "test", direction)
    page.goto(f"{tablet.url}/training/tests/")
    page.locator("[data-table=tests] tbody th a").nth(2).click()
    page.locator("[data-table=attempts] tbody th a").nth(1).click()
    expect(page.locator(".seen")).to_have_count(11)
    check(page, "attempt", direction)
    marks(page, tablet.url, direction)


def marks(page: Page, url: str, direction: str) -> None:
    page.goto(f"{url}/training/marking/")
    expect(page.locator("[data-table=queue-first] tbody tr")).to_have_count(3)
    check(page, "marking", direction)
    page.locator("[data-table=queue-first] tbody th a").first.click()
    expect(page.locator("[data-form=mark]")).to_be_visible()
    check(page, "an answer to mark", direction)
    for criterion in page.locator("fieldset.criterion").all():
        criterion.locator("input").nth(2).focus()
        page.keyboard.press("Space")
    page.locator("#comment").fill("Good beginning.")
    page.locator("[data-form=mark] button").click()
    expect(page.locator("[data-table=queue-lately] tbody tr")).to_have_count(1)
    expect(page.locator("[data-table=queue-first] tbody tr")).to_have_count(2)
    check(page, "marking, one marked", direction)


@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ur", "rtl")])
def test_a_coordinators_pages_with_their_files_are_clean(
    new_tablet: NewTablet, db: Database, language: str, direction: str, size: dict[str, int]
) -> None:
    db.manage("shell", "--verbosity=0", "--no-imports", "-c", FILL)
    tablet = new_tablet("coordinator", size=size, locale=language)
    page = tablet.page
    steps.staff_sign_in(page, tablet.url, "coordinator1")
    page.goto(f"{tablet.url}/training/tests/")
    expect(page.locator(".exports [data-action=export-csv]")).to_have_count(2)
    check(page, "all tests with files", direction)
    page.locator("[data-table=tests] tbody th a").nth(1).click()
    expect(page.locator(".exports [data-action=export-csv]")).to_have_count(3)
    check(page, "a post-test with forms and files", direction)
    with page.expect_download() as made:
        page.locator(".exports [data-action=export-xlsx]").last.click()
    assert made.value.suggested_filename.endswith(".xlsx")
    page.goto(f"{tablet.url}/training/marking/")
    expect(page.locator("[data-table=queue-nobodys] tbody tr")).to_have_count(1)
    check(page, "marking of a coordinator", direction)
