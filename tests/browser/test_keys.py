"""What only the server knows of a test is nowhere on the tablet, and never crosses the line to it."""

import json

from tests.browser import answering, sittings, steps
from tests.browser.answering import Item
from tests.support import wire
from tests.support.log import Log
from tests.support.proxy import Proxy
from tests.support.server import wait_until
from tests.support.tablet import Tablet

TESTS = (steps.PRETEST, steps.POSTTEST, steps.GRADED)


def measuring() -> list[Item]:
    forms = steps.PRETEST["forms"]
    keys = {key for form in forms.values() for key in form}
    keys |= {key for section in steps.GRADED["sections"] for key in section["items"]}
    return [item for item in answering.bank("introduction").values() if item["key"] in keys]


def told(questions: list[Item]) -> list[str]:
    """The sentences that tell what is right."""
    choices = [choice for question in questions for choice in question.get("choices", [])]
    return [each["feedback"] for each in choices] + [each["explanation"] for each in questions]


def is_in(sentence: str, texts: list[str]) -> bool:
    """As it is, or as JSON has it."""
    written = {sentence, *(json.dumps(sentence, ensure_ascii=way)[1:-1] for way in (True, False))}
    return any(form in text for text in texts for form in written)


def test_no_key_of_a_test_that_measures_is_kept_on_the_tablet_or_crosses_the_line_to_it(
    tablet: Tablet, line: Proxy, log: Log
) -> None:
    line.heard = []
    page = sittings.ready(tablet)
    steps.open_module(page)
    for test in TESTS:
        steps.part(page, test).click()
        steps.take(page, wrong=2)
        steps.back_to_module(page)
    wait_until(lambda: log.count("officer1", "completed") == 3, seconds=30, what="the handing in")
    # With what the server says of them.
    page.goto(f"{tablet.url}/learn/#/")
    steps.module_card(page).locator("[data-state=passed]").wait_for()
    secrets = told(measuring())
    assert len(secrets) > 100
    for place in (sittings.everything_on(page), wire.texts(line.heard)):
        # What was looked through has the questions, and what practice tells.
        assert all(is_in(item["text"].strip(), place) for item in measuring())
        assert all(is_in(sentence.strip(), place) for sentence in told(steps.TEST["questions"]))
        assert [each for each in secrets if is_in(each.strip(), place)] == []
    rows = [each for row in sittings.attempts(page) for each in row["test"]["items"]]
    assert len(rows) == 10 + 10 + 12
    assert not any({"key", "explanation", "source"} & set(each) for each in rows)
