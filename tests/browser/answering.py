"""Items of the banks that ship, answered on the screen as an officer does it, whatever their kind."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid5

import yaml
from playwright.sync_api import Locator, Page, expect

from tests.support.paths import ROOT

Item = dict[str, Any]
CONTENT = ROOT / "modules/content"


def bank(module: str) -> dict[str, Item]:
    """By the ids that its items have on every server."""
    folder = CONTENT / module
    name = UUID(yaml.safe_load((folder / "module.yaml").read_text())["id"])
    items = yaml.safe_load((folder / "bank.yaml").read_text())["items"]
    return {str(uuid5(name, f"item/{item['key']}")): item for item in items}


BY_ID = bank("introduction") | bank("investigation")


def choose(scope: Locator, question: Item, *, right: bool = True) -> None:
    """Tick the right choices of a question, or one wrong one."""
    for choice in question["choices"]:
        if choice["correct"] == right:
            scope.locator("label.choice").filter(has_text=choice["text"]).locator("input").check()
            if not right:
                return


def row(scope: Locator, text: str) -> Locator:
    """What is to be placed: one side of a match, or a card."""
    named = scope.page.locator(".pair-text").get_by_text(text, exact=True)
    return scope.locator("[data-row]").filter(has=named)


def match(scope: Locator, item: Item) -> None:
    for pair in item["pairs"]:
        row(scope, pair["left"]).locator("select").select_option(label=pair["right"])


def sort(scope: Locator, item: Item) -> None:
    for group in item["groups"]:
        for card in group["cards"]:
            row(scope, card["text"]).get_by_label(group["text"], exact=True).check()


def put_in_order(scope: Locator, item: Item) -> None:
    wanted = [step["text"] for step in item["steps"]]
    texts = scope.locator("li .step-text > span:last-child")
    if texts.all_inner_texts() == wanted:
        scope.locator("[data-action=keep-order]").click()
    for place, text in enumerate(wanted):
        while (at := texts.all_inner_texts().index(text)) > place:
            scope.locator("li").nth(at).locator("[data-move=up]").click()


def fill_gaps(scope: Locator, item: Item) -> None:
    for index, gap in enumerate(item["gaps"]):
        scope.locator("[data-gap]").nth(index).fill(gap["accepted"][0])


def write_number(scope: Locator, item: Item) -> None:
    scope.locator("input[type=text]").fill(item["value"])
    if len(item.get("units", [])) > 1:
        base = next(unit for unit in item["units"] if unit["factor"] == "1")
        scope.locator("select").select_option(label=base["text"])


def write(scope: Locator, item: Item) -> None:
    scope.locator("input[type=text]").fill(item["accepted"][0])


def point(scope: Locator, item: Item) -> None:
    """By words, of which each place has its own."""
    right = next(area["text"] for area in item["areas"] if area["correct"])
    scope.locator(".by-words").get_by_label(right, exact=True).check()


def write_at_length(scope: Locator, _item: Item) -> None:
    scope.locator("textarea").fill("First I find an interpreter and a place apart.")


RIGHTLY: dict[str, Callable[[Locator, Item], None]] = {
    "single": choose,
    "multiple": choose,
    "truefalse": choose,
    "match": match,
    "groups": sort,
    "order": put_in_order,
    "gaps": fill_gaps,
    "number": write_number,
    "spot": point,
    "short": write,
    "long": write_at_length,
}


def answer(page: Page, *, right: bool = True) -> None:
    """The question on the screen, and on to what comes next."""
    asked = page.locator("[data-question]").get_attribute("data-question") or ""
    scope, item = page.locator(f"[data-question='{asked}']"), BY_ID[asked]
    if right:
        RIGHTLY[item["kind"]](scope, item)
    else:
        choose(scope, item, right=False)
    expect(page.locator("[data-mark=saved], [data-mark=received]")).to_be_visible()
    page.locator("[data-action=next]").click()
    expect(scope).to_have_count(0)


def answer_all(page: Page, *, wrong: int = 0, upto: int | None = None) -> int:
    """From the question on the screen to the last, the first `wrong` of them wrongly; how many these were."""
    progress = page.locator("[data-screen=question] progress")
    left = int(progress.get_attribute("max") or 0) - int(progress.get_attribute("value") or 0) + 1
    for number in range(left if upto is None else upto):
        answer(page, right=number >= wrong)
    return left if upto is None else upto
