"""However the statements of attempts come, the attempts are the same in the end. EXAMPLES= for more."""

import contextlib
import os
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments import progress, readers
from assessments.attempts import reader
from assessments.models import Attempt, AttemptAnswer, Cursor, Progress, Scope, Statement
from assessments.rules import drawing
from tests.integration.assessments.attempts.conftest import know, publish, timeless
from tests.integration.assessments.conftest import Tablet, make_tablet
from tests.integration.assessments.systems import System, make_system, voiding
from tests.support.attempts import Seal, Sitter, part, right, single, wrong

EXAMPLES = int(os.environ.get("EXAMPLES", "8"))
pytestmark = pytest.mark.django_db(transaction=True)
ITEMS = [single(f"any {number}") for number in range(3)]
TESTS = [
    part("any graded", "graded", ITEMS, attempts=1),
    part("any practice", "practice", ITEMS),
    part("any pre", "pre", ITEMS),
]
# What is done in one attempt: which test, the answers (item, right or wrong), the end, and what is voided.
sittings = st.tuples(
    st.integers(0, 2),
    st.lists(st.tuples(st.integers(0, 2), st.booleans()), max_size=4),
    st.sampled_from(["open", "completed", "passed", "failed"]),
    st.lists(st.integers(0, 5), max_size=1),
)
plans = st.lists(sittings, min_size=1, max_size=3)


def said_in(plan: list[Any], tablet: Tablet, seal: Seal) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for number, (which, answers, end, void) in enumerate(plan):
        began = datetime.now(UTC) - timedelta(days=3 - number)
        sitter = Sitter(tablet.officer.pk, TESTS[which], tablet.module, tablet.grant.device, began=began, seal=seal)  # fmt: skip
        own = [sitter.begins()]
        for item, is_right in answers:
            response = right(ITEMS[item]) if is_right else wrong(ITEMS[item])
            own.append(sitter.answers(ITEMS[item]["id"], response))
        if end != "open":
            own.append(sitter.hands_in(end, None if end == "completed" else 0.3333))
        made += own
        at = began.isoformat()
        made += [{**voiding(own[each]["id"]), "timestamp": at} for each in void if each < len(own)]
    return made


def send(tablet: Tablet, system: System, batch: list[dict[str, Any]]) -> None:
    unique = {each["id"]: each for each in batch}.values()
    own = [each for each in unique if "registration" in each.get("context", {})]
    for statements, sender in (
        (own, tablet),
        ([each for each in unique if each not in own], system),
    ):
        if statements:
            response = sender.posts(statements)
            assert response.status_code == 200, response.content


def outcome() -> tuple[Any, Any]:
    # Without the moment of arrival and of the server's marks.
    known = Progress.objects.order_by("learner", "module").values("state", "score", "lessons")
    return timeless(), list(known)


def forget() -> None:
    for model in (Statement, Attempt, AttemptAnswer, Progress, Cursor):
        model.objects.all().delete()


def catch_up() -> None:
    reader.catch_up()
    progress.catch_up()


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(plans, st.data())
def test_any_order_batching_and_repetition_gives_the_same_attempts(
    transactional_db: None, plan: list[Any], data: st.DataObject
) -> None:
    tablet, system, seal = make_tablet(f"officer-{uuid.uuid4()}"), make_system(Scope.WRITE), Seal()
    publish(tablet.module, TESTS)
    know(ITEMS)
    made = said_in(plan, tablet, seal)
    forget()
    send(tablet, system, made)
    catch_up()
    expected = outcome()

    forget()
    more = data.draw(st.lists(st.sampled_from(made), max_size=3))
    everything = data.draw(st.permutations([*made, *more]))
    usual = readers.BATCH
    readers.BATCH = data.draw(st.integers(1, 5), label="batch of the reader")
    try:
        while everything:
            size = data.draw(st.integers(1, len(everything)))
            send(tablet, system, everything[:size])
            everything = everything[size:]
            if data.draw(st.booleans()):
                killed_once(data.draw(st.integers(0, 2)))
                catch_up()
        catch_up()
        assert outcome() == expected
        before = Statement.objects.count()
        for rebuilt in (False, True):
            if rebuilt:
                for model in (Attempt, AttemptAnswer):
                    model.objects.all().delete()
            reader.rebuild()
            progress.rebuild()
            assert outcome() == expected
        assert Statement.objects.count() == before
    finally:
        readers.BATCH = usual


def killed_once(after: int) -> None:
    """The reader dies before it commits the batch behind so many."""
    fold = reader.ATTEMPTS.fold
    left = [after]

    def dies(rows: list[Statement], cursor: Cursor) -> None:
        fold(rows, cursor)
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt

    broken = readers.Reader(reader.ATTEMPTS.name, dies)
    with contextlib.suppress(KeyboardInterrupt):
        broken.catch_up()


def test_the_drawn_items_are_those_of_the_tablet() -> None:
    """Else every attempt of these tests would be flagged."""
    attempt = str(uuid.uuid4())
    assert drawing.draw(attempt, TESTS[0]["sections"]) == [each["id"] for each in ITEMS]
