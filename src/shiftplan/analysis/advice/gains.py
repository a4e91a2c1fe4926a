"""What advice is: steps that gain, several trainings at once, and what became of the others.

`Step`s, tried and checked -> `Gain`s, `TrainedTogether` -> `Advice`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from shiftplan.analysis.advice.courses import Courses
from shiftplan.analysis.advice.newcomers import Filling
from shiftplan.analysis.advice.steps import Kind, Step
from shiftplan.problem import Problem
from shiftplan.scoring.check import Score
from shiftplan.week.json_form import LevelKey, Written
from shiftplan.week.roster import Roster

Missed = Literal["no_gain", "not_known"]
"""What a trial without a gain says: near there none exists, or time was over before that was known.
"""
Fate = Literal["gains", "excluded", "no_time"] | Missed
"""What became of a step that promised much; `excluded`: a bound proves that it gains nothing."""


@dataclass(frozen=True)
class Gain(Written):
    """A step and what it gains: the cost of the given roster less that of `roster`, checked."""

    json_keys = "*step shifts total levels seats at_most proven without"

    step: Step
    """What is changed."""
    roster: Roster
    """A roster of the problem with the step taken."""
    shifts: tuple[str, ...]
    """Ids of the shifts that the person works in it; none when the step is about a center."""
    total: int
    """Gain in the total. It is a gain that is certain: another roster may gain more."""
    levels: Mapping[LevelKey, int]
    """Level -> gain, dearest level first."""
    seats: int
    """Empty seats fewer."""
    at_most: int | None
    """Proven: no roster of the problem with the step taken gains more; None when unknown."""
    proven: bool
    """Whether the search near there ended: no roster is better in which only the people near there
    work otherwise. Better is meant as the search weighs it: each changed assignment has a price
    (`STAY`), and in the strict order of levels the total does not count. It is said of the
    step as it was tried; skill that its gain did not need was left out afterwards."""
    without: int | None = None
    """Part of the gain that solving again near there brings without the step; None when there was
    no time to look."""

    @property
    def own(self) -> int:
        """Gain that is due to the step: the total less what is known to need no step."""
        return self.total - (self.without or 0)


@dataclass(frozen=True)
class TrainedTogether(Written):
    """Several trainings at once: what they gain is seldom the sum of what each gains."""

    json_keys = "steps total levels seats"

    steps: tuple[Step, ...]
    """The trainings, each of another person."""
    roster: Roster
    """A roster of the problem with all of them, checked."""
    total: int
    """Gain in the total."""
    levels: Mapping[LevelKey, int]
    """Level -> gain, dearest level first."""
    seats: int
    """Empty seats fewer."""


@dataclass(frozen=True)
class Advice(Written):
    """What would help a roster most, each step by itself."""

    json_keys = (
        "total=score.total levels=score.levels bound gains together courses filling examined "
        "promising tried undecided"
    )

    score: Score
    """Score of the given roster."""
    bound: int | None
    """Proven: without any step no roster costs less; None when there was no time for it."""
    gains: tuple[Gain, ...]
    """Steps that were tried and gain, the best first."""
    together: TrainedTogether | None
    """The trainings among them at once; None where there are fewer than two, or no time."""
    courses: Courses | None
    """Courses that would help in later weeks; None when nobody asked."""
    filling: Filling | None
    """The people who would fill all empty seats; None when nobody asked."""
    examined: Mapping[Kind, int]
    """Kind of step -> how many were priced."""
    fates: Mapping[Fate, int]
    """What became of those that promised most -> how many; kinds that are none may be missing."""
    problem: Problem = field(repr=False, compare=False)
    """The problem the roster is for."""

    @property
    def promising(self) -> int:
        """How many promised most and were meant to be tried."""
        return sum(self.fates.values())

    @property
    def tried(self) -> int:
        """How many were tried: solved again near the step."""
        return sum(self.fates.get(fate, 0) for fate in ("gains", "no_gain", "not_known"))

    @property
    def undecided(self) -> int:
        """Of how many it is not known whether they help: time was over before or in the trial."""
        return self.fates.get("no_time", 0) + self.fates.get("not_known", 0)
