"""The highest loads lowered one after another, each as far as it can be proven.

(`Problem`, `Roster`) -> `leximin` -> `RankedRoster`, which serves citizens as well.

Loads are compared in whole percent, cut off: of two rosters the better one has fewer people at the
highest percent at which they differ. That is the leximin order (Rawls; Sen, 1970; for integer
programs Ogryczak and Śliwiński, 2006, count what lies beyond each value, as is done here).
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from shiftplan.engines.hint import start_from
from shiftplan.engines.search import minimise
from shiftplan.engines.task import Limits, Outcome
from shiftplan.errors import InputError
from shiftplan.faults import Fault
from shiftplan.model import Model, Program, build
from shiftplan.options import check_options, limit_options, usual_workers
from shiftplan.problem import Problem
from shiftplan.problem.roster import Roster
from shiftplan.rules.arrays import Arrays
from shiftplan.rules.each import past
from shiftplan.scoring.check import Score, check
from shiftplan.solving.interrupts import interrupts
from shiftplan.solving.judge import disagreement

Array = np.ndarray[Any, Any]
_EPS = 1e-9
_SHARE = 0.25
"""Part of the time for the other costs, once the ranks are settled."""


@dataclass(frozen=True, slots=True)
class Rank:
    """How many people have a load of so many percent or more."""

    percent: int
    """Shifts worked of a hundred offered, history included, cut off to whole ones."""
    people: int
    """People with that load or a higher one, among those who offer something now."""
    proven: bool
    """Whether no roster has fewer that serves citizens as well and is as good at all ranks before;
    only where these are proven too."""


@dataclass(frozen=True, slots=True)
class RankedRoster:
    """A roster whose highest loads are as low as could be found."""

    roster: Roster
    """The roster; its costs at levels before the last one are not above those of the one given."""
    score: Score
    """Its score by the checker."""
    ranks: tuple[Rank, ...]
    """From the highest load down; at percents in between are as many people as at the one above."""
    complete: bool
    """Whether the ranks go down to the lowest load; together with `proven` of the last one it says
    that no roster is better."""


def leximin(
    problem: Problem,
    roster: Roster,
    *,
    time_limit: float | None = 60.0,
    workers: int | None = None,
    seed: int = 0,
    cancel: threading.Event | None = None,
) -> RankedRoster:
    """Lower the highest load, then the next highest, and so on, at no cost to citizens.

    Every rank is a program of its own: the fewest people at or above a load, with the costs of all
    levels but the last held at those of the roster given, and the ranks before as they were found.
    At the end the costs of all levels are minimised with all ranks held.

    Parameters
    ----------
    problem
        What is planned. Costs of its last level are not held; with one level none is.
    roster
        A roster that breaks no hard rule, such as that of `solve` with the rule `leximin`.
    time_limit
        Seconds for everything; None for no limit.
    workers
        Engines side by side; None for as many as there are processors, at most 4.
    seed
        Seed of everything random, 0 or more.
    cancel
        When somebody sets it, the ranks found so far come back, as they do on Ctrl-C in the main
        thread, unless the program handles that signal itself.

    Raises
    ------
    InputError
        If an option is out of range, or the roster breaks a hard rule.
    ModelError
        If the checker and the model disagree on a roster; the problem is saved for a report.
    """
    began = time.monotonic()
    check_options(*limit_options(time_limit, workers, seed, cancel))
    score = check(problem, roster)
    if score.broken:
        message = f"the roster breaks a hard rule: {score.broken[0].message}"
        raise InputError([Fault("out_of_range", "options", "roster", "", message)])
    with interrupts(cancel) as stop:
        limits = Limits(
            seconds=np.inf if time_limit is None else time_limit,
            workers=usual_workers(workers),
            seed=seed,
            cancels=(stop,),
        )
        return _Search(problem, roster, score, limits, began).run()


class _Search:
    """One call of `leximin`."""

    def __init__(
        self, problem: Problem, roster: Roster, score: Score, limits: Limits, began: float
    ) -> None:
        self.problem, self.roster, self.limits, self.began = problem, roster, limits, began
        self.held = {level: score.levels[level] for level in problem.levels[:-1]}
        self.ranks: list[Rank] = []
        """From the highest load down, also those that nobody has any more."""
        self.most: dict[int, int] = {}
        """Percent -> most people at or above it from now on."""
        self.interrupted = False
        arrays = Arrays(problem)
        self.worked = past(arrays, "shifts_worked")
        self.offered = past(arrays, "shifts_offered") + arrays.offered
        self.concerned = arrays.offered > 0
        self.index = arrays.volunteer_index

    def run(self) -> RankedRoster:
        """Rank after rank while time is left, and then the other costs."""
        proven, percent = True, self._highest(np.inf)
        while percent > 0 and not self._over(1 - _SHARE):
            # Nobody may come to lie between this load and the one before.
            self._hold(percent + 1)
            found = self._lower(percent)
            proven = proven and found
            self.ranks.append(Rank(percent, self._hold(percent), proven))
            percent = self._highest(percent)
        self._hold(percent + 1)
        self._polish()
        loads = self._loads()
        ranks = tuple(rank for rank in self.ranks if rank.percent in loads)
        return RankedRoster(self.roster, self._judged(), ranks, percent <= 0)

    def _judged(self) -> Score:
        """The score of the roster, which keeps the hard rules and the costs of the levels held."""
        score = check(self.problem, self.roster)
        dearer = {n: score.levels[n] for n, cost in self.held.items() if score.levels[n] > cost}
        if score.broken or dearer:
            what = f"held {self.held}, check {score.levels} {dict(score.hard)}"
            raise disagreement(self.problem, what, self.roster)
        return score

    def _over(self, share: float) -> bool:
        return self.interrupted or self.limits.cancelled or self._left(share) <= 0

    def _left(self, share: float) -> float:
        return self.limits.seconds * share - (time.monotonic() - self.began)

    def _loads(self) -> Array:
        """Load of each person concerned in whole percent, cut off; -1 for others."""
        count = np.zeros(len(self.worked))
        for assignment in self.roster.assignments:
            count[self.index[assignment.volunteer_id]] += 1
        return np.where(self.concerned, self._percent(count), -1)

    def _percent(self, count: Array) -> Array:
        """Load of each person with so many shifts now, in whole percent, cut off."""
        load = 100 * (self.worked + count) / np.maximum(self.offered, _EPS)
        cut: Array = np.floor(load + _EPS)
        return cut

    def _reach(self, percent: int) -> Array:
        """Fewest shifts with which each person has a load; also rounded, it is that of `_percent`.

        Rows made of a reach that differs from it in the last digit would forbid what there is.
        """
        near = np.floor(percent * self.offered / 100 - self.worked) - 1
        short = [self._percent(near + i) < percent for i in range(4)]
        reach: Array = (near + np.sum(short, axis=0)).astype(int)
        return reach

    def _highest(self, below: float) -> int:
        """Highest load below a percent; 0 when there is none."""
        loads = self._loads()
        return int(loads[loads < below].max(initial=0))

    def _hold(self, percent: int) -> int:
        """Allow no more people at or above a load than there are; how many these are."""
        self.most[percent] = int((self._loads() >= percent).sum())
        return self.most[percent]

    def _lower(self, percent: int) -> bool:
        """Have fewer people at or above a load; whether it is proven that these are the fewest."""
        model, program = self._program(percent)
        outcome = self._minimise(model, program, 1 - _SHARE)
        if outcome.values is not None:
            self.roster = model.pairs.roster(outcome.values)
        count = int((self._loads() >= percent).sum())
        return outcome.bound is not None and outcome.bound >= count

    def _polish(self) -> None:
        """Lower the costs of all levels with all ranks held."""
        if not self.ranks or self._over(1.0):
            return
        model, program = self._program(None)
        outcome = self._minimise(model, program, 1.0)
        if outcome.values is not None:
            self.roster = model.pairs.roster(outcome.values)

    def _minimise(self, model: Model, program: Program, share: float) -> Outcome:
        values = start_from(program, model.pairs.of(self.roster), lambda: self._over(share))
        limits = replace(self.limits, seconds=max(0.05, self._left(share)))
        outcome = minimise(program, model.pairs.layout(), limits, lambda _: None, values)
        self.interrupted = outcome.ending == "interrupt"
        return outcome

    def _program(self, percent: int | None) -> tuple[Model, Program]:
        """What holds so far; the objective counts people at a load, or is the one total."""
        model = build(self.problem)
        for held, most in self.most.items():
            people, always = self._beyond(model, held)
            together = model.columns(people).sum_by(np.zeros(len(people), dtype=int), 1)
            model.define_at_most(together, most - always)
        counted, always = (None, 0) if percent is None else self._beyond(model, percent)
        program = model.program()
        for level, most in self.held.items():
            offset = program.level_offset[level]
            program = program.with_row(program.level_cost[level], most - offset)
        if counted is not None:
            cost = np.zeros(program.num_columns)
            cost[counted] = 1.0
            program = replace(
                program,
                cost=cost,
                offset=float(always),
                level_cost={1: cost},
                level_offset={1: float(always)},
            )
        return model, program

    def _beyond(self, model: Model, percent: int) -> tuple[Array, int]:
        """Columns that are 1 for people at or above a load, and the number who are so anyway."""
        reach = self._reach(percent)
        anyway = self.concerned & (reach <= 0)
        people = np.flatnonzero(self.concerned & (reach > 0) & (reach <= model.most_shifts))
        shifts = model.sum_pairs(model.pairs.volunteer, model.arrays.num_volunteers).take(people)
        columns = model.new_columns(len(people))
        beyond = model.columns(columns) * (model.most_shifts[people] - reach[people] + 1)
        model.define_at_most(shifts - beyond, reach[people] - 1)
        return columns, int(anyway.sum())
