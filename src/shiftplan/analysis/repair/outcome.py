"""What a repair ends with: the roster, its costs before and after, and what it changes.

`Problem`, `Result`, `Notice`s -> `Repair` -> files, the command and apps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from shiftplan.analysis.repair.notices import Notice
from shiftplan.problem import Problem
from shiftplan.scoring.check import CostChange, Score, beside
from shiftplan.solving.result import Cost, Result, Status, StoppedBy
from shiftplan.week.json_form import LevelKey, Written
from shiftplan.week.records import Shift
from shiftplan.week.roster import Roster


@dataclass(frozen=True)
class Repair(Written):
    """A roster repaired after changes."""

    json_keys = "*result repair=figures"

    problem: Problem
    """The week after the changes, with its own rules and rates."""
    aim_problem: Problem
    """What was minimised: the same with the rule `stability`, and service far above all else where
    the week has no such rule of its own (`aim_of`)."""
    before: Score
    """Score of the published roster in the week as it was."""
    result: Result
    """Status, roster and costs by the rules and rates of the week, as `solve` tells them. OPTIMAL:
    no roster is better in what was minimised. FEASIBLE and stopped by FILLED: service
    is as good as it was, and nobody had to leave a shift for it; by NEAR: no roster is better near
    the changes, and everybody else was left alone. The bound is one of the week's own total."""
    aim: Cost
    """Total of what was minimised, and what is proven about it."""
    notices: tuple[Notice, ...]
    """Everything that people have to be told, by person."""
    before_shifts: Mapping[str, Shift]
    """Id -> the shift as it was published, where that may differ."""
    kept: int
    """Assignments of the published roster that are still there."""
    lost: int
    """Assignments of the published roster that the changes made impossible."""

    @property
    def roster(self) -> Roster | None:
        """The roster; None when there is none."""
        return self.result.roster

    def require_roster(self) -> Roster:
        """The roster, or NoRosterError when there is none."""
        return self.result.require_roster()

    @property
    def score(self) -> Score | None:
        """Score of the roster by the rules of the changed week; None without a roster."""
        return self.result.score

    @cached_property
    def costs(self) -> Mapping[str, CostChange]:
        """Rule -> cost before and after, for soft rules that cost anything in one of them."""
        return beside(self.before.parts, {} if self.score is None else self.score.parts)

    @property
    def figures(self) -> RepairFigures:
        """What the repair changes."""
        return RepairFigures(self)


@dataclass(frozen=True, slots=True)
class RepairFigures(Written):
    """What a repair changes, in figures."""

    json_keys = (
        "kept=repair.kept lost=repair.lost added removed moved aim=repair.aim before "
        "costs=repair.costs notices=repair.notices"
    )

    repair: Repair
    """The repair."""

    @property
    def added(self) -> int:
        """Assignments that are new."""
        return sum(n.added and not n.is_moved for n in self.repair.notices)

    @property
    def removed(self) -> int:
        """Assignments that are taken away."""
        return sum(not n.added and not n.is_moved for n in self.repair.notices)

    @property
    def moved(self) -> int:
        """Assignments that stay, in shifts at another time or place."""
        return sum(n.added and n.is_moved for n in self.repair.notices)

    @property
    def before(self) -> dict[str, int | dict[LevelKey, int]]:
        """Total and levels of the published roster in the week as it was."""
        score = self.repair.before
        return {"total": score.total, "levels": dict(score.levels)}


@dataclass(frozen=True)
class WhatIf(Written):
    """What changes would mean: the same week before and after them."""

    json_keys = "status stopped_by total levels costs notices"

    before: Score
    """Score of the roster in the week as it is."""
    after: Score
    """Score of the repaired roster in the week after the changes."""
    problem: Problem
    """The week after the changes."""
    roster: Roster
    """The repaired roster."""
    notices: tuple[Notice, ...]
    """Everything that people would have to be told."""
    status: Status
    """OPTIMAL when no roster is better in what `repair` minimises; FEASIBLE when one may be."""
    stopped_by: StoppedBy | None
    """What ended the search; FILLED when service is as good as it was and nobody had to leave a
    shift for it, NEAR when no roster near the changes is better. None when optimal."""

    @classmethod
    def of(cls, found: Repair) -> WhatIf:
        """What a repair found, as an answer; NoRosterError when it has no roster."""
        after = found.require_roster()
        assert found.score is not None
        return cls(
            before=found.before,
            after=found.score,
            problem=found.problem,
            roster=after,
            notices=found.notices,
            status=found.result.status,
            stopped_by=found.result.stopped_by,
        )

    @property
    def total(self) -> CostChange:
        """The one total before and after."""
        return CostChange(self.before.total, self.after.total)

    @property
    def levels(self) -> Mapping[LevelKey, CostChange]:
        """Level -> its cost before and after, dearest level first."""
        return beside(self.before.levels, self.after.levels)

    @property
    def costs(self) -> Mapping[str, CostChange]:
        """Soft rule -> its cost before and after."""
        return beside(self.before.parts, self.after.parts)
