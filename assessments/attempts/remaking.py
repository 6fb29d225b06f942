"""Making the rows of some attempts anew, from all that the log has of them."""

import logging
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from assessments.attempts import (
    chain,
    flags,
    keys,
    marking,
    neighbours,
    rows,
    tablet_keys,
    tests,
    verdicts,
)
from assessments.attempts.keys import Keys
from assessments.attempts.marking import Result
from assessments.attempts.said import Said, read
from assessments.attempts.sitting import Sitting, put_together
from assessments.attempts.tests import Named, Test
from assessments.attempts.unreadable import UNREADABLE
from assessments.attempts.voids import slices, voided
from assessments.models import Attempt, AttemptAnswer, Cursor, Mark, Standing, Statement
from assessments.rules.progress import Elsewhere

# No attempt of a tablet has so many statements; of one that has more, the first are looked at.
MOST = 5000
logger = logging.getLogger("elearning.attempts")


@dataclass(frozen=True)
class _Found:
    """What is looked up for all of them at once."""

    tests: Mapping[Named, Test]
    keys: Keys
    publics: chain.Publics
    marks: Mapping[uuid.UUID, list[Mark]]


def remake(
    places: Mapping[uuid.UUID, Collection[int]], known: Mapping[int, Said], cursor: Cursor
) -> None:
    """Of each of these attempts, from what stands at these places of the log and at those where the
    row says that more of it is. `known` was read just now; what of the rest can't be read is counted
    in `cursor`. Needs a transaction, and the reader's lock.
    """
    if not places:
        return
    before = rows.of(places)
    sittings = _sittings(places, known, before, cursor)
    found = _look_up([each for each in sittings.values() if each])
    after: dict[uuid.UUID, Attempt | None] = {}
    answers: list[AttemptAnswer] = []
    found_to_be = []
    for name, sitting in sittings.items():
        try:
            made = _made(sitting, found) if sitting else _Made()
        except UNREADABLE as error:
            # A key of a shape that no rule foresaw must not stop the reader for everybody; the row stays as it is.
            cursor.unreadable += 1
            logger.warning("Attempt %s cannot be put together: %s", name, type(error).__name__)
            continue
        after[name] = made.row
        answers += made.answers
        found_to_be.append(made.verdict)
    neighbours.flag(after, before)
    rows.write_answers(list(after), answers)
    tablet_keys.tell(found.publics.values())
    for name, written in verdicts.write(each for each in found_to_be if each).items():
        if row := after[name]:
            row.statements = sorted({*row.statements, *written})
    rows.write(after, before)


@dataclass(frozen=True)
class _Made:
    """What becomes of one attempt; nothing where all that was said of it is void."""

    row: Attempt | None = None
    answers: list[AttemptAnswer] = field(default_factory=list)
    verdict: Any = None


def _made(sitting: Sitting, found: _Found) -> _Made:
    test = found.tests.get(sitting.named)
    result = _result(sitting, test, found)
    return _Made(
        row=_row(sitting, test, result, found),
        answers=list(_answers(sitting, test, result)),
        verdict=verdicts.verdict(sitting, test, result) if test else None,
    )


def _sittings(
    places: Mapping[uuid.UUID, Collection[int]],
    known: Mapping[int, Said],
    before: Mapping[uuid.UUID, Attempt],
    cursor: Cursor,
) -> dict[uuid.UUID, Sitting | None]:
    more = {name: before[name].statements if name in before else [] for name in places}
    wanted = {name: sorted({*places[name], *more[name]})[:MOST] for name in places}
    said = dict(known)
    for some in slices([seq for each in wanted.values() for seq in each if seq not in known]):
        for row in Statement.objects.filter(seq__in=some):
            if each := readable(row, cursor):
                said[row.seq] = each
    void = voided(each.statement for each in said.values())
    return {name: put_together(_of(name, wanted[name], said), void) for name in wanted}


def _of(attempt: uuid.UUID, places: Iterable[int], said: Mapping[int, Said]) -> list[Said]:
    found = [said[seq] for seq in places if seq in said]
    return [each for each in found if each.attempt == attempt]


def readable(row: Statement, cursor: Cursor) -> Said | None:
    """None for what is of no attempt; one that can't be read is counted and named by its place only."""
    try:
        return read(row)
    except Elsewhere:
        return None
    except UNREADABLE as error:
        cursor.unreadable += 1
        logger.warning("Statement %d tells no attempt: %s", row.seq, type(error).__name__)
        return None


def _look_up(sittings: list[Sitting]) -> _Found:
    named = tests.find(each.named for each in sittings)
    marks: dict[uuid.UUID, list[Mark]] = defaultdict(list)
    for some in slices([each.attempt for each in sittings]):
        for mark in Mark.objects.filter(attempt__in=some):
            marks[mark.attempt].append(mark)
    return _Found(named, keys.find(named.values()), chain.keys_of(sittings), marks)


def _result(sitting: Sitting, test: Test | None, found: _Found) -> Result:
    if test is None:
        return _taken_over(sitting)
    marks = found.marks.get(sitting.attempt, [])
    hands = marking.hands_of(sitting, test, found.keys, marks)
    result = marking.result_of(sitting, test, found.keys, hands)
    return result if result.score and sitting.closing else _taken_over(sitting, result)


def _taken_over(sitting: Sitting, result: Result | None = None) -> Result:
    """What another server has found, where this one cannot mark."""
    result = result or Result()
    mark = _newest(sitting.marks)
    if mark is None:
        return result
    return replace(result, marks=marking.marks_of(mark), hands=dict(marking.elsewhere(mark)))


def _row(sitting: Sitting, test: Test | None, result: Result, found: _Found) -> Attempt:
    head, closing = sitting.head, sitting.closing
    end = closing or _newest(sitting.marks)
    named = sitting.named
    return Attempt(
        id=sitting.attempt,
        learner=sitting.officer,
        module=named.module,
        test=named.test,
        purpose=test.purpose if test else sitting.purpose,
        form=_form(sitting, test),
        assignment=sitting.assignment,
        language=named.language,
        version=named.version,
        device=head.device,
        items=_items(sitting, test, result),
        begun=sitting.begun.at if sitting.begun else None,
        handed_in=end.at if end else None,
        arrived=max(each.stored for each in sitting.said or sitting.marks),
        elapsed=closing.timing.elapsed if closing and closing.timing else None,
        claimed=closing.score if closing else None,
        allowed=test.attempts if test else 0,
        objectives=result.objectives if closing else [],
        comments=_comments(result),
        missing_key=chain.missing_key(sitting, found.publics),
        statements=sitting.places,
        flags=sorted(
            flags.of_the_clock(sitting, test)
            | flags.of_the_items(sitting, test, result.asked)
            | flags.of_strangers(sitting)
            | chain.flags(sitting, test, found.publics)
        ),
        **_standing(sitting, test, result),
    )


def _form(sitting: Sitting, test: Test | None) -> str:
    if test is None:
        return sitting.form
    return (sitting.form or test.form_of(map(str, sitting.answers))) if test.forms else ""


def _items(sitting: Sitting, test: Test | None, result: Result) -> list[dict[str, Any]]:
    """As they were shown; what the tablet has not said (yet), as they were to be drawn."""
    if sitting.shown or test is None:
        return sitting.shown
    return [
        {"item": item, "version": int(test.items[item].get("version", 0)), "order": []}
        for item in result.asked
        if item in test.items
    ]


def _standing(sitting: Sitting, test: Test | None, result: Result) -> dict[str, Any]:
    """`standing`, `scaled` and `passed`."""
    if sitting.void:
        return _stands(Standing.VOID)
    mark = _newest(sitting.marks)
    if sitting.closing is None and mark is None:
        return _stands(Standing.OPEN)
    if test is None or result.score is None or sitting.closing is None:
        # Another server may have the key, or have heard more.
        if mark is None:
            return _stands(Standing.ELSEWHERE)
        return _stands(Standing.MARKED, mark.score, mark.success)
    if result.score.scaled is None:
        return _stands(Standing.TO_MARK)
    passed = None if test.forms else result.score.passed
    return _stands(Standing.MARKED, result.score.scaled, passed)


def _stands(
    standing: Standing, scaled: Decimal | None = None, passed: bool | None = None
) -> dict[str, Any]:
    return {"standing": standing.value, "scaled": scaled, "passed": passed}


def _newest(marks: Iterable[Said]) -> Said | None:
    """The one in which a person marked last; any other two differ by what came before."""

    def order(said: Said) -> tuple[str, uuid.UUID]:
        given = [each.at.isoformat() for _item, each in marking.elsewhere(said)]
        return max(given, default=""), said.statement

    return max(marks, key=order, default=None)


def _comments(result: Result) -> list[dict[str, Any]]:
    return [
        {"item": item, "points": given.points, "out_of": given.out_of, "comment": given.comment}
        for item, given in result.hands.items()
    ]


def _answers(sitting: Sitting, test: Test | None, result: Result) -> Iterable[AttemptAnswer]:
    for item, said in sitting.answers.items():
        asked = test.items.get(str(item)) if test else None
        version = int(asked.get("version", 0)) if asked else said.item_version
        mark = result.marks.get(str(item))
        yield AttemptAnswer(
            attempt=sitting.attempt,
            learner=sitting.officer,
            item=item,
            version=version or 0,
            statement=said.statement,
            sequence=said.sequence,
            response=said.response,
            confidence=said.confidence,
            points=mark.points if mark else None,
            out_of=mark.out_of if mark else 1,
            elapsed=said.timing.elapsed if said.timing else None,
            spent=said.timing.spent if said.timing else None,
            at=said.at,
        )
