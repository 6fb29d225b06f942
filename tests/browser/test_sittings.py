"""Tests that are taken offline: timed, question by question, without a key, chained and sealed."""

import datetime as dt

from playwright.sync_api import Page, expect

from assessments.rules import forms
from tests.browser import sittings, steps
from tests.browser.conftest import NewTablet
from tests.browser.sittings import a_test, extension, item, verb
from tests.support.database import Database
from tests.support.log import Log
from tests.support.proxy import Proxy
from tests.support.server import Server, wait_until
from tests.support.tablet import Tablet

NAMES = ("g0", "g1", "g2", "g3")
FOUR = [item(name) for name in NAMES]


def back_on(tablet: Tablet, later: dt.timedelta) -> Page:
    """The tablet starts again after the battery was empty for that long."""
    tablet.start()
    tablet.page.clock.install(time=dt.datetime.now(dt.UTC) + later)
    page = tablet.open()
    steps.sign_in(page, "officer1")
    expect(page.locator("[data-page=home]")).to_be_visible()
    return page


def result_of(attempt: str, test: dict, **more: object) -> dict:
    """As `results` of the assignments API has it."""
    now = dt.datetime.now(dt.UTC).isoformat()
    objectives = [{"objective": sittings.OBJECTIVE, "share": 0.75, "mastered": False}]
    return {
        "attempt": attempt, "test": test["id"], "module": sittings.MODULE,
        "purpose": test["purpose"], "state": "marked", "scaled": 0.75, "passed": False,
        "handed_in": now, "objectives": objectives, "comments": [], **more,
    }  # fmt: skip


def test_a_timed_test_goes_question_by_question_through_a_kill_with_the_server_dead(
    tablet: Tablet, server: Server, db: Database, log: Log
) -> None:
    test = a_test("graded", "graded", FOUR, minutes=10, one_by_one=True)
    sittings.offer(db, test)
    page = sittings.ready(tablet)
    server.stop()
    sittings.open_test(page, test)
    expect(page.locator("[data-rule=time]")).to_contain_text("10 minutes")
    expect(page.locator("[data-rule=one-by-one]")).to_contain_text("can not go back")
    page.locator("[data-action=begin]").click()
    sittings.tick(page, "g0")
    expect(page.locator("[data-left=minutes]")).to_contain_text("10 minutes left")
    page.locator("[data-action=next]").click()
    expect(page.locator("h1")).to_have_text("Question g1?")
    (before,) = sittings.attempts(page)
    killed = dt.datetime.now(dt.UTC)
    tablet.kill()

    page = back_on(tablet, dt.timedelta(minutes=4))
    sittings.open_test(page, test)
    expect(page.locator("h1")).to_have_text("Question g1?")
    expect(page.locator("[data-action=previous]")).to_have_count(0)
    expect(page.locator("[data-left=minutes]")).to_contain_text("6 minutes left")
    (after,) = sittings.attempts(page)
    dead = dt.datetime.now(dt.UTC) - killed + dt.timedelta(minutes=4)
    ran = after["timing"]["elapsed"] - before["timing"]["elapsed"]
    # Both were noted some seconds before they were looked at.
    assert abs(ran - dead.total_seconds() * 1000) < 12_000
    sittings.answer(page, *NAMES[1:])
    sittings.hand_in(page)
    expect(page.locator("[data-result=handed-in]")).to_contain_text("Handed in.")
    expect(page.locator("main")).to_contain_text("Your result comes after the next contact.")
    expect(page.locator("[data-feedback], [data-result=passed]")).to_have_count(0)

    server.start()
    page.evaluate("() => dispatchEvent(new Event('online'))")
    wait_until(lambda: log.count("officer1", "completed") == 1, seconds=60, what="the handing in")
    found = sittings.statements(log, "officer1")
    assert [verb(row) for row in found] == ["initialized", *["answered"] * 4, "completed"]
    assert extension(found[0], "attempt")["limit"] == 600_000
    assert [extension(row, "timing")["segment"] for row in found[1:]] == [0, 1, 1, 1, 1]
    times = [extension(row, "timing")["elapsed"] for row in found[1:]]
    assert times == sorted(times)
    assert times[1] - times[0] >= 240_000
    for row in found[1:5]:
        assert set(row["result"]) == {"response"}
    assert found[-1]["result"]["completion"] is True
    assert found[-1]["result"].keys() == {"completion", "duration"}
    sittings.verify_chain(found, sittings.public_key(page))


def test_a_test_whose_time_ran_out_while_the_tablet_was_dead_is_handed_in_with_what_was_ticked(
    tablet: Tablet, line: Proxy, db: Database, log: Log
) -> None:
    test = a_test("short", "graded", FOUR, minutes=3)
    sittings.offer(db, test)
    page = sittings.ready(tablet)
    line.go_offline()
    sittings.begin(page, test)
    sittings.tick(page, "g0")
    tablet.kill()

    page = back_on(tablet, dt.timedelta(hours=1))
    page.evaluate(f"() => (location.hash = '#/module/{sittings.MODULE}')")
    expect(steps.part(page, test).locator("[data-state=handed-in]")).to_be_visible()
    sittings.open_test(page, test)
    page.locator("[data-action=look]").click()
    expect(page.locator("[data-over]")).to_contain_text("The time was over")
    line.go_online()
    page.evaluate("() => dispatchEvent(new Event('online'))")
    wait_until(lambda: log.count("officer1", "completed") == 1, seconds=60, what="the handing in")
    _begun, answered, closed = sittings.statements(log, "officer1")
    assert extension(answered, "timing")["elapsed"] < 180_000
    assert closed["result"]["duration"] == "PT180.00S"


def test_two_devices_agree_on_form_a_and_form_b_without_asking(
    new_tablet: NewTablet, line: Proxy, db: Database, log: Log
) -> None:
    eight = [item(f"p{n}") for n in range(8)]
    pre = a_test("pre", "pre", eight)
    post = a_test("post", "post", eight, pair=pre["id"])
    sittings.offer(db, pre, post)
    tablets = [new_tablet("first"), new_tablet("second")]
    pages = [sittings.ready(tablet) for tablet in tablets]
    line.go_offline()
    sittings.begin(pages[0], pre)
    sittings.begin(pages[1], post)
    sittings.begin(pages[1], pre)
    (first,) = sittings.attempts(pages[0])
    second = {row["part"]: row for row in sittings.attempts(pages[1])}
    assert first["form"] == second[pre["id"]]["form"] != second[post["id"]]["form"]
    assert first["assignment"]
    officer = log.user_id("officer1")
    assert first["form"] == forms.form(officer, first["assignment"], "pre")
    for row in (first, *second.values()):
        test = pre if row["part"] == pre["id"] else post
        assert [each["item"] for each in row["items"]] == test["forms"][row["form"]]


def test_there_is_no_way_back_to_an_earlier_question_also_after_a_reload(
    tablet: Tablet, db: Database
) -> None:
    test = a_test("forward", "graded", FOUR, one_by_one=True)
    sittings.offer(db, test)
    page = sittings.ready(tablet)
    sittings.begin(page, test)
    page.locator("[data-action=next]").click()
    # Said before it is too late.
    expect(page.locator("[data-blank]")).to_contain_text("can not come back")
    page.locator("[data-action=next]").click()
    expect(page.locator("h1")).to_have_text("Question g1?")
    sittings.answer(page, "g1")
    expect(page.locator("h1")).to_have_text("Question g2?")
    page.reload()
    expect(page.locator("h1")).to_have_text("Question g2?")
    expect(page.locator("[data-action=previous]")).to_have_count(0)
    sittings.answer(page, "g2", "g3")
    expect(page.locator("[data-screen=look] [data-unanswered='1']")).to_be_visible()
    expect(page.locator("[data-step], [data-action=previous]")).to_have_count(0)


def test_attempts_are_counted_results_are_shown_and_the_next_officer_sees_none_of_it(
    tablet: Tablet, line: Proxy, db: Database, log: Log
) -> None:
    once = a_test("once", "graded", FOUR, attempts=1)
    elsewhere = a_test("elsewhere", "pre", FOUR, attempts=1)
    sittings.offer(db, once, elsewhere)
    page = sittings.ready(tablet)
    line.go_offline()
    sittings.begin(page, once)
    sittings.answer(page, *NAMES)
    sittings.hand_in(page)
    sittings.open_test(page, once)
    expect(page.locator("[data-none-left]")).to_contain_text("1 time only")
    expect(page.locator("[data-action=begin]")).to_have_count(0)

    # What the server will say, with an attempt on another tablet in it.
    (mine,) = sittings.attempts(page)
    comment = {"item": FOUR[0]["id"], "points": 2, "out_of": 3, "comment": "Name the source."}
    results = [
        result_of(mine["id"], once, comments=[comment]),
        result_of(sittings.uid("other attempt"), elsewhere, passed=None),
    ]
    sittings.put(page, log, "officer1", "kept", "refreshed", {"results": results})
    sittings.open_test(page, elsewhere)
    expect(page.locator("[data-none-left]")).to_be_visible()
    sittings.open_test(page, once)
    page.locator("[data-action=look]").click()
    expect(page.locator("[data-result=failed]")).to_be_visible()
    expect(page.locator("main")).to_contain_text("75%")
    objective = page.locator(f"[data-objective='{sittings.OBJECTIVE}']")
    expect(objective).to_contain_text("You can name the elements")
    expect(page.locator("[data-comment]")).to_contain_text("Name the source.")
    page.evaluate(f"() => (location.hash = '#/module/{sittings.MODULE}')")
    expect(steps.part(page, once)).to_contain_text("Graded test")
    expect(steps.part(page, once).locator("[data-state=failed]")).to_be_visible()
    expect(steps.part(page, elsewhere).locator("[data-state=done]")).to_contain_text("75%")

    steps.sign_out(page)
    line.go_online()
    steps.sign_in(page, "officer2")
    expect(page.locator("[data-page=home]")).to_be_visible()
    sittings.open_test(page, once)
    expect(page.locator("[data-action=look], [data-none-left]")).to_have_count(0)
    expect(page.locator("[data-action=begin]")).to_be_visible()
    wait_until(lambda: log.count("officer1", "completed") == 1, seconds=30, what="the handing in")
    assert log.count("officer2", "initialized") == 0


def test_each_graded_test_has_its_own_state_whatever_has_passed_the_module(
    tablet: Tablet, line: Proxy, db: Database, log: Log
) -> None:
    taken, other = (a_test(name, "graded", FOUR) for name in ("taken", "other"))
    sittings.offer(db, taken, other)
    page = sittings.ready(tablet)
    line.go_offline()
    # On another tablet: practice first, which decided then, and one of the tests.
    progress = {"module": sittings.MODULE, "state": "passed", "score": 1, "lessons": []}
    results = [result_of(sittings.uid("another attempt"), taken, passed=True)]
    told = {"progress": [progress], "results": results}
    sittings.put(page, log, "officer1", "kept", "refreshed", told)
    steps.open_module(page)
    expect(page.locator("[data-page=module] .notice.ok")).to_be_visible()
    expect(steps.part(page, taken).locator("[data-state=passed]")).to_contain_text("75%")
    for test in (other, steps.GRADED):
        expect(steps.part(page, test).locator("[data-state=not-started]")).to_be_visible()


def test_a_result_is_shown_by_itself_when_the_network_is_back(
    tablet: Tablet, line: Proxy, log: Log
) -> None:
    page = sittings.ready(tablet)
    line.go_offline()
    sittings.open_test(page, steps.GRADED)
    steps.take(page)
    steps.back_to_module(page)
    state = steps.part(page, steps.GRADED).locator("[data-state]")
    expect(state).to_have_attribute("data-state", "handed-in")
    line.go_online()
    page.evaluate("() => dispatchEvent(new Event('online'))")
    expect(state).to_have_attribute("data-state", "passed")
    # What is passed is no next step; what was left out may be done all the same.
    expect(page.locator("[data-page=module] .notice.ok")).to_be_visible()
    expect(page.locator("[data-action=continue]")).to_contain_text(steps.PRETEST["heading"])
    steps.part(page, steps.GRADED).click()
    expect(page.locator("[data-action=begin]:not(.button-primary)")).to_be_visible()


def test_an_attempt_begun_before_the_app_was_updated_goes_on_without_chain_and_clock(
    tablet: Tablet, line: Proxy, db: Database, log: Log
) -> None:
    page = sittings.begin_deciding_practice(tablet, line, db)
    steps.answer_test(page, upto=2)
    questions = steps.TEST["questions"]
    expect(page.locator("h1")).to_have_text(questions[2]["text"])
    (row,) = sittings.attempts(page)
    # As the first version of the app kept it.
    old_items = [
        {
            **each,
            "choices": [
                {**choice, "correct": asked["choices"][n]["correct"], "feedback": ""}
                for n, choice in enumerate(each["choices"])
            ],
        }
        for each, asked in zip(row["test"]["items"], questions, strict=True)
    ]
    for each in old_items:
        for name in ("key", "version", "objective", "difficulty", "confidence", "shuffle"):
            each.pop(name, None)
    names = ("id", "kind", "heading", "summary", "language", "pass_mark")
    test = {name: row["test"][name] for name in names} | {"questions": old_items}
    plain = ("id", "module", "part", "answers", "index", "begun", "handedIn", "result")
    third = [choice["id"] for n, choice in enumerate(old_items[2]["choices"]) if choice["correct"]]
    edition = {name: row["edition"][name] for name in ("module", "language", "version")}
    old = {name: row[name] for name in plain} | {"test": test, "edition": edition}
    page.goto(f"{tablet.url}/learn/#/")
    expect(page.locator("[data-page=home]")).to_be_visible()
    old["drafts"] = {old_items[2]["id"]: third}
    sittings.put(page, log, "officer1", "attempts", None, old)
    tablet.kill()
    tablet.start()
    page = tablet.open()
    steps.sign_in(page, "officer1")
    page.goto(f"{tablet.url}/learn/#/module/{steps.MODULE['id']}")
    steps.open_practice_test(page)
    expect(page.locator("label.chosen")).not_to_have_count(0)
    page.locator("[data-action=next]").click()
    steps.answer_rest(page, begun=3)
    result = steps.hand_in(page)
    expect(result.locator("[data-result=passed]")).to_be_visible()
    expect(result.locator("[data-answer=right]")).to_have_count(len(questions))
    line.go_online()
    page.evaluate("() => dispatchEvent(new Event('online'))")
    wait_until(lambda: log.count("officer1", "passed") == 1, seconds=30, what="the result")
    last = sittings.statements(log, "officer1")[-1]
    assert extension(last, "chain") is None
    assert extension(last, "timing") is None


def test_practice_that_decides_nothing_is_scored_and_asks_how_sure(
    tablet: Tablet, db: Database, log: Log
) -> None:
    sure = [item("s0", confidence=True), item("s1")]
    test = a_test("practice", "practice", sure)
    sittings.offer(db, test, a_test("final", "graded", FOUR))
    page = sittings.ready(tablet)
    for _time in range(2):
        sittings.open_test(page, test)
        page.locator("[data-action=begin]").click()
        sittings.tick(page, "s0")
        page.locator(".sure label").filter(has_text="Very sure").locator("input").check()
        page.locator("[data-action=next]").click()
        sittings.tick(page, "s1", 1)
        page.locator("[data-action=next]").click()
        sittings.hand_in(page)
        expect(page.locator("[data-answer=right]")).to_have_count(1)
        expect(page.locator("[data-result]")).to_have_count(0)
    wait_until(lambda: log.count("officer1", "scored") == 2, seconds=30, what="the scores")
    assert log.count("officer1", "failed") == 0
    found = sittings.statements(log, "officer1")
    told = [
        extension(row, "confidence") for row in found if row["object"]["id"].endswith(sure[0]["id"])
    ]
    assert told[-1] == 3
    assert found[-1]["result"]["score"]["scaled"] == 0.5
    orders = {
        tuple(extension(row, "attempt")["items"][0]["order"])
        for row in found
        if verb(row) == "initialized"
    }
    assert all(set(order) == {each["id"] for each in sure[0]["choices"]} for order in orders)


def test_two_tabs_can_not_fork_the_chain_of_an_attempt(
    tablet: Tablet, db: Database, log: Log
) -> None:
    test = a_test("tabs", "graded", FOUR)
    sittings.offer(db, test)
    page = sittings.ready(tablet)
    sittings.begin(page, test)
    second = tablet.context.new_page()
    second.goto(tablet.url + "/learn/")
    steps.sign_in(second, "officer1")
    expect(second.locator("[data-page=home]")).to_be_visible()
    sittings.open_test(second, test)
    expect(second.locator("[data-screen=question]")).to_be_visible()
    for n in (0, 1, 2):
        for tab in (page, second):
            text = "g0 choice " + str(n if tab is page else 2 - n)
            tab.locator("label.choice").filter(has_text=text).locator("input").check()
        page.wait_for_timeout(1_500)
    page.bring_to_front()
    # A tab that is behind begins anew from what the other has kept, and may lose a tap on it.
    while page.locator("[data-screen=question]").count():
        page.locator("[data-action=next]").click()
        page.wait_for_timeout(500)
    sittings.hand_in(page)
    wait_until(lambda: log.count("officer1", "completed") == 1, seconds=30, what="the handing in")
    found = sittings.statements(log, "officer1")
    assert len(found) > 4
    sittings.verify_chain(found, sittings.public_key(page))
