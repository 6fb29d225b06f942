"""The whole story: a module goes out, learning comes back, with no network in between."""

import copy
import csv
import io

import pytest
from playwright.sync_api import Page, expect

from tests.browser import answering, steps
from tests.browser.conftest import NewTablet
from tests.support.log import Log
from tests.support.proxy import Proxy
from tests.support.server import Server, wait_until
from tests.support.tablet import Tablet

NEW_HEADING = "What smuggling is, said again"


def publish_a_change(desk: Tablet, server: Server) -> list[dict]:
    """As the author, in Wagtail's own editor: a new heading for the first lesson, published."""
    script = (
        "from modules.models import LessonPage;"
        "print(LessonPage.objects.order_by('path').first().pk)"
    )
    lesson = server.database.manage("shell", "--no-imports", "-c", script).split()[-1]
    page = desk.page
    steps.staff_sign_in(page, desk.url, "author1")
    page.goto(f"{desk.url}/cms/pages/{lesson}/edit/")
    page.locator("[name=heading_en]").fill(NEW_HEADING)
    steps.publish(page)
    changed = copy.deepcopy(steps.LESSONS)
    changed[0]["heading"] = NEW_HEADING
    return changed


def assign(desk: Tablet, *officers: str) -> None:
    """As the trainer: a cohort, its officers, the module."""
    page = desk.page
    steps.staff_sign_in(page, desk.url, "trainer1")
    page.goto(f"{desk.url}/training/cohorts/")
    form = page.locator("[data-form=create]")
    form.locator("[name=name]").fill("Bridge crossing")
    form.locator("button").click()
    form = page.locator("[data-form=officers]")
    form.locator("#names").fill("\n".join(officers))
    form.locator("button").click()
    form = page.locator("[data-form=assign]")
    form.locator("#module").select_option(steps.MODULE["id"])
    form.locator("button").click()
    expect(page.locator("tbody [data-officer], tbody[data-officer]")).to_have_count(len(officers))


def exported(desk: Tablet) -> dict[str, dict[str, str]]:
    """The coordinator's export of officers, by user name."""
    page = desk.page
    steps.staff_sign_in(page, desk.url, "coordinator1")
    page.goto(f"{desk.url}/training/officers/")
    with page.expect_download() as started:
        page.locator("[data-action=export-csv]").click()
    text = started.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    return {row[1]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}


def the_battery_goes(tablet: Tablet) -> Page:
    """In the middle of a test; afterwards the officer goes on with it."""
    tablet.kill()
    tablet.start()
    page = tablet.open()
    steps.sign_in(page, "officer11")
    steps.open_module(page)
    steps.next_part(page)
    return page


def take_pretest(page: Page) -> int:
    """It is offered before the lessons."""
    expect(page.locator("[data-part] >> nth=0")).to_have_attribute("aria-current", "step")
    steps.next_part(page)
    expect(page.locator("h1")).to_have_text(steps.PRETEST["heading"])
    asked = steps.take(page, wrong=3)
    steps.back_to_module(page)
    return asked


def take_practice_test(tablet: Tablet, page: Page) -> Page:
    """With its feedback at once; it decides nothing."""
    expect(page.locator("h1")).to_have_text(steps.TEST["heading"])
    steps.begin_test(page)
    steps.answer_test(page, wrong=2, upto=5)
    expect(page.locator("h1")).to_have_text(steps.TEST["questions"][5]["text"])
    page = the_battery_goes(tablet)
    steps.answer_rest(page, begun=5)
    result = steps.hand_in(page)
    expect(result.locator("[data-result]")).to_have_count(0)
    expect(result.locator("[data-mark=saved]")).to_be_visible()
    expect(result.locator("[data-answer]")).to_have_count(len(steps.TEST["questions"]))
    expect(result.locator("[data-answer=wrong]")).to_have_count(2)
    steps.back_to_module(page)
    return page


def take_posttest(page: Page) -> int:
    steps.next_part(page)
    expect(page.locator("h1")).to_have_text(steps.POSTTEST["heading"])
    asked = steps.take(page)
    steps.back_to_module(page)
    return asked


def take_graded_test(tablet: Tablet, page: Page) -> tuple[Page, int]:
    """Handed in; the tablet does not know what came of it."""
    steps.next_part(page)
    expect(page.locator("h1")).to_have_text(steps.GRADED["heading"])
    steps.begin_test(page)
    asked = answering.answer_all(page, wrong=2, upto=5)
    page = the_battery_goes(tablet)
    asked += answering.answer_all(page)
    result = steps.hand_in(page)
    expect(result.locator("[data-result=handed-in]")).to_be_visible()
    expect(result.locator("[data-answer]")).to_have_count(0)
    steps.back_to_module(page)
    graded = steps.part(page, steps.GRADED)
    expect(graded.locator("[data-state=handed-in]")).to_be_visible()
    expect(page.locator("[data-page=module] [data-state=passed]")).to_have_count(0)
    return page, asked


@pytest.mark.parametrize(
    ("language", "direction", "size"),
    [("en", "ltr", {"width": 800, "height": 1280}), ("ur", "rtl", {"width": 360, "height": 740})],
)
def test_an_officer_finishes_a_module_offline_and_the_coordinator_exports_the_score(
    new_tablet: NewTablet,
    server: Server,
    line: Proxy,
    log: Log,
    language: str,
    direction: str,
    size: dict[str, int],
) -> None:
    lessons = publish_a_change(new_tablet("author"), server)
    assign(new_tablet("trainer"), "officer11", "officer12")

    tablet = new_tablet("officer", size=size, locale=language)
    page = steps.start_as(tablet, "officer11")
    expect(page.locator("html")).to_have_attribute("dir", direction)
    steps.download(page)
    steps.ready_for_offline(page)
    page.wait_for_timeout(500)
    server.stop()
    tablet.kill()

    tablet.start()
    page = tablet.open()
    steps.sign_in(page, "officer11")
    expect(page.locator("[data-page=home]")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("dir", direction)
    steps.open_module(page)
    asked = take_pretest(page)
    steps.next_part(page)
    assert steps.finish_lessons(page, lessons) == steps.CHECKS
    page = take_practice_test(tablet, page)
    asked += take_posttest(page)
    page, graded = take_graded_test(tablet, page)
    assert log.answers_of("officer11") == 0

    server.start()
    page.goto(tablet.url + "/learn/#/tablet")
    page.locator("[data-action=send]").click()
    ended = len(steps.LESSONS) + 3
    wait_until(lambda: log.count("officer11", "completed") == ended, seconds=30, what="the end")
    given = steps.CHECKS + len(steps.TEST["questions"]) + asked + graded
    assert log.answers_of("officer11") == given
    # The server marks when it is asked again.
    page.goto(tablet.url + "/learn/#/")
    expect(steps.module_card(page).locator("[data-state=passed]")).to_be_visible()
    assert log.marks_of("officer11", "passed") == 1
    steps.open_module(page)
    expect(steps.part(page, steps.GRADED).locator("[data-state=passed]")).to_be_visible()

    rows = exported(new_tablet("coordinator"))
    assert rows["officer11"]["Score"] == "0.83"
    assert rows["officer11"]["State"] == "Passed"
    assert rows["officer12"]["Score"] == ""
