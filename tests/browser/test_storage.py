"""The tablet's storage fills up, or the browser clears it: said, survived, nothing pretended."""

from playwright.sync_api import expect

from tests.browser import answering, steps
from tests.support.log import Log
from tests.support.proxy import Proxy
from tests.support.tablet import Tablet


def test_a_download_without_room_says_so_and_answers_still_find_room(
    tablet: Tablet, line: Proxy
) -> None:
    page = steps.start_as(tablet, "officer1")
    used = page.evaluate("() => navigator.storage.estimate().then((estimate) => estimate.usage)")
    tablet.storage("overrideQuotaForOrigin", quotaSize=used + 5_000)
    steps.module_card(page).locator("[data-action=download]").click()
    expect(page.locator("[data-download=full]")).to_be_visible(timeout=30_000)
    tablet.storage("overrideQuotaForOrigin")
    page.locator("[data-action=resume]").click()
    expect(steps.module_card(page).locator("[data-action=open]")).to_be_visible(timeout=30_000)


def test_an_answer_that_finds_no_room_is_never_shown_as_saved(
    tablet: Tablet, line: Proxy, log: Log
) -> None:
    page = steps.offline_in_the_first_lesson(tablet, line)
    tablet.storage("overrideQuotaForOrigin", quotaSize=1)
    # Chromium asks for the quota again when what it knows of the free room is half a minute old.
    page.wait_for_timeout(32_000)
    box = page.locator("learner-question").first
    question = next(b["question"] for b in steps.LESSONS[0]["body"] if b["type"] == "check")
    answering.choose(box, question)
    box.locator("[data-action=answer]").click()
    expect(box.locator("[role=alert]")).to_contain_text("Not saved")
    expect(box.locator("[data-mark=saved]")).to_have_count(0)

    expect(page.locator("[data-notice=full]")).to_be_visible()
    tablet.storage("overrideQuotaForOrigin")
    page.wait_for_timeout(32_000)
    box.locator("[data-action=answer]").click()
    expect(box.locator("[data-mark=saved]")).to_be_visible()
    line.go_online()
    page.goto(tablet.url + "/learn/#/tablet")
    page.locator("[data-action=send]").click()
    steps.expect_status(page, "everything is sent")
    assert log.answers_of("officer1") == 1


def test_storage_cleared_by_the_browser_is_noticed_said_and_reported(
    tablet: Tablet, line: Proxy, log: Log
) -> None:
    page = steps.offline_in_the_first_lesson(tablet, line)
    given = steps.answer_checks(page, steps.LESSONS[0])
    page.goto("about:blank")
    # What the browser clears under pressure: everything but cookies.
    tablet.storage(
        "clearDataForOrigin",
        storageTypes="indexeddb,cache_storage,service_workers,local_storage",
    )
    line.go_online()
    page = tablet.open()
    notice = page.locator("[data-notice=evicted]")
    expect(notice).to_contain_text(f"{given} answers")
    steps.sign_in(page, "officer1")
    expect(page.locator("[data-page=home]")).to_be_visible()
    expect(notice).to_be_visible()
    steps.download(page)
    page.goto(tablet.url + "/learn/#/tablet")
    page.locator("[data-action=send]").click()
    page.wait_for_timeout(1_500)
    assert log.contact_of("officer1")["lost"] == given
    notice.locator("button").click()
    expect(notice).to_have_count(0)
    page.reload()
    page.wait_for_timeout(1_000)
    expect(notice).to_have_count(0)


def test_files_cleared_behind_our_back_are_noticed_and_fetched_again(
    tablet: Tablet,
) -> None:
    page = steps.start_as(tablet, "officer1")
    steps.download(page)
    page.evaluate("() => caches.delete('editions')")
    page.reload()
    expect(page.locator("[data-page=home]")).to_contain_text("cleared some files")
    steps.module_card(page).locator("[data-action=download]").click()
    steps.open_module(page)
    steps.open_lesson(page)
    expect(page.locator("h1")).to_have_text(steps.LESSONS[0]["heading"])
