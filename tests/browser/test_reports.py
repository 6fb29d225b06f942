"""What is told of an attempt stays as it was, whatever its author does to the questions afterwards."""

from playwright.sync_api import Page, expect

from tests.browser import sittings, steps
from tests.browser.conftest import NewTablet
from tests.support.log import Log
from tests.support.server import Server, wait_until
from tests.support.tablet import Tablet

KEY_OF = "from assessments.models import Item; print(Item.objects.get(uuid={item!r}).pk)"
SPOIL = """
from assessments.models import AssessmentPage, Item
Item.objects.get(uuid={item!r}).delete()
page = AssessmentPage.objects.get(uuid={test!r})
page.pass_mark = 100
del page.sections[2]
page.save_revision().publish()
"""


def reports(desk: Tablet) -> list[str]:
    """What the trainer's pages say of the graded test: of the cohort, of the test, of the attempt."""
    page = desk.page
    page.goto(f"{desk.url}/training/cohorts/")
    page.locator("tbody th a").first.click()
    cohort = page.url
    test = f"{cohort}tests/{steps.GRADED['id']}/"
    page.goto(test)
    attempt = page.locator("[data-table=attempts] tbody th a").get_attribute("href") or ""
    found = []
    for address in (f"{cohort}tests/", test, desk.url + attempt):
        page.goto(address)
        found.append(page.locator("main").text_content() or "")
    return found


def turn_the_key(page: Page, url: str, item: str) -> None:
    """As the author: other words for the question, and another choice is the right one."""
    page.goto(f"{url}/cms/snippets/assessments/item/edit/{item}/")
    page.locator("[name=text]").fill("Asked in other words?")
    correct = page.locator("[name^=body-][name$=-correct]")
    expect(correct.first).to_be_attached()
    was = [box.is_checked() for box in correct.all()].index(True)
    correct.nth(was).uncheck()
    correct.nth(0 if was else 1).check()
    steps.publish(page)


def test_a_report_is_equal_to_before_when_its_questions_were_edited_and_deleted(
    tablet: Tablet, new_tablet: NewTablet, server: Server, log: Log
) -> None:
    page = sittings.ready(tablet)
    steps.open_module(page)
    steps.part(page, steps.GRADED).click()
    steps.take(page, wrong=2)
    wait_until(lambda: log.marks_of("officer1", "passed") == 1, seconds=60, what="the mark")
    (attempt,) = sittings.attempts(page)
    edited, _second, deleted, *_others = [each["item"] for each in attempt["items"]]
    desk = new_tablet("trainer")
    steps.staff_sign_in(desk.page, desk.url, "trainer1")
    before = reports(desk)
    assert "83%" in before[2].replace("\xa0", "")

    manage = server.database.manage
    key = manage("shell", "--no-imports", "-c", KEY_OF.format(item=edited)).split()[-1]
    author = new_tablet("author")
    steps.staff_sign_in(author.page, author.url, "author1")
    turn_the_key(author.page, author.url, key)
    spoil = SPOIL.format(item=deleted, test=steps.GRADED["id"])
    manage("shell", "--no-imports", "-c", spoil)
    assert reports(desk) == before
    # Nor when all is made anew from the log.
    manage("rebuild_progress")
    assert reports(desk) == before
    assert log.marks_of("officer1", "passed") == 1
