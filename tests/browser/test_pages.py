"""axe finds nothing (WCAG 2.2 A and AA) on any page, in both directions and at both sizes."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.conftest import NewTablet
from tests.support.database import Database
from tests.support.tablet import PHONE, TABLET, Tablet

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# The page must not scroll sideways: wide tables scroll inside a region of their own.
WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
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
        page.locator("[data-part]").first.click()
        steps.answer_checks(page, steps.LESSONS[0], right=False)
        check(page, "lesson", direction)
        for index in range(1, len(steps.LESSONS)):
            page.goto(f"{tablet.url}/learn/#/module/{steps.MODULE['id']}")
            page.locator("[data-part]").nth(index).click()
            expect(page.locator("h1")).to_have_text(steps.LESSONS[index]["heading"])
            check(page, f"lesson {index + 1}", direction)
        self.check_test(page, tablet, direction)
        for hash_, marker in [("tablet", "tablet"), ("settings", "settings")]:
            page.goto(f"{tablet.url}/learn/#/{hash_}")
            expect(page.locator(f"[data-page={marker}]")).to_be_visible()
            check(page, hash_, direction)
        steps.sign_out(page)
        check(page, "signed out", direction)

    def check_test(self, page: Page, tablet: Tablet, direction: str) -> None:
        page.goto(f"{tablet.url}/learn/#/module/{steps.MODULE['id']}")
        page.locator("[data-part]").last.click()
        expect(page.locator("[data-screen=start]")).to_be_visible()
        check(page, "test", direction)
        steps.begin_test(page)
        check(page, "question", direction)
        steps.answer_test(page, wrong=6)
        check(page, "before handing in", direction)
        steps.hand_in(page)
        check(page, "result", direction)

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
