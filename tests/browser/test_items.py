"""Every kind of question is answered offline, by touch and by keys alone, in three scripts."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, Playwright, expect

from tests.browser import steps
from tests.browser.test_pages import check
from tests.support import database, kinds
from tests.support.proxy import Proxy
from tests.support.server import Server
from tests.support.tablet import PHONE, TABLET, Tablet

DIRECTIONS = {"en": "ltr", "ur": "rtl", "km": "ltr"}
AS_TOUCHED = ["single", "multiple", "truefalse", "order", "match", "groups", "gaps", "number"]
KINDS = [*AS_TOUCHED, "units", "spot", "short", "long", "old"]


@dataclass
class Lesson:
    """The lesson of all kinds, open on a tablet whose network is gone."""

    page: Page
    language: str

    @property
    def items(self) -> dict[str, kinds.Item]:
        return kinds.items(self.language)

    def text(self, key: str) -> str:
        return kinds.texts(self.language)[key]

    def box(self, kind: str) -> Locator:
        return self.page.locator(f"[data-block='{kinds.name(f'block {kind}')}'] learner-question")

    def entry(self, kind: str, key: str) -> Locator:
        """The radio button or tick box of a choice."""
        return self.box(kind).locator(f"input[value='{kinds.name(key)}']")

    def row(self, kind: str, key: str) -> Locator:
        return self.box(kind).locator(f"[data-row='{kinds.name(key)}']")

    def step(self, key: str) -> Locator:
        return self.box("order").locator(f"[data-step='{kinds.name(key)}']")

    def order(self) -> list[str]:
        return [
            row.get_attribute("data-step") or "" for row in self.box("order").locator("li").all()
        ]

    def resize(self, size: dict[str, int]) -> None:
        self.page.set_viewport_size({"width": size["width"], "height": size["height"]})

    def expect_verdict(self, kind: str, verdict: str) -> None:
        box = self.box(kind)
        expect(box.locator(f"[data-verdict={verdict}]")).to_be_visible()
        expect(box.locator("[data-mark=saved]")).to_be_visible()


@pytest.fixture(scope="module", params=list(DIRECTIONS))
def lesson(
    request: pytest.FixtureRequest, playwright: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Lesson]:
    language, folder = request.param, tmp_path_factory.mktemp("kinds")
    db = database.fresh("sqlite", folder)
    kinds.teach(db, steps.MODULE["id"], language, photograph=language == "ur")
    with (
        Server(db) as server,
        Proxy(server.port) as line,
        Tablet(playwright, folder / "tablet", line.url, locale=language) as tablet,
    ):
        page = steps.offline_in_the_first_lesson(tablet, line)
        expect(page.locator("learner-question:not(.pending)")).to_have_count(len(KINDS))
        yield Lesson(page, language)
        assert tablet.problems == []


def answer(lesson: Lesson, kind: str) -> None:
    lesson.box(kind).locator("[data-action=answer]").tap()


def put_in_order(lesson: Lesson, press: Callable[[Locator], None]) -> None:
    """By as many moves as it takes; the focus stays on the step and the move is told."""
    wanted = [kinds.name(key) for key in ("order_a", "order_b", "order_c")]
    box = lesson.box("order")
    if lesson.order() == wanted:
        press(box.locator("[data-action=keep-order]"))
    for place, step in enumerate(wanted):
        while (at := lesson.order().index(step)) > place:
            press(box.locator(f"[data-step='{step}'] [data-move=up]"))
            expect(box.locator(f"li:nth-child({at}) [data-move=up]")).to_be_focused()
            expect(box.locator("[data-said]")).to_have_text(re.compile(rf"\b{at}\b.*\b3\b|3.*{at}"))
    assert lesson.order() == wanted


class TestByTouch:
    """With a wrong answer in each kind where that says most, else the right one.

    All of it on one page in this order, so that a language costs one tablet.
    """

    def test_choices(self, lesson: Lesson) -> None:
        for kind, keys in [
            ("single", ["single_a"]),
            ("multiple", ["multiple_a", "multiple_c"]),
            ("truefalse", ["true"]),
        ]:
            for key in keys:
                lesson.entry(kind, key).locator("xpath=..").tap()
        lesson.box("single").locator(".sure label").last.tap()
        for kind, verdict in [("single", "right"), ("multiple", "partly"), ("truefalse", "wrong")]:
            answer(lesson, kind)
            lesson.expect_verdict(kind, verdict)
        feedback = lesson.box("multiple").locator("[data-feedback]")
        for part in ["multiple_b", "multiple_c_why", "explanation", "source"]:
            expect(feedback).to_contain_text(lesson.text(part))

    def test_an_order(self, lesson: Lesson) -> None:
        put_in_order(lesson, Locator.tap)
        answer(lesson, "order")
        lesson.expect_verdict("order", "right")

    def test_matches_and_groups(self, lesson: Lesson) -> None:
        for key, to in [("match_a", "match_a_to"), ("match_b", "match_extra")]:
            lesson.row("match", key).locator("select").select_option(kinds.name(to))
        for key, to in [("card_a", "groups_a"), ("card_b", "groups_c")]:
            lesson.row("groups", key).locator(f"[value='{kinds.name(to)}']").locator(
                "xpath=.."
            ).tap()
        for kind in ["match", "groups"]:
            answer(lesson, kind)
            lesson.expect_verdict(kind, "partly")
        expect(lesson.box("match").locator("[data-reason=wrong]")).to_contain_text(
            lesson.text("match_b_to")
        )

    def test_what_is_written(self, lesson: Lesson) -> None:
        for kind, texts in [
            ("gaps", [lesson.text("gap_a"), "?"]),
            ("number", ["٧٥٫2"]),
            ("units", ["1.5"]),
            ("short", [f" {lesson.text('short_a').upper()}. "]),
            ("long", ["x " * 12]),
        ]:
            fields = lesson.box(kind).locator("input[type=text], textarea")
            for field, text in zip(fields.all(), texts, strict=True):
                field.tap()
                field.fill(text)
        expect(lesson.box("long").locator("[data-words]")).to_have_attribute("data-words", "12")
        answer(lesson, "units")
        expect(lesson.box("units").locator("[role=alert]")).to_be_visible()
        lesson.box("units").locator("select").select_option(kinds.name("unit_km"))
        verdicts = [("gaps", "partly"), ("number", "right"), ("units", "right"), ("short", "right")]
        for kind, verdict in [*verdicts, ("long", "person")]:
            answer(lesson, kind)
            lesson.expect_verdict(kind, verdict)
        expect(lesson.box("gaps").locator("[data-reason=wrong]")).to_contain_text(
            lesson.text("gap_b")
        )
        expect(lesson.box("long").locator(".rubric")).to_contain_text(lesson.text("rubric_a_2"))

    def test_a_spot_is_where_the_finger_was_however_large_the_picture(self, lesson: Lesson) -> None:
        box = lesson.box("spot")
        for size in (PHONE, TABLET):
            lesson.resize(size)
            touch(box, 0.2, 0.4)
            expect(lesson.entry("spot", "area_a")).to_be_checked()
            touch(box, 0.5, 0.25)
            expect(lesson.entry("spot", "area_b")).to_be_checked()
            expect(box.locator("[data-outline]").first).to_be_attached()
            touch(box, 0.9, 0.9)
            expect(box.locator("input:checked")).to_have_count(0)
        answer(lesson, "spot")
        lesson.expect_verdict("spot", "wrong")
        expect(box.locator("[data-feedback]")).to_contain_text(lesson.text("area_a_why"))

    def test_an_item_of_an_edition_of_before(self, lesson: Lesson) -> None:
        lesson.box("old").locator(".choice").filter(has_text=lesson.text("single_b")).tap()
        answer(lesson, "old")
        lesson.expect_verdict("old", "wrong")

    def test_nothing_is_found_by_axe_in_what_is_answered(self, lesson: Lesson) -> None:
        # Of two workers, each has answered a part of them on its own tablet.
        for kind, answered in [
            ("single", self.test_choices),
            ("order", self.test_an_order),
            ("match", self.test_matches_and_groups),
            ("gaps", self.test_what_is_written),
            ("spot", self.test_a_spot_is_where_the_finger_was_however_large_the_picture),
            ("old", self.test_an_item_of_an_edition_of_before),
        ]:
            if not lesson.box(kind).locator("[data-feedback]").count():
                answered(lesson)
        expect(lesson.page.locator("[data-feedback]")).to_have_count(len(KINDS))
        for size in (TABLET, PHONE):
            lesson.resize(size)
            check(lesson.page, "answered", DIRECTIONS[lesson.language])
        lesson.resize(TABLET)


def touch(box: Locator, across: float, down: float) -> None:
    picture = box.locator(".spot-picture")
    picture.scroll_into_view_if_needed()
    found = picture.bounding_box()
    assert found
    picture.tap(position={"x": found["width"] * across, "y": found["height"] * down})


class Keys:
    """The keyboard alone: Tab goes to what is wanted, never the mouse."""

    def __init__(self, lesson: Lesson) -> None:
        self.lesson = lesson
        self.press = lesson.page.keyboard.press
        self.write = lesson.page.keyboard.insert_text

    def to(self, target: Locator) -> None:
        focused = "element => element === document.activeElement"
        for _tab in range(40):
            if target.evaluate(focused):
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not reach {target}")

    def on(self, target: Locator, *keys: str) -> None:
        self.to(target)
        for key in keys:
            self.press(key)

    def choose(self, radios: Locator, value: str) -> None:
        """One of several radio buttons: Tab to the first, arrows to the wanted."""
        self.on(radios.first, "Space")
        wanted = radios.locator(f"xpath=self::*[@value='{value}']")
        for _arrow in range(radios.count()):
            if wanted.is_checked():
                return
            self.press("ArrowDown")
        raise AssertionError(f"no arrow reaches {value}")

    def pick(self, select: Locator, value: str) -> None:
        self.to(select)
        for _arrow in range(6):
            if select.input_value() == value:
                return
            self.press("ArrowDown")
        raise AssertionError(f"no arrow reaches {value}")

    def answer(self, kind: str) -> None:
        self.on(self.lesson.box(kind).locator("[data-action=answer]"), "Enter")
        expect(self.lesson.box(kind).locator("[data-feedback]")).to_be_focused()


@pytest.fixture
def keys(lesson: Lesson) -> Keys:
    return Keys(lesson)


def again(lesson: Lesson, keys: Keys, kind: str) -> None:
    """From the feedback of the last answer by Tab to the button; the first field has the focus."""
    button = lesson.box(kind).locator("[data-action=again]")
    if button.count():
        lesson.box(kind).locator("[data-feedback]").focus()
        keys.on(button, "Enter")
        expect(lesson.box(kind).locator("[data-action=answer]")).to_be_visible()
        expect(lesson.box(kind).locator(":focus")).to_have_count(1)


class TestByKeys:
    """Each of them rightly."""

    def test_choices(self, lesson: Lesson, keys: Keys) -> None:
        again(lesson, keys, "single")
        keys.choose(lesson.box("single").locator(".item input"), kinds.name("single_a"))
        keys.choose(lesson.box("single").locator(".sure input"), "1")
        keys.answer("single")
        again(lesson, keys, "multiple")
        for entry in lesson.box("multiple").locator("input").all():
            if entry.get_attribute("value") != kinds.name("multiple_c"):
                keys.on(entry, "Space")
        keys.answer("multiple")
        again(lesson, keys, "truefalse")
        keys.choose(lesson.box("truefalse").locator("input"), kinds.name("false"))
        keys.answer("truefalse")
        for kind in ["single", "multiple", "truefalse"]:
            lesson.expect_verdict(kind, "right")

    def test_an_order(self, lesson: Lesson, keys: Keys) -> None:
        again(lesson, keys, "order")
        put_in_order(lesson, lambda button: keys.on(button, "Enter"))
        keys.answer("order")
        lesson.expect_verdict("order", "right")

    def test_matches_and_groups(self, lesson: Lesson, keys: Keys) -> None:
        again(lesson, keys, "match")
        for entry in lesson.box("match").locator("[data-row]").all():
            pairs = lesson.items["match"]["key"]["pairs"]
            keys.pick(entry.locator("select"), pairs[entry.get_attribute("data-row")])
        keys.answer("match")
        again(lesson, keys, "groups")
        for entry in lesson.box("groups").locator("[data-row]").all():
            groups = lesson.items["groups"]["key"]["groups"]
            keys.choose(entry.locator("input"), groups[entry.get_attribute("data-row")])
        keys.answer("groups")
        for kind in ["match", "groups"]:
            lesson.expect_verdict(kind, "right")

    def test_what_is_written(self, lesson: Lesson, keys: Keys) -> None:
        written = {
            "gaps": [lesson.text("gap_a"), lesson.text("gap_b")],
            "number": ["75"],
            "short": [lesson.text("short_a")],
            "long": [lesson.text("long")],
        }
        for kind, texts in written.items():
            again(lesson, keys, kind)
            fields = lesson.box(kind).locator("input[type=text], textarea")
            for field, text in zip(fields.all(), texts, strict=True):
                keys.to(field)
                keys.write(text)
            keys.answer(kind)
            lesson.expect_verdict(kind, "person" if kind == "long" else "right")

    def test_a_number_and_its_unit(self, lesson: Lesson, keys: Keys) -> None:
        again(lesson, keys, "units")
        keys.to(lesson.box("units").locator("input[type=text]"))
        keys.write("1500")
        keys.pick(lesson.box("units").locator("select"), kinds.name("unit_m"))
        keys.answer("units")
        lesson.expect_verdict("units", "right")

    def test_a_spot_by_arrows_and_by_words(self, lesson: Lesson, keys: Keys) -> None:
        box = lesson.box("spot")
        again(lesson, keys, "spot")
        keys.on(box.locator(".spot-picture"), *["Shift+ArrowLeft"] * 5, "ArrowLeft", "ArrowUp")
        expect(box.locator("[role=status].spot-said")).to_contain_text("24")
        expect(box.locator("[role=status].spot-said")).to_contain_text(lesson.text("area_a"))
        keys.answer("spot")
        lesson.expect_verdict("spot", "right")
        again(lesson, keys, "spot")
        keys.choose(box.locator("input"), kinds.name("area_b"))
        keys.answer("spot")
        lesson.expect_verdict("spot", "wrong")


class TestWhatIsOpen:
    def test_is_not_taken_for_an_answer(self, lesson: Lesson, keys: Keys) -> None:
        for kind in KINDS:
            again(lesson, keys, kind)
            answer(lesson, kind)
            expect(lesson.box(kind).locator("[role=alert]")).to_be_visible()
        expect(lesson.page.locator("[data-feedback]")).to_have_count(0)

    def test_has_nothing_that_axe_finds(self, lesson: Lesson) -> None:
        check(lesson.page, "open", DIRECTIONS[lesson.language])
        lesson.resize(PHONE)
        lesson.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        check(lesson.page, "open, dark, on a phone", DIRECTIONS[lesson.language])
        lesson.page.emulate_media(color_scheme="light")
        lesson.resize(TABLET)

    def test_fits_the_screen_at_twice_the_size_of_text(self, lesson: Lesson) -> None:
        lesson.resize(PHONE)
        lesson.page.evaluate(
            "() => document.documentElement.style.setProperty('font-size', '200%')"
        )
        wide = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not lesson.page.evaluate(wide)
        lesson.page.evaluate("() => document.documentElement.style.removeProperty('font-size')")
        lesson.resize(TABLET)
