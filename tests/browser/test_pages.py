"""axe finds nothing (WCAG 2.2 A and AA) on any page, in both directions and at both sizes."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FloatRect, Page, expect

from tests.browser import answering, steps
from tests.browser.conftest import NewTablet
from tests.support.database import Database
from tests.support.server import Server
from tests.support.tablet import PHONE, TABLET

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# The page must not scroll sideways: wide tables scroll inside a region of their own.
WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
# No table hides a column with ordinary names: it fits a tablet, and on a phone its rows are cards.
CUT = """() => [...document.querySelectorAll('.table-wrap')]
  .filter((table) => table.scrollWidth > table.clientWidth).map((table) => table.innerText.slice(0, 80))"""
SMALL = """() => [...document.querySelectorAll('button, input, select, a.button, a.back, nav a, #status a')]
  .filter((element) => element.checkVisibility() && !element.closest('label, .visually-hidden, .skip'))
  .filter((element) => element.getBoundingClientRect().height < 47.5)
  .filter((element) => !element.matches('.skip, [type=radio], [type=checkbox], [type=hidden]'))
  .map((element) => element.outerHTML.slice(0, 120))"""
# A tablet of 1970, and a statement that was refused.
TROUBLE = """
import uuid
from datetime import UTC, datetime
from assessments.models import SetAside
from elearning.users.models import User
from elearning.users.services import record_contact
officer = User.objects.get(username="officer1")
clock = datetime(1970, 1, 2, tzinfo=UTC)
record_contact(user_id=officer.pk, device=uuid.uuid4(), waiting=0, aside=[], lost=0, clock=clock)
SetAside.objects.create(
    statement=uuid.uuid4(), code="conflict", digest=b"0" * 32, source=uuid.uuid4(),
    payload='{"actor": {"account": {"homePage": "https://elearning.example/people", "name": "x"}}}',
)
"""

pytestmark = pytest.mark.parametrize("db", ["sqlite"], indirect=True)


def check(page: Page, name: str, direction: str) -> None:
    expect(page.locator("html")).to_have_attribute("dir", direction)
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, f"{name}:\n{found.generate_report()}"
    assert not page.evaluate(WIDE), f"{name} is wider than the screen"
    assert page.evaluate(CUT) == [], f"{name} hides columns"
    assert page.evaluate(SMALL) == [], f"{name} has targets below 48 px"


@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ur", "rtl")])
class TestEveryPage:
    def test_of_the_learners_app(
        self, new_tablet: NewTablet, language: str, direction: str, size: dict[str, int]
    ) -> None:
        tablet = new_tablet(size=size, locale=language)
        page = tablet.open()
        expect(page.locator("[data-page=sign-in]")).to_be_visible()
        check(page, "sign-in", direction)
        steps.sign_in(page, "officer1")
        expect(page.locator("[data-action=download]")).to_be_visible()
        check(page, "home", direction)
        steps.download(page)
        check(page, "home with a module", direction)
        steps.open_module(page)
        check(page, "module", direction)
        steps.open_lesson(page)
        steps.answer_checks(page, steps.LESSONS[0], right=False)
        check(page, "lesson", direction)
        for index in range(1, len(steps.LESSONS)):
            steps.back_to_module(page)
            steps.open_lesson(page, index)
            expect(page.locator("h1")).to_have_text(steps.LESSONS[index]["heading"])
            check(page, f"lesson {index + 1}", direction)
        steps.back_to_module(page)
        self.check_practice(page, direction)
        self.check_graded(page, direction)
        for hash_, marker in [("tablet", "tablet"), ("settings", "settings")]:
            page.goto(f"{tablet.url}/learn/#/{hash_}")
            expect(page.locator(f"[data-page={marker}]")).to_be_visible()
            check(page, hash_, direction)
        steps.sign_out(page)
        check(page, "signed out", direction)

    def check_practice(self, page: Page, direction: str) -> None:
        steps.open_practice_test(page)
        check(page, "test", direction)
        steps.begin_test(page)
        check(page, "question", direction)
        steps.answer_test(page, wrong=6)
        check(page, "before handing in", direction)
        steps.hand_in(page)
        check(page, "result", direction)
        steps.back_to_module(page)
        check(page, "module with a test done", direction)

    def check_graded(self, page: Page, direction: str) -> None:
        steps.part(page, steps.GRADED).click()
        expect(page.locator("[data-screen=start]")).to_be_visible()
        check(page, "graded test", direction)
        steps.begin_test(page)
        check(page, "timed question", direction)
        answering.answer_all(page)
        check(page, "before handing in for good", direction)
        steps.hand_in(page)
        check(page, "handed in", direction)
        steps.back_to_module(page)
        check(page, "module with a test handed in", direction)

    def test_of_the_site(
        self, new_tablet: NewTablet, language: str, direction: str, size: dict[str, int]
    ) -> None:
        tablet = new_tablet(size=size, locale=language)
        paths = ["/", "/modules/introduction/", "/sign-in/", "/nothing-here/"]
        self.walk(tablet.page, tablet.url, direction, paths)

    def test_of_training(
        self, new_tablet: NewTablet, language: str, direction: str, size: dict[str, int]
    ) -> None:
        tablet = new_tablet("trainer", size=size, locale=language)
        page = tablet.page
        steps.staff_sign_in(page, tablet.url, "trainer1")
        self.walk(page, tablet.url, direction, ["/training/cohorts/"])
        page.goto(f"{tablet.url}/training/cohorts/")
        page.locator("tbody th a").first.click()
        check(page, "cohort", direction)
        page.locator("[data-officer] a").first.click()
        check(page, "officer", direction)
        desk = new_tablet("coordinator", size=size, locale=language)
        steps.staff_sign_in(desk.page, desk.url, "coordinator1")
        paths = ["/training/", "/training/officers/", "/training/record/"]
        self.walk(desk.page, desk.url, direction, paths)

    def test_of_the_learning_record(
        self,
        new_tablet: NewTablet,
        db: Database,
        language: str,
        direction: str,
        size: dict[str, int],
    ) -> None:
        db.manage("shell", "--verbosity=0", "--command", TROUBLE)
        desk = new_tablet("administrator", size=size, locale=language)
        page = desk.page
        steps.staff_sign_in(page, desk.url, "admin")
        self.walk(page, desk.url, direction, ["/training/record/"])
        page.locator("[data-table=aside] a").first.click()
        expect(page.locator("pre")).to_be_visible()
        check(page, "statement set aside", direction)
        self.walk(page, desk.url, direction, ["/training/credentials/"])
        page.locator("#label").fill("Regional office")
        page.locator("[name=scope]").first.check()
        page.locator("[data-form=make] button").click()
        expect(page.locator("[data-copy=secret]")).to_be_visible()
        check(page, "the secret", direction)
        self.walk(page, desk.url, direction, ["/training/credentials/"])
        page.locator("[data-table=credentials] a").first.click()
        expect(page.locator("[data-form=revoke]")).to_be_visible()
        check(page, "revoking", direction)

    def walk(self, page: Page, base: str, direction: str, paths: list[str]) -> None:
        for path in paths:
            page.goto(base + path)
            check(page, path, direction)


@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
@pytest.mark.parametrize("language", ["en", "my", "ur"])
def test_the_language_menu_opens_inside_the_screen_and_escape_closes_it(
    new_tablet: NewTablet, language: str, size: dict[str, int]
) -> None:
    tablet = new_tablet(size=size, locale=language)
    page = tablet.page
    steps.staff_sign_in(page, tablet.url, "trainer1")
    for path in ["/", "/training/cohorts/"]:
        page.goto(tablet.url + path)
        page.locator(".languages summary").click()
        check(page, f"{path} with the menu", "rtl" if language == "ur" else "ltr")
        for box in [page.locator(".languages form").bounding_box(), *boxes(page)]:
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= size["width"]
            assert box["y"] + box["height"] <= size["height"]
        page.keyboard.press("Escape")
        expect(page.locator(".languages form")).to_be_hidden()
        expect(page.locator(".languages summary")).to_be_focused()


def boxes(page: Page) -> list[FloatRect | None]:
    return [button.bounding_box() for button in page.locator(".languages form button").all()]


LONG_NAMES = """
from elearning.users.models import User
from courses.models import Cohort
Cohort.objects.update(name="W" * 100)
User.objects.filter(username="officer1").update(last_name="Wolfeschlegelsteinhausenbergerdorffsomenam")
"""


def test_a_name_of_a_hundred_letters_makes_no_page_wider_than_the_screen(
    new_tablet: NewTablet, server: Server
) -> None:
    server.database.manage("shell", "--no-imports", "-c", LONG_NAMES)
    tablet = new_tablet(size=PHONE)
    page = steps.start_as(tablet, "officer1")
    page.evaluate("() => localStorage.setItem('text-size', '150')")
    for hash_ in ["", "#/settings"]:
        page.goto(f"{tablet.url}/learn/{hash_}")
        page.reload()
        expect(page.locator("[data-page=home], [data-page=settings]")).to_be_visible()
        assert not page.evaluate(WIDE), hash_
    steps.sign_out(page)
    assert not page.evaluate(WIDE), "signed out"
    desk = new_tablet("trainer")
    page = desk.page
    steps.staff_sign_in(page, desk.url, "trainer1")
    for path in ["/training/cohorts/", "/training/officers/"]:
        page.goto(desk.url + path)
        assert not page.evaluate(WIDE), path
        assert page.evaluate(CUT) == [], path
    page.goto(f"{desk.url}/training/cohorts/")
    page.locator("tbody th a").first.click()
    expect(page.locator("[data-officer]").first).to_be_visible()
    assert not page.evaluate(WIDE), "cohort"
    assert page.evaluate(CUT) == [], "cohort"
