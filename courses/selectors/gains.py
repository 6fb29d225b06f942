"""What was learned in each module between its pre-test and its post-test."""

import uuid
from dataclasses import dataclass
from decimal import Decimal

from assessments.models import Attempt
from assessments.results.contents import contents
from assessments.results.gains import NONE, Learned, LearningGain, learning_gain, pairs
from assessments.results.parts import Parts
from assessments.results.sittings import MOST, by_time, first_marked, sittings
from assessments.rules.statistics import Gain
from courses import rules
from courses.selectors.forms import PAIRED
from courses.selectors.sat import Sat
from courses.selectors.standings import Roll


@dataclass(frozen=True)
class GainRow:
    """The gain in one objective, or in the whole test where `label` is blank; `same_form`: of how many
    officers with the same questions twice. Rounded here, once for the screen and the file."""

    label: str
    gain: Gain
    same_form: int

    @property
    def pre(self) -> Decimal:
        return rules.computed(self.gain.pre)

    @property
    def post(self) -> Decimal:
        return rules.computed(self.gain.post)

    @property
    def points(self) -> int | None:
        return rules.points(self.gain.mean)

    @property
    def low(self) -> int | None:
        return rules.points(self.gain.low)

    @property
    def high(self) -> int | None:
        return rules.points(self.gain.high)

    @property
    def normalised(self) -> float | None:
        return rules.hundredths(self.gain.normalised)

    @property
    def individual(self) -> float | None:
        return rules.hundredths(self.gain.individual)


@dataclass(frozen=True)
class ModuleGain:
    module: uuid.UUID
    heading: str
    rows: list[GainRow]


def gains(roll: Roll, sat: Sat, parts: Parts) -> list[ModuleGain]:
    """Of all these officers together, by module; three queries for all modules."""
    chosen = {module: _paired(roll, sat, module) for module in roll.headings}
    every = [attempt for found in chosen.values() for attempt in found]
    known = contents(every)
    sat_again = {sitting.attempt.pk: sitting for sitting in sittings(every)}
    found = [
        (module, learning_gain([sat_again[each.pk] for each in attempts], known))
        for module, attempts in chosen.items()
    ]
    return sorted(
        (
            ModuleGain(module, roll.headings[module], _rows(one, parts))
            for module, one in found
            if one
        ),
        key=lambda each: rules.natural(each.heading),
    )


def _paired(roll: Roll, sat: Sat, module: uuid.UUID) -> list[Attempt]:
    """The first marked pre-test and post-test of each officer with both, in any of the cohorts that has the
    module; of the MOST who handed in the post-test last."""
    learners = {
        officer.pk
        for cohort, assignments in roll.assignments.items()
        if any(each.module == module for each in assignments)
        for officer in roll.officers.get(cohort, [])
    }
    attempts = [each for learner in learners for each in sat.get((learner, module), [])]
    marked = first_marked(each for each in attempts if each.purpose in PAIRED)
    newest = sorted(pairs(marked).values(), key=lambda pair: by_time(pair[1]))[-MOST:]
    return [attempt for pair in newest for attempt in pair]


def _rows(found: LearningGain, parts: Parts) -> list[GainRow]:
    """The whole test first, then the objectives in the order of the module."""
    order = {objective: place for place, objective in enumerate(parts.objectives)}
    names = sorted(found.objectives, key=lambda name: (order.get(name, len(order)), name))
    labels = {name: parts.objective("" if name == NONE else name) for name in names}
    return [_row("", found.whole), *(_row(labels[name], found.objectives[name]) for name in names)]


def _row(label: str, learned: Learned) -> GainRow:
    return GainRow(label, learned.gain, learned.same_form)
