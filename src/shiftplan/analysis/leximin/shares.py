"""Whose shares are ranked: loads of people, or empty seats of centers; and what is held meanwhile.

`Problem` -> `People` or `Centers`; either counts a roster, and states the same count on a `Model`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from shiftplan.case.arrays import Arrays
from shiftplan.case.case import Case
from shiftplan.model import Model
from shiftplan.model.linear import Linear
from shiftplan.problem import Problem
from shiftplan.rules.coverage import seats_empty
from shiftplan.rules.each import past
from shiftplan.scoring.check import Score
from shiftplan.week.roster import Roster

Array = np.ndarray[Any, Any]
_EPS = 1e-9


class Shares:
    """So much of so much for each person or center, in whole percent, cut off."""

    def __init__(self, problem: Problem, before: Array, of: Array, concerned: Array) -> None:
        self.problem = problem
        self.before, self.of, self.concerned = before, of, concerned

    def count(self, roster: Roster) -> Array:
        """What each has in a roster, float of shape (number of them,)."""
        raise NotImplementedError

    def stated(self, model: Model) -> tuple[Linear, Array]:
        """The same as expressions that may be larger, never smaller; and the most it can be."""
        raise NotImplementedError

    def held(self, roster: Roster, score: Score) -> Mapping[str, int]:
        """What must not grow, by name: costs, and the number of empty seats."""
        return {
            "empty seats": sum(map(Case(self.problem, roster).empty, self.problem.requirements))
        }

    def hold(self, model: Model, most: Mapping[str, int]) -> None:
        """Rows for what must not grow."""
        empty = seats_empty(model)
        together = empty.sum_by(np.zeros(empty.size, dtype=np.int64), 1)
        model.define_at_most(together, most["empty seats"])

    def of_roster(self, roster: Roster) -> Array:
        """Share of each in a roster; -1 for those who are not concerned."""
        return np.where(self.concerned, self._percent(self.count(roster)), -1)

    def reach(self, percent: int) -> Array:
        """Least count with which each has a share; also rounded, it is that of `_percent`.

        Rows made of a reach that differs from it in the last digit would forbid what there is.
        """
        near = np.floor(percent * self.of / 100 - self.before) - 1
        short = [self._percent(near + i) < percent for i in range(4)]
        reach: Array = (near + np.sum(short, axis=0)).astype(int)
        return reach

    def _percent(self, count: Array) -> Array:
        share = 100 * (self.before + count) / np.maximum(self.of, _EPS)
        cut: Array = np.floor(share + _EPS)
        return cut


class People(Shares):
    """Loads: shifts worked of those offered, history included, of all who offer something now."""

    def __init__(self, problem: Problem) -> None:
        arrays = Arrays(problem)
        offered = past(arrays, "shifts_offered") + arrays.offered
        super().__init__(problem, past(arrays, "shifts_worked"), offered, arrays.offered > 0)
        self._index = arrays.volunteer_index
        *before, last = problem.levels or (0,)
        rules = problem.active_rules
        self._costs = {f"level {n}": [r for r in rules if r.level == n] for n in before}
        """Rules whose cost must not grow, by a name for them."""
        self._costs["citizens"] = [r for r in rules if r.level == last and r.serves]

    def count(self, roster: Roster) -> Array:
        count = np.zeros(len(self.of))
        for assignment in roster.assignments:
            count[self._index[assignment.volunteer_id]] += 1
        return count

    def stated(self, model: Model) -> tuple[Linear, Array]:
        return model.sum_pairs(model.pairs.volunteer, len(self.of)), model.most_shifts

    def held(self, roster: Roster, score: Score) -> Mapping[str, int]:
        costs = {
            name: sum(found.cost for found in score.priced if found.rule in rules)
            for name, rules in self._costs.items()
        }
        return {**super().held(roster, score), **costs}

    def hold(self, model: Model, most: Mapping[str, int]) -> None:
        super().hold(model, most)
        for name, rules in self._costs.items():
            model.define_at_most(model.cost_of(rules), most[name])


class Centers(Shares):
    """Empty seats of those wanted, of all centers that want any."""

    def __init__(self, problem: Problem) -> None:
        of = np.zeros(len(problem.centers))
        index = {center.center_id: i for i, center in enumerate(problem.centers)}
        at = {shift.shift_id: index[shift.center_id] for shift in problem.shifts}
        self._center = np.array([at[n.shift_id] for n in problem.requirements], dtype=np.int64)
        np.add.at(of, self._center, [need.target for need in problem.requirements])
        super().__init__(problem, np.zeros(len(of)), of, of > 0)

    def count(self, roster: Roster) -> Array:
        seats = Case(self.problem, roster).seats("all")
        return np.array([float(wanted - filled) for filled, wanted in seats.values()])

    def stated(self, model: Model) -> tuple[Linear, Array]:
        return seats_empty(model).sum_by(self._center, len(self.of)), self.of.astype(int)
