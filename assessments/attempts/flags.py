"""What of an attempt a trainer should look at. A late arrival is nothing of it: out here all are late."""

from collections.abc import Iterable

from assessments.attempts.said import Said
from assessments.attempts.sitting import Sitting
from assessments.attempts.tests import Test
from assessments.rules import timing

UNKNOWN, STRANGER, TOO_MANY = "unknown-item", "another-officer", "too-many-attempts"


def of_the_clock(sitting: Sitting, test: Test | None) -> set[str]:
    """By every answer that was given, not only the last to each item."""
    closing = sitting.closing
    return set(
        timing.judged(
            test.limit if test else sitting.limit,
            [moment for each in sitting.given if (moment := _moment(each))],
            _moment(closing) if closing else None,
        )
    )


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
