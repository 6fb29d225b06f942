"""Module 2's graded test: question by question, and a trainer reads the last answer."""

from typing import Any

import yaml
from playwright.sync_api import Page, expect

from tests.browser import answering, steps
from tests.browser.conftest import NewTablet
from tests.support.database import Database
from tests.support.proxy import Proxy
from tests.support.tablet import Tablet

FOLDER = answering.CONTENT / "investigation"
ASSIGN = """
from uuid import UUID
from courses import services
from courses.models import Cohort
cohort = Cohort.objects.get()
services.assign_module(by=cohort.trainers.get(), cohort_id=cohort.pk, module=UUID({module!r}), due=None)
"""


def content(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text())
    return found


MODULE, GRADED = content("module.yaml"), content("graded.yaml")


def mark_it_full(page: Page, url: str) -> None:
    page.goto(f"{url}/training/marking/")
    page.locator("[data-table=queue-first] tbody th a").first.click()
    for criterion in page.locator("fieldset.criterion").all():
        criterion.locator("label.choice").last.click()
    page.locator("#comment").fill("You thought of the interpreter first.")
    page.locator("[data-form=mark] button").click()
    expect(page.locator("[data-table=queue-lately] tbody tr")).to_have_count(1)


def test_a_long_answer_given_offline_is_marked_by_the_trainer_and_told_on_the_tablet(
    tablet: Tablet, new_tablet: NewTablet, line: Proxy, db: Database
) -> None:
    db.manage("shell", "--no-imports", "-c", ASSIGN.format(module=MODULE["id"]))
    page = steps.start_as(tablet, "officer1")
    card = page.locator(f"[data-module='{MODULE['id']}']")
    card.locator("[data-action=download]").click()
    expect(card.locator("[data-action=open]")).to_be_visible(timeout=60_000)
    steps.ready_for_offline(page)
    line.go_offline()
    card.locator("[data-action=open]").click()
    steps.part(page, GRADED).click()
    assert steps.take(page) == len(GRADED["sections"])
    steps.back_to_module(page)
    state = steps.part(page, GRADED).locator("[data-state]")
    expect(state).to_have_attribute("data-state", "handed-in")
    line.go_online()
    page.evaluate("() => dispatchEvent(new Event('online'))")
    expect(state).to_have_attribute("data-state", "to-mark")

    desk = new_tablet("trainer")
    steps.staff_sign_in(desk.page, desk.url, "trainer1")
    mark_it_full(desk.page, desk.url)

    page.goto(f"{tablet.url}/learn/#/")
    expect(card.locator("[data-state=passed]")).to_be_visible()
    card.locator("[data-action=open]").click()
    steps.part(page, GRADED).click()
    page.locator("[data-action=look]").click()
    expect(page.locator("[data-result=passed]")).to_be_visible()
    expect(page.locator("[data-comment]")).to_contain_text("You thought of the interpreter first.")
