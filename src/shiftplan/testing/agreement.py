"""Agreement of `check` and the model on every roster of a tiny problem.

`Problem` -> `compare` -> number of rosters judged, or the picture of the first one on which the
two differ. `Judge` says what the model thinks of rosters, of most of them without a solver: the
pairs of a roster are fixed and the rest is minimised. Bounds are propagated through the rows, and
if the cheapest value of each column is feasible it is optimal. HiGHS decides the others.
"""

from __future__ import annotations

from functools import cached_property
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from shiftplan.problem import Problem
from shiftplan.scoring.check import check
from shiftplan.solving.building import build
from shiftplan.testing.pictures import draw
from shiftplan.week.roster import Assignment, Roster

Array = np.ndarray[Any, Any]
EPS = 1e-6
MOST_PAIRS = 12
"""All pairs of a person and a shift, up to which forbidden ones are judged too."""
MOST_OWN_PAIRS = 14
"""Pairs that the model has, where there are more in all."""
FEW_ROSTERS = 60
COUNT = {"rosters": 0, "problems": 0, "solved": 0}
"""What `compare` enumerated in this run."""


class Verdict(NamedTuple):
    """What is said of N rosters: feasible, bool (N,); costs, float (N, levels), total last.

    Costs count only where feasible.
    """

    feasible: Array
    costs: Array


class Judge:
    """What the model of a problem says of rosters."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.model = build(problem)
        self.program = program = self.model.program()
        self.solved = 0
        """Rosters that HiGHS had to decide."""
        n = program.num_pairs
        dense = program.matrix.toarray()
        self.fixed, rest = dense[:, :n], dense[:, n:]
        self.upper = program.upper[n:]
        self.level_cost = np.array([*program.level_cost.values(), program.cost])
        self.offset = np.array([*program.level_offset.values(), program.offset])
        prices = self.level_cost[:, n:]
        # Steps are columns of one row only, all of a size there: the cheapest are filled first.
        size = -rest.min(axis=0, initial=0)
        single = (np.count_nonzero(rest, axis=0) == 1) & (size > 0) & (prices >= 0).all(axis=0)
        alike = np.array([len(set(size[single & (row != 0)])) < 2 for row in rest], dtype=bool)
        single &= (rest[~alike] == 0).all(axis=0)
        self.core = np.flatnonzero(~single)
        self.rest = rest[:, self.core]
        by_price = np.flatnonzero(single)
        by_price = by_price[np.argsort(prices[-1, by_price], kind="stable")]
        self.steps: dict[int, list[tuple[float, float, Array]]] = {}
        for column in by_price.tolist():
            row = int(np.flatnonzero(rest[:, column])[0])
            step = size[column], self.upper[column], prices[:, column]
            self.steps.setdefault(row, []).append(step)
        self.reach = np.zeros(program.num_rows)
        for row, steps in self.steps.items():
            self.reach[row] = sum(unit * most for unit, most, _ in steps)
        self.prices = prices[:, self.core]

    def say(self, pairs: list[tuple[int, int]], choices: Array) -> Verdict:
        """What the model says of each choice; one with a pair it does not know is infeasible."""
        who, where = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        column = self.model.pairs.table()[who, where]
        known = column >= 0
        possible = np.asarray(~choices[:, ~known].any(axis=1))
        values = np.zeros((len(choices), self.program.num_pairs))
        values[:, column[known]] = choices[:, known]
        feasible, costs = self._minimise(values[possible])
        verdict = Verdict(possible.copy(), np.zeros((len(choices), len(self.offset))))
        verdict.feasible[possible] = feasible
        verdict.costs[possible] = costs
        return verdict

    def _minimise(self, values: Array) -> tuple[Array, Array]:
        room = self.program.row_upper - values @ self.fixed.T
        lower, upper, feasible = self._propagate(room)
        cheap = np.where((self.prices >= 0).all(axis=0), lower, upper)
        unclear = ((self.prices < 0).any(axis=0) & (self.prices > 0).any(axis=0)).any()
        positive, negative = np.maximum(self.rest, 0).T, np.minimum(self.rest, 0).T
        least = lower @ positive + upper @ negative - room
        taken = cheap @ self.rest.T - room
        base = values @ self.level_cost[:, : self.program.num_pairs].T + self.offset
        costs = base + cheap @ self.prices.T
        bound = costs + self._fill(least)
        costs += self._fill(taken)
        proved = (taken <= self.reach + EPS).all(axis=1) & (abs(costs - bound) < EPS).all(axis=1)
        for i in np.flatnonzero(feasible & (~proved | unclear)):
            self.solved += 1
            answer = self.solve(values[i])
            feasible[i] = answer is not None
            if answer is not None:
                costs[i] = answer
        return feasible, costs

    def _propagate(self, room: Array) -> tuple[Array, Array, Array]:
        """Bounds of the core columns that follow from the rows, and whether none contradict."""
        size = len(room)
        lower = np.zeros((size, len(self.core)))
        upper = np.tile(self.upper[self.core], (size, 1))
        positive, negative = np.maximum(self.rest, 0).T, np.minimum(self.rest, 0).T
        room = room + self.reach
        feasible = np.ones(size, dtype=bool)
        for _ in range(20):
            least = lower @ positive + upper @ negative
            feasible &= (least <= room + EPS).all(axis=1)
            slack = room - least
            old = lower.copy(), upper.copy()
            for column in range(len(self.core)):
                for row in np.flatnonzero(self.rest[:, column]):
                    a = self.rest[row, column]
                    if a > 0:
                        most = np.floor(old[0][:, column] + slack[:, row] / a + EPS)
                        np.minimum(upper[:, column], most, out=upper[:, column])
                    else:
                        most = np.ceil(old[1][:, column] + slack[:, row] / a - EPS)
                        np.maximum(lower[:, column], most, out=lower[:, column])
            feasible &= (lower <= upper).all(axis=1)
            keep = feasible[:, None]
            lower, upper = np.where(keep, lower, old[0]), np.where(keep, upper, old[1])
            if (lower == old[0]).all() and (upper == old[1]).all():
                break
        return lower, upper, feasible

    def _fill(self, need: Array) -> Array:
        costs = np.zeros((len(need), len(self.offset)))
        for row, steps in self.steps.items():
            left = np.maximum(need[:, row], 0)
            for unit, most, price in steps:
                units = np.minimum(np.ceil(left / unit - EPS), most)
                costs += units[:, None] * price
                left = np.maximum(left - unit * units, 0)
        return costs

    @cached_property
    def _solvers(self) -> tuple[Any, Any]:
        import highspy

        solvers = []
        program = self.program
        for whole in (True, False):
            lp = highspy.HighsLp()
            lp.num_col_, lp.num_row_ = program.num_columns, program.num_rows
            lp.col_cost_ = program.cost
            lp.col_lower_, lp.col_upper_ = np.zeros(program.num_columns), program.upper
            lp.row_lower_ = np.full(program.num_rows, -np.inf)
            lp.row_upper_ = program.row_upper
            lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
            lp.a_matrix_.start_ = program.matrix.indptr
            lp.a_matrix_.index_ = program.matrix.indices
            lp.a_matrix_.value_ = program.matrix.data
            if whole:
                lp.integrality_ = [highspy.HighsVarType.kInteger] * program.num_columns
            solver: Any = highspy.Highs()
            solver.setOptionValue("output_flag", False)
            solver.setOptionValue("threads", 1)  # of the whole process, as the engines want it
            solver.setOptionValue("mip_rel_gap", 0.0)
            solver.passModel(lp)
            solvers.append(solver)
        return solvers[0], solvers[1]

    def solve(self, values: Array, *, whole: bool = True) -> Array | None:
        """Costs of one roster by HiGHS, levels and total; None when it is infeasible."""
        import highspy

        n = self.program.num_pairs
        if not self.program.num_columns:
            return self.offset if (self.program.row_upper >= -EPS).all() else None
        solver = self._solvers[0 if whole else 1]
        solver.changeColsBounds(n, np.arange(n, dtype=np.int32), values, values)
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        assert status == highspy.HighsModelStatus.kOptimal, status
        x = np.array(solver.getSolution().col_value)
        return np.asarray(self.level_cost @ x + self.offset)


def all_pairs(problem: Problem) -> list[tuple[int, int]]:
    """(volunteer, shift) indexes whose subsets are all the rosters to be judged.

    All pairs where there are few, so that forbidden ones are judged too; else the model's own.
    """
    everything = list(product(range(len(problem.volunteers)), range(len(problem.shifts))))
    if len(everything) <= MOST_PAIRS:
        return everything
    pairs = build(problem).pairs
    own = list(zip(pairs.volunteer.tolist(), pairs.shift.tolist(), strict=True))
    assert len(own) <= MOST_OWN_PAIRS, (
        f"a problem has {len(everything)} pairs of a person and a shift, {len(own)} of them in its "
        f"model: too many to try all rosters. At most {MOST_PAIRS} are allowed, or "
        f"{MOST_OWN_PAIRS} in the model.\nMaybe take fewer people, days or shifts"
    )
    return own


def all_choices(count: int) -> Array:
    """Every subset of `count` pairs, bool of shape (2 ** count, count)."""
    return np.asarray((np.arange(2**count)[:, None] >> np.arange(count)) % 2 == 1)


def roster_of(problem: Problem, pairs: list[tuple[int, int]], chosen: Array) -> Roster:
    """The roster of a choice of pairs; it skips validation, for speed."""
    ids = [
        Assignment(problem.shifts[s].shift_id, problem.volunteers[v].volunteer_id)
        for (v, s), kept in zip(pairs, chosen, strict=True)
        if kept
    ]
    return Roster.model_construct(assignments=tuple(sorted(ids)))


def checked(problem: Problem, pairs: list[tuple[int, int]], choices: Array) -> Verdict:
    """What `check` says of each choice."""
    feasible, costs = [], []
    for chosen in choices:
        score = check(problem, roster_of(problem, pairs, chosen))
        feasible.append(score.is_feasible)
        costs.append([*score.levels.values(), score.total])
    return Verdict(np.array(feasible), np.array(costs, dtype=float))


def difference(
    problem: Problem, pairs: list[tuple[int, int]], choices: Array, truth: Verdict
) -> str:
    """The first roster on which the model differs from a verdict, as text; empty for none."""
    judge = Judge(problem)
    said = judge.say(pairs, choices)
    COUNT["solved"] += judge.solved
    same_costs = (abs(said.costs - truth.costs) < 1e-4).all(axis=1)
    agree = (said.feasible == truth.feasible) & (~truth.feasible | same_costs)
    if agree.all():
        return ""
    i = int(np.flatnonzero(~agree)[0])
    rules = "\n".join(repr(rule) for rule in problem.rules)
    names = [*(f"level {level}" for level in problem.levels), "total"]

    def words(verdict: Verdict) -> str:
        if not verdict.feasible[i]:
            return "infeasible"
        return ", ".join(f"{n} {c:g}" for n, c in zip(names, verdict.costs[i], strict=True))

    return (
        f"\n{draw(problem, roster_of(problem, pairs, choices[i]))}\n"
        f"check: {words(truth)}\nmodel: {words(said)}\n"
        f"{rules}\nhistory: {problem.history}\n{(~agree).sum()} of {len(agree)} rosters differ"
    )


_TRUTH: dict[tuple[int, bool], tuple[Problem, list[tuple[int, int]], Array, Verdict]] = {}


def truth(problem: Problem, *, few: bool = False) -> tuple[list[tuple[int, int]], Array, Verdict]:
    """Pairs, all choices of them and what `check` says of each; remembered by problem object.

    With `few`, some sixty choices spread over all: they tell most errors.
    """
    key = id(problem), few
    if key not in _TRUTH:
        pairs = all_pairs(problem)
        choices = all_choices(len(pairs))
        if few:  # an odd step, so that every pair is chosen in half of them
            choices = choices[:: len(choices) // FEW_ROSTERS | 1]
        _TRUTH[key] = (problem, pairs, choices, checked(problem, pairs, choices))
    return _TRUTH[key][1:]


def compare(problem: Problem) -> int:
    """Assert that check and model agree on every roster; return how many there are."""
    pairs, choices, verdict = truth(problem)
    found = difference(problem, pairs, choices, verdict)
    assert not found, found
    COUNT["rosters"] += len(choices)
    COUNT["problems"] += 1
    return len(choices)
