"""Rank after rank: the fewest at or above a share, with all ranks before as they were found.

(`Problem`, `Roster`) -> `leximin` -> `RankedRoster`, which serves citizens as well.

Shares are compared in whole percent, cut off: of two rosters the better one has fewer people, or
centers, at the highest percent at which they differ. That is the leximin order (Rawls; Sen, 1970;
for integer programs Ogryczak and Śliwiński, 2006, count what lies beyond each value, as is done
here). `_Shares` count what people or centers have in a roster, and state the same on a `Model`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np

from shiftplan.case.arrays import Array, Arrays
from shiftplan.case.case import Case
from shiftplan.engines.hint import start_from
from shiftplan.engines.params import SearchOptions, SearchParams
from shiftplan.engines.search import minimise
from shiftplan.engines.task import Limits, Outcome
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.model import Model, Program
from shiftplan.model.linear import Linear
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.rules import AnyRule
from shiftplan.rules.seats import seats_empty
from shiftplan.scoring.check import Score, check
from shiftplan.solving.building import build
from shiftplan.solving.interrupts import interrupts
from shiftplan.solving.judge import disagreement, figures
from shiftplan.week.roster import Roster

_EPS = 1e-9
"""Part of a percent that is rounding."""


@dataclass(frozen=True, slots=True)
class Rank:
    """How many people or centers have a share of so many percent or more."""

    percent: int
    """Of people, shifts worked of a hundred offered, history included; of centers, seats empty of
    a hundred wanted. Cut off to whole ones."""
    count: int
    """Those with that share or a higher one, among all who offer something now, or want a seat."""
    proven: bool
    """Whether no roster has fewer that keeps what is held and is as good at all ranks before; only
    where these are proven too."""


@dataclass(frozen=True, slots=True)
class RankedRoster:
    """A roster whose highest shares are as low as could be found."""

    roster: Roster
    """The roster; what is held has not grown, and its ranks are no worse than those of the one
    given."""
    score: Score
    """Its score by the checker."""
    ranks: tuple[Rank, ...]
    """From the highest share down; at percents in between are as many as at the one above. None
    where nobody has a share of 1% or more."""
    complete: bool
    """Whether the ranks go down to the lowest share; together with `proven` of the last one it says
    that no roster is better in them. Of the costs at the end it says nothing."""


class _LeximinOptions(SearchOptions):
    of: Literal["people", "centers"]


@takes_week
def leximin(
    problem: Problem,
    roster: Roster,
    *,
    of: Literal["people", "centers"] = "people",
    time_limit: float | None = 60.0,
    workers: int | None = None,
    seed: int = 0,
    cancel: threading.Event | None = None,
    params: SearchParams | Mapping[str, Any] | None = None,
) -> RankedRoster:
    """Lower the highest share, then the next highest, and so on, at no cost to citizens.

    Every rank is a program of its own: the fewest people, or centers, at or above a share, with
    what is held as in the roster given, and the ranks before as they were found. At the end the
    costs of all levels are minimised with all ranks held, also where there is none.

    Held are, when people are ranked, the cost of each level but the last, at the last level (or the
    only one) the cost of rules on citizens (`coverage`, `minimum_coverage`, `shortage`, `show_up`,
    `worst_center_first`, `area_floor`, `skill_placement`), and the number of empty seats. When
    centers are ranked, seats move between them, so that only the number of empty seats is held:
    costs may grow.

    Parameters
    ----------
    problem
        What is planned.
    roster
        A roster that breaks no hard rule, such as that of `solve`.
    of
        Whose shares: `people` by their loads, shifts worked of those offered, or `centers` by their
        empty seats of those wanted.
    time_limit
        Seconds for everything; None for no limit.
    workers, seed, cancel, params
        As `solve` takes them; a search that is cancelled ends with the ranks found so far.

    Raises
    ------
    InputError
        If an option is out of range, or the roster breaks a hard rule.
    ModelError
        If the checker and the model disagree on a roster; the problem is saved for a report.
    """
    began = time.monotonic()
    options = _LeximinOptions(
        of=of, time_limit=time_limit, workers=workers, seed=seed, cancel=cancel, params=params
    )
    score = check(problem, roster)
    if score.broken:
        message = Message("answer.roster_breaks_rule", why=score.broken[0].message)
        raise InputError([Fault("out_of_range", "options", "roster", "", message)])
    with interrupts(cancel) as stop:
        shares = _loads(problem) if of == "people" else _empty_shares(problem)
        held, limits = shares.held(roster, score), Limits.of(options, stop)
        return _RankSearch(problem, roster, shares, held, limits, began).run()


@dataclass
class _RankSearch:
    problem: Problem
    roster: Roster
    shares: _Shares
    held: Mapping[str, int]
    limits: Limits
    began: float
    ranks: list[Rank] = field(default_factory=list)
    """From the highest share down, also those that nobody has any more."""
    most: dict[int, int] = field(default_factory=dict)
    """Percent -> most at or above it from now on."""
    interrupted: bool = False

    def run(self) -> RankedRoster:
        """Rank after rank while time is left, and then the other costs."""
        proven, percent = True, self._highest(np.inf)
        while percent > 0 and not self._over(self._for_ranks):
            # Nobody may come to lie between this share and the one before.
            self._hold(percent + 1)
            proven = self._lower(percent) and proven
            self.ranks.append(Rank(percent, self._hold(percent), proven))
            percent = self._highest(percent)
        self._hold(percent + 1)
        self._polish()
        shares = self._shares()
        ranks = tuple(rank for rank in self.ranks if rank.percent in shares)
        score = check(self.problem, self.roster)
        now = self.shares.held(self.roster, score)
        if score.broken or any(now[name] > most for name, most in self.held.items()):
            what = figures(held=self.held, check=now, hard=dict(score.hard))
            raise disagreement(self.problem, what, self.roster)
        return RankedRoster(self.roster, score, ranks, percent <= 0)

    @property
    def _for_ranks(self) -> float:
        """Share of the time after which only costs are lowered."""
        return 1 - self.limits.params.leximin.costs_share

    def _over(self, share: float) -> bool:
        """Whether the search ends, or a share of its time is over."""
        return self.interrupted or self.limits.cancelled or self._left(share) <= 0

    def _left(self, share: float) -> float:
        return self.limits.seconds * share - (time.monotonic() - self.began)

    def _shares(self) -> Array:
        """Share of each in whole percent; -1 for those not concerned."""
        return self.shares.of_roster(self.roster)

    def _highest(self, below: float) -> int:
        shares = self._shares()
        return int(shares[shares < below].max(initial=0))

    def _hold(self, percent: int) -> int:
        """Allow no more at or above a share than there are; how many these are."""
        self.most[percent] = int((self._shares() >= percent).sum())
        return self.most[percent]

    def _lower(self, percent: int) -> bool:
        """Have fewer at or above a share; whether it is proven that these are the fewest."""
        model, program = self._program(percent)
        outcome = self._minimise(model, program, self._for_ranks)
        if outcome.values is not None:
            self.roster = model.pairs.roster(outcome.values)
        count = int((self._shares() >= percent).sum())
        return outcome.bound is not None and outcome.bound >= count

    def _polish(self) -> None:
        if self._over(1.0):
            return
        model, program = self._program(None)
        aims = [(program.cost, program.offset)]
        if self.problem.order == "strict":
            costs = program.level_cost
            aims = [(costs[n], program.level_offset[n]) for n in self.problem.levels]
        for turn, (cost, offset) in enumerate(aims):
            left = self.limits.params.leximin.costs_share * (len(aims) - turn - 1) / len(aims)
            outcome = self._minimise(model, program.with_cost(cost, offset), 1 - left)
            if outcome.values is None:
                return
            found = model.pairs.roster(outcome.values)
            now, before = (
                np.sort(self.shares.of_roster(roster))[::-1].tolist()
                for roster in (found, self.roster)
            )
            if now > before:
                return  # time was too short to hold all ranks
            self.roster = found
            if self.interrupted:
                return
            program = program.with_row(cost, float(np.round(cost @ outcome.values)))

    def _minimise(self, model: Model, program: Program, share: float) -> Outcome:
        works, params = model.pairs.of(self.roster), self.limits.params
        values = start_from(program, works, params, lambda: self._over(share))
        limits = replace(self.limits, seconds=max(0.05, self._left(share)))
        outcome = minimise(program, model.pairs.layout(), limits, lambda _: None, values)
        self.interrupted = outcome.ending == "interrupt"
        return outcome

    def _program(self, percent: int | None) -> tuple[Model, Program]:
        """What holds so far; the objective counts those at a share, or is the one total."""
        model = build(self.problem)
        self.shares.hold(model, self.held)
        for held, most in self.most.items():
            those, always = self._beyond(model, held)
            together = model.columns(those).sum_by(np.zeros(len(those), dtype=int), 1)
            model.define_at_most(together, most - always)
        if percent is None:
            return model, model.program()
        counted, always = self._beyond(model, percent)
        program = model.program()
        cost, offset = np.zeros(program.num_columns), float(always)
        cost[counted] = 1.0
        program = program.with_cost(cost, offset)
        return model, replace(program, level_cost={1: cost}, level_offset={1: offset})

    def _beyond(self, model: Model, percent: int) -> tuple[Array, int]:
        """Columns that are 1 for those at or above a share, and the number who are so anyway."""
        reach, concerned = self.shares.reach(percent), self.shares.concerned
        count, most = self.shares.stated(model)
        anyway = concerned & (reach <= 0)
        those = np.flatnonzero(concerned & (reach > 0) & (reach <= most))
        columns = model.new_columns(len(those))
        beyond = model.columns(columns) * (most[those] - reach[those] + 1)
        model.define_at_most(count.take(those) - beyond, reach[those] - 1)
        return columns, int(anyway.sum())


@dataclass(frozen=True, slots=True)
class _Shares:
    """So much of so much for each person or center, in whole percent, cut off."""

    problem: Problem
    before: Array
    of: Array
    concerned: Array
    count: Callable[[Roster], Array]
    """What each has in a roster, float of shape (number of them,)."""
    stated: Callable[[Model], tuple[Linear, Array]]
    """The same as expressions that may be larger, never smaller; and the most it can be."""
    costs: Mapping[str, list[AnyRule]]
    """Rules whose cost must not grow, by a name for them."""

    def held(self, roster: Roster, score: Score) -> Mapping[str, int]:
        """What must not grow, by name: the number of empty seats, and costs."""
        costs = {
            name: sum(found.cost for found in score.priced if found.rule in rules)
            for name, rules in self.costs.items()
        }
        empty = Case(self.problem, roster).empty
        return {"empty seats": sum(map(empty, self.problem.requirements)), **costs}

    def hold(self, model: Model, most: Mapping[str, int]) -> None:
        empty = seats_empty(model)
        together = empty.sum_by(np.zeros(empty.size, dtype=np.int64), 1)
        model.define_at_most(together, most["empty seats"])
        for name, rules in self.costs.items():
            model.define_at_most(model.cost_of(rules), most[name])

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


def _loads(problem: Problem) -> _Shares:
    """Shifts worked of those offered, history included, of all who offer something now."""
    arrays = Arrays(problem)
    offered = arrays.past("shifts_offered") + arrays.offered
    *before, last = problem.levels or (0,)
    rules = problem.active_rules
    costs = {f"level {n}": [r for r in rules if r.level == n] for n in before}
    costs["citizens"] = [r for r in rules if r.level == last and r.serves]

    def count(roster: Roster) -> Array:
        who = [arrays.volunteer_index[a.volunteer_id] for a in roster.assignments]
        return np.bincount(np.array(who, dtype=np.int64), minlength=len(offered)).astype(float)

    def stated(model: Model) -> tuple[Linear, Array]:
        return model.sum_pairs(model.pairs.volunteer, len(offered)), model.most_shifts

    worked = arrays.past("shifts_worked")
    return _Shares(problem, worked, offered, arrays.offered > 0, count, stated, costs)


def _empty_shares(problem: Problem) -> _Shares:
    """Empty seats of those wanted, of all centers that want any."""
    of = np.zeros(len(problem.centers))
    index = {center.center_id: i for i, center in enumerate(problem.centers)}
    needs = problem.requirements
    at = np.array([index[problem.center_of(n)] for n in needs], dtype=np.int64)
    np.add.at(of, at, [need.target for need in needs])

    def count(roster: Roster) -> Array:
        seats = Case(problem, roster).seats("all")
        return np.array([float(wanted - filled) for filled, wanted in seats.values()])

    def stated(model: Model) -> tuple[Linear, Array]:
        return seats_empty(model).sum_by(at, len(of)), of.astype(int)

    return _Shares(problem, np.zeros(len(of)), of, of > 0, count, stated, {})
