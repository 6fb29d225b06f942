"""What of an attempt a trainer should look at. A late arrival is nothing of it: out here all are late."""

from collections.abc import Iterable

from assessments.attempts import chain
from assessments.attempts.said import Said
from assessments.attempts.sitting import Sitting
from assessments.attempts.tests import Test
from assessments.rules import timing

UNTIMED, UNKNOWN, STRANGER = "not-timed", "unknown-item", "another-officer"


def of_the_clock(sitting: Sitting, test: Test | None) -> set[str]:
    """By every answer that was given, not only the last to each item."""
    closing = sitting.closing
    given = [_moment(each) for each in sitting.given]
    end = _moment(closing) if closing else None
    limit = test.limit if test else sitting.limit
    found = set(timing.judged(limit, [moment for moment in given if moment], end))
    if chain.is_owed(sitting, test) and (None in given or (closing and not end)):
        found.add(UNTIMED)
    return found


def _moment(said: Said) -> timing.Moment | None:
    clock = said.timing
    if clock is None:
        return None
    return timing.Moment(said.sequence, clock.elapsed, clock.segment, clock.at, clock.turned_back)


def of_the_items(sitting: Sitting, test: Test | None, asked: Iterable[str]) -> set[str]:
    """An item that this attempt was not to ask, or another version of it than the edition's."""
    if test is None:
        return set()
    drawn = set(asked)
    shown = {each["item"]: each["version"] for each in sitting.shown}
    answered = {str(item): said.item_version for item, said in sitting.answers.items()}
    strange = not drawn.issuperset(shown.keys() | answered.keys())
    lacking = bool(shown) and not drawn.issubset(shown)
    versions = [*shown.items(), *answered.items()]
    other = any(not _same_version(test, item, version) for item, version in versions)
    return {UNKNOWN} if strange or lacking or other else set()


def _same_version(test: Test, item: str, version: int | None) -> bool:
    known = test.items.get(item)
    return known is None or version is None or version == int(known.get("version", 0))


def of_strangers(sitting: Sitting) -> set[str]:
    return {STRANGER} if sitting.strangers else set()
