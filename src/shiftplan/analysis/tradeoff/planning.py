"""The best roster of a weighting, among those that keep what it keeps.

`Aims` and the week's own `Roster` -> `Plans`: a model of all aims -> rosters with proven bounds.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from shiftplan.analysis.tradeoff.points import Scale, empty_seats
from shiftplan.analysis.tradeoff.weighting import PERMILLE, Aims, Kept, Weighting
from shiftplan.case.arrays import Array
from shiftplan.engines.highs import settle
from shiftplan.engines.hint import start_from
from shiftplan.engines.search import minimise
from shiftplan.engines.task import Deadline, Limits, SearchEnding
from shiftplan.model import Program
from shiftplan.model.linear import Linear
from shiftplan.rules.seats import seats_empty
from shiftplan.scoring.check import check
from shiftplan.solving.building import build
from shiftplan.solving.judge import disagreement, figures
from shiftplan.week.roster import Roster

_WORSE = 1.05
"""How much worse service may be where most of it is kept: it says what such a point is."""


class Plans:
    """One model of a week, minimised under any weighting."""

    def __init__(self, aims: Aims, scale: Scale, own: Roster) -> None:
        self._aims, self._scale = aims, scale
        self._own_empty, self._own_costs = empty_seats(aims, own), scale.costs(own)
        self._model = build(aims.problem)
        empty = seats_empty(self._model)
        priced = {aims.evenness_level: self._uneven()}
        if aims.areas:
            priced[aims.areas_level] = self._worst_area(empty), np.ones(1)
        program = self._model.program()
        width = program.num_columns
        self._empty_seats = np.zeros(width)
        together = empty.sum_by(np.zeros(empty.size, dtype=np.int64), 1).matrix.tocoo()
        np.add.at(self._empty_seats, together.coords[1], together.data)
        self._works = np.zeros(width)
        self._works[: program.num_pairs] = 1.0
        costs, offsets = dict(program.level_cost), dict(program.level_offset)
        for level, (columns, prices) in priced.items():
            costs[level], offsets[level] = np.zeros(width), 0.0
            costs[level][columns] = prices
        self._program = replace(program, level_cost=costs, level_offset=offsets)

    def _uneven(self) -> tuple[Array, Array]:
        """Columns for every shift more or less than what is due to a person, and their prices."""
        model, due, people = self._model, self._scale.due, self._aims.problem.volunteers
        shifts = model.sum_pairs(model.pairs.volunteer, len(people))
        columns, prices = [np.zeros(0, dtype=np.int64)], [np.zeros(0)]
        who = [i for i, v in enumerate(people) if v.volunteer_id in due]
        those = np.array(who, dtype=np.int64)
        owed = np.array([due[people[i].volunteer_id] for i in who], dtype=np.int64)
        for sign, most in ((1, np.maximum(model.most_shifts[those] - owed, 0)), (-1, owed)):
            nth = [sign * (j + 1) + (sign < 0) for n in most.tolist() for j in range(n)]
            owner = np.repeat(np.arange(len(those)), most)
            names = [people[who[i]].volunteer_id for i in owner.tolist()]
            steps = model.new_columns(len(owner))
            beyond = Linear.of(owner, steps, len(those))
            model.define_at_most(shifts.take(those) * sign - beyond, owed * sign)
            columns.append(steps)
            prices.append(np.array([self._scale.price(*of) for of in zip(names, nth, strict=True)]))
        return np.concatenate(columns), np.concatenate(prices)

    def _worst_area(self, empty: Linear) -> Array:
        """A column for the empty share of the worst area, in thousandths, rounded up."""
        model, problem, areas = self._model, self._aims.problem, self._aims.areas
        at = [problem.center_of(need) for need in problem.requirements]
        target = np.array([need.target for need in problem.requirements])
        worst = model.new_columns(1, PERMILLE)
        for centers in areas.values():
            inside = np.array([center in centers for center in at])
            wanted = int(target[inside].sum())
            lacking = empty.sum_by(np.where(inside, 0, -1), 1) * PERMILLE
            model.define_at_most(lacking - model.columns(worst) * wanted, 0)
        return worst

    def allows(self, kept: Kept, roster: Roster, costs: Mapping[int, int]) -> bool:
        """Whether a roster keeps what a weighting keeps."""
        limits = self._limits(kept)
        now: dict[str, float] = {"empty": empty_seats(self._aims, roster), "works": len(roster)}
        now |= {str(level): cost for level, cost in costs.items()}
        return all(now[name] <= most for name, most in limits.items())

    def _limits(self, kept: Kept) -> dict[str, int]:
        """What may not be exceeded: empty seats, shifts given out, and costs by level."""
        aims = self._aims
        if kept == "evenness":
            return {str(aims.evenness_level): self._own_costs[aims.evenness_level]}
        worse = _WORSE if kept == "most of the service" else 1
        limits = {"works": self._scale.shifts, "empty": math.floor(self._own_empty * worse)}
        if kept != "seats":
            for level, aim in aims.aim_of.items():
                if aim == "service":
                    limits[str(level)] = math.floor(self._own_costs[level] * worse)
        return limits

    def _held(self, kept: Kept) -> Program:
        """The program with rows for what is kept."""
        program = self._program
        for name, most in self._limits(kept).items():
            match name:
                case "empty":
                    program = program.with_row(self._empty_seats, most)
                case "works":
                    program = program.with_row(self._works, most)
                case _:
                    offset = program.level_offset[int(name)]
                    program = program.with_row(program.level_cost[int(name)], most - offset)
        return program

    def best(
        self, weighting: Weighting, rates: tuple[int, ...], start: Roster, limits: Limits
    ) -> tuple[Roster, int | None, SearchEnding]:
        """The best roster found from one that is allowed, its bound, and why the search ended."""
        program = self._held(weighting.kept)
        by_level = dict(zip(self._aims.aim_of, rates, strict=True))
        cost = np.sum([rate * program.level_cost[n] for n, rate in by_level.items()], axis=0)
        offset = sum(rate * program.level_offset[n] for n, rate in by_level.items())
        program = program.with_cost(cost, offset)
        left = Deadline(limits.seconds)
        soon = Deadline(limits.seconds * limits.params.tradeoff.hint_share)
        pairs, kept = self._model.pairs, weighting.kept
        works, is_over = pairs.of(start), lambda: limits.cancelled or soon.left() <= 0
        values = start_from(program, works, limits.params, is_over)
        timed = replace(limits, seconds=left.left())
        outcome = minimise(program, pairs.layout(), timed, lambda _: None, values)
        if outcome.values is None:
            return start, outcome.bound, outcome.ending
        roster = pairs.roster(outcome.values)
        # The checker, and counting, have the last word.
        claimed, costs = program.costs(settle(program, outcome.values)), self._scale.costs(roster)
        score = check(self._aims.problem, roster)
        if score.broken or claimed != costs or not self.allows(kept, roster, costs):
            found = {"model": claimed, "check": costs, "hard": dict(score.hard)}
            what = figures(**found, kept=self._limits(kept))
            raise disagreement(self._aims.problem, what, roster)
        return roster, outcome.bound, outcome.ending
