"""What people do, in the words of the issue; each step waits for what the person would see."""

import re
from typing import Any

import yaml
from playwright.sync_api import Locator, Page, expect

from tests.browser import answering
from tests.support.paths import ROOT
from tests.support.proxy import Proxy
from tests.support.tablet import Tablet

PASSWORD = "elearning-demo"
CONTENT = ROOT / "modules/content/introduction"


def content(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((CONTENT / name).read_text())
    return found


MODULE = content("module.yaml")
# The practice test; the others come without their key.
TEST = content(MODULE["test"])
PRETEST, POSTTEST, GRADED = (content(MODULE[name]) for name in ("pretest", "posttest", "graded"))
LESSONS = [content(f"lessons/{name}") for name in MODULE["lessons"]]
CHECKS = sum(block["type"] == "check" for lesson in LESSONS for block in lesson["body"])


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """On the app's sign-in page, as somebody known here or not."""
    expect(page.locator("[data-page=sign-in]")).to_be_visible()
    known = page.locator(f"[data-learner={username}]")
    other = page.locator("[data-action=other]")
    page.locator("#password, [data-action=other]").first.wait_for()
    if known.count():
        known.click()
    elif other.count():
        other.click()
    if page.locator("#username").count():
        page.locator("#username").fill(username)
    page.locator("#password").fill(password)
    page.locator("[data-page=sign-in] form button.button-primary").click()


def start_as(tablet: Tablet, username: str) -> Page:
    page = tablet.open()
    sign_in(page, username)
    expect(page.locator("[data-page=home]")).to_be_visible()
    return page


def sign_out(page: Page) -> None:
    page.locator("header button").click()
    expect(page.locator("[data-page=sign-in]")).to_be_visible()


def module_card(page: Page) -> Locator:
    return page.locator(f"[data-module='{MODULE['id']}']")


def download(page: Page) -> None:
    module_card(page).locator("[data-action=download]").click()
    expect(module_card(page).locator("[data-action=open]")).to_be_visible(timeout=60_000)


def ready_for_offline(page: Page) -> None:
    """Until the service worker holds the whole app."""
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("() => Boolean(navigator.serviceWorker.controller)")


def open_module(page: Page) -> None:
    module_card(page).locator("[data-action=open]").click()
    expect(page.locator("[data-page=module]")).to_be_visible()


def part(page: Page, content: dict[str, Any]) -> Locator:
    """A lesson or test on the list of its module's parts."""
    return page.locator(f"[data-page=module] [data-part='{content['id']}']")


def next_part(page: Page) -> None:
    page.locator("[data-action=continue]").click()
    expect(page.locator("[data-page=lesson], [data-page=test]")).to_be_visible()


def open_lesson(page: Page, number: int = 0) -> None:
    """From the module's page, whatever comes before it."""
    part(page, LESSONS[number]).click()
    expect(page.locator("[data-page=lesson]")).to_be_visible()


def open_practice_test(page: Page) -> None:
    """From the module's page."""
    part(page, TEST).click()
    expect(page.locator("[data-page=test]")).to_be_visible()


def back_to_module(page: Page) -> None:
    page.locator("a.back").click()
    expect(page.locator("[data-page=module]")).to_be_visible()


def offline_in_the_first_lesson(tablet: Tablet, line: Proxy) -> Page:
    """officer1 has the module, the app is ready, the network is gone, the first lesson is open."""
    page = start_as(tablet, "officer1")
    download(page)
    ready_for_offline(page)
    line.go_offline()
    open_module(page)
    open_lesson(page)
    return page


def answer_checks(page: Page, lesson: dict, *, right: bool = True) -> int:
    """Answer every knowledge check of the open lesson; how many there were."""
    questions = [block["question"] for block in lesson["body"] if block["type"] == "check"]
    boxes = page.locator("learner-question")
    expect(boxes).to_have_count(len(questions))
    for index, question in enumerate(questions):
        box = boxes.nth(index)
        answering.choose(box, question, right=right)
        box.locator("[data-action=answer]").click()
        expect(box.locator("[data-feedback]")).to_be_visible()
        expect(box.locator("[data-mark=saved], [data-mark=received]")).to_be_visible()
    return len(questions)


def finish_lessons(page: Page, lessons: list[dict] | None = None) -> int:
    """From the first open lesson to the end of the last, and on; how many checks were answered."""
    answered = 0
    for lesson in lessons or LESSONS:
        expect(page.locator("h1")).to_have_text(lesson["heading"])
        answered += answer_checks(page, lesson)
        page.locator("[data-end]").scroll_into_view_if_needed()
        expect(page.locator("[data-end] [data-mark]")).to_be_visible()
        page.locator("[data-action=next]").click()
    return answered


def begin_test(page: Page) -> None:
    expect(page.locator("[data-page=test]")).to_be_visible()
    page.locator("[data-screen=start] .button-primary").click()
    expect(page.locator("[data-screen=question]")).to_be_visible()


def answer_test(page: Page, *, wrong: int = 0, upto: int | None = None) -> None:
    """Answer the questions in order, the first `wrong` of them wrongly; stop after `upto`."""
    for index, question in enumerate(TEST["questions"][:upto]):
        expect(page.locator("h1")).to_have_text(question["text"])
        answering.choose(page.locator("[data-screen=question]"), question, right=index >= wrong)
        expect(page.locator("[data-mark=saved], [data-mark=received]")).to_be_visible()
        page.locator("[data-action=next]").click()


def answer_rest(page: Page, *, begun: int) -> None:
    """Go on where the test stands, after `begun` answers, to its end; all right."""
    for question in TEST["questions"][begun:]:
        expect(page.locator("h1")).to_have_text(question["text"])
        answering.choose(page.locator("[data-screen=question]"), question)
        expect(page.locator("[data-mark=saved], [data-mark=received]")).to_be_visible()
        page.locator("[data-action=next]").click()


def hand_in(page: Page) -> Locator:
    expect(page.locator("[data-screen=look]")).to_be_visible()
    page.locator("[data-action=hand-in]").click()
    result = page.locator("[data-screen=result]")
    expect(result).to_be_visible()
    return result


def take(page: Page, *, wrong: int = 0) -> int:
    """A test without a key, from its first page to "Handed in"; how many questions it had."""
    begin_test(page)
    asked = answering.answer_all(page, wrong=wrong)
    result = hand_in(page)
    expect(result.locator("[data-result=handed-in]")).to_be_visible()
    expect(result.locator("[data-answer], [data-result=passed]")).to_have_count(0)
    return asked


def waiting(page: Page) -> str:
    return page.locator("[data-status]").inner_text()


def expect_status(page: Page, pattern: str) -> None:
    expect(page.locator("[data-status]")).to_have_text(re.compile(pattern), timeout=30_000)


def staff_sign_in(page: Page, base: str, username: str) -> None:
    page.goto(f"{base}/sign-in/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form[action*='sign-in'] button, main form button").first.click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def publish(page: Page) -> None:
    """What stands in an editor of /cms/."""
    button = page.locator("button[name=action-publish]")
    if not button.is_visible():
        page.locator("footer [data-controller~=w-dropdown] button").first.click()
    button.click()
    expect(page.locator(".w-message, .messages").first).to_contain_text("published")
