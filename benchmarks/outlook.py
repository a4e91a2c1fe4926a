"""The first of several weeks, chosen for what it costs and for what may come after it.

`Outlook` of a `Problem`, needs of its shifts in several futures -> rounds of pricing -> a roster of
the first week.

Whole schedules of the first week are chosen together with one of the second week for each future,
as in two-stage stochastic programs. Only the first week has to be whole, the futures stay relaxed.
What comes after the second week counts at the prices of a relaxation of all weeks. So a linear
program says what a first week costs on average, and a descent leads to one that costs hardly more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from benchmarks.fork import TWO_WEEKS, WEEK, Choice, Fork
from shiftplan.engines.params import DEFAULTS
from shiftplan.engines.personal.blocks import Blocks
from shiftplan.engines.personal.crew import Crew
from shiftplan.engines.personal.master import Coupling, Master
from shiftplan.engines.personal.part import Part
from shiftplan.engines.task import EPS, Array, Deadline
from shiftplan.problem import Problem
from shiftplan.solving.building import build
from shiftplan.week.roster import Roster
from shiftplan.week.wishes import Preference

WISH, SHORT, BROKEN = 10.0, 30.0, 600.0
"""Price of work against a wish, of a person missing from a target, and from a minimum."""
BROKEN_LATER = 120.0
"""The last of these in a future, whose schedules are not whole."""
GAP, FIRST_GAP = 0.002, 0.003
"""Relative gaps at which pricing ends, with futures and before."""
SMOOTHING = 0.7
"""Weight of the best prices so far in the prices that are tried next."""
HELD = 0.2
"""Part of the open works that a step of the descent holds at least."""
ROUNDS = 6
"""Rounds of pricing after each such step."""
WANTED = 1e5
"""What holding a work is worth: more than all that a schedule could save without it."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What the shifts of a problem need, and what its people wish."""

    minimum: Array
    """Of each shift in its order, float (shifts,)."""
    target: Array
    """Likewise, no less than the minimum."""
    wishes: tuple[Preference, ...] = ()
    """Wishes to be off."""

    @classmethod
    def of(cls, problem: Problem) -> Needs:
        """Those of a problem's requirements."""
        at = {shift.shift_id: number for number, shift in enumerate(problem.shifts)}
        found = cls(np.zeros(len(at)), np.zeros(len(at)), problem.preferences)
        for need in problem.requirements:
            number = at[str(need.shift_id)]
            found.minimum[number] = need.minimum
            found.target[number] = max(need.minimum, need.target or 0)
        return found


class _Cover(Coupling):
    """Needs of the first week, and of the second one in each future, as rows of a master.

    Pairs are counted once for the first week and once for each future: pair p of future f is
    number (f + 1) * pairs + p.
    """

    def __init__(self, shift: Array, first: Needs, futures: Sequence[Needs], day: Array) -> None:
        share = 1.0 / len(futures)
        blocks = [(first, day < WEEK, 1.0, BROKEN)]
        blocks += [
            (needs, (day >= WEEK) & (day < TWO_WEEKS), share, BROKEN_LATER) for needs in futures
        ]
        row = np.full((len(blocks), len(day)), -1)
        asked = [np.flatnonzero(inside & (needs.target > 0)) for needs, inside, _, _ in blocks]
        sizes = [len(shifts) for shifts in asked]
        count = sum(sizes)
        for number, shifts in enumerate(asked):
            row[number, shifts] = sum(sizes[:number]) + np.arange(len(shifts))
        pairs = list(zip(blocks, asked, strict=True))
        least = np.concatenate([needs.minimum[shifts] for (needs, *_), shifts in pairs])
        wanted = np.concatenate([needs.target[shifts] for (needs, *_), shifts in pairs])
        broken = np.repeat([price for *_, price in blocks], sizes)
        self.row_of = row
        """Row of each block and shift, -1 for none."""
        self.share = np.repeat([weight for _, _, weight, _ in blocks], sizes)
        """Weight of each row: 1 in the first week, a part of 1 in a future."""
        pair_row = row[:, shift].reshape(-1)
        pair = np.flatnonzero(pair_row >= 0)
        entries = (-np.ones(len(pair)), (pair_row[pair], pair))
        self.rows = np.arange(count)
        self.columns = np.arange(2 * count)
        self.pairs = sparse.csc_array(entries, shape=(count, len(pair_row)))
        self.by_pair = sparse.csr_array(self.pairs.T)
        one = sparse.eye_array(count)
        self.others = sparse.csr_array(-sparse.hstack([one, one]))
        self.bound = -wanted
        self.cost = np.concatenate([SHORT * self.share, broken * self.share])
        self.upper = np.concatenate([wanted - least, least])
        self.hard = np.zeros(count, dtype=bool)
        self.penalty = BROKEN


class Outlook:
    """Schedules of everybody, and what they are worth beyond the second week."""

    def __init__(self, problem: Problem, seed: int, deadline: Deadline) -> None:
        """`problem`: three weeks or two; without wishes after the first one."""
        self.usable = False
        """Whether time sufficed, and choosing a schedule for each person says everything."""
        self._problem, self.seed = problem, seed
        self._model = build(problem)
        program, pairs = self._model.program().core(), self._model.pairs
        self.pairs, self._shift, self._person = len(pairs), pairs.shift, pairs.volunteer
        self.cost = program.cost[: self.pairs]
        """Of each pair by itself."""
        blocks = Blocks(program, pairs.layout())
        asked = Needs.of(problem).target > 0
        # What one person alone can do is a matter of their schedule, where a future has no say.
        shared = np.bincount(self._shift, minlength=len(asked)) > 1
        if not blocks.follows or np.any(asked & ~shared):
            return
        params = DEFAULTS.schedules
        self.crew = crew = Crew(blocks, params.most_nodes, params)
        order = np.random.default_rng(seed).permutation(len(crew.courses))
        worked = crew.first_roster(order, lambda: deadline.left() <= 0)
        if worked is None:
            return
        part = Part(crew, list(range(len(order))), None, blocks.follow(worked), seed)
        part.generate(deadline, lambda: False, 10_000, FIRST_GAP)
        if not part.master.relaxed:
            return
        self.usable = True
        self.level = abs(part.master.value)
        """About what all weeks cost, for gaps."""
        self._day = np.array([problem.horizon.day(shift.start) for shift in problem.shifts])
        self.price = self._usual(part.prices() - self.cost)
        """What one more person is worth in each shift, not above 0, float (shifts,)."""
        late = self._day[self._shift] >= TWO_WEEKS
        self.beyond = np.where(late, self.price[self._shift], 0.0) + self.cost
        """Prices of the pairs after the second week."""
        self.forks = [
            Fork(graph, course, self.beyond[course.pairs])
            for course, graph in zip(crew.courses, crew.graphs, strict=True)
            if graph is not None
        ]

    def _usual(self, prices: Array) -> Array:
        """Price of each shift: its own in the first week, later the mean of those like it."""
        found = np.zeros(len(self._problem.shifts))
        found[self._shift] = prices
        like = defaultdict(list)
        for number, shift in enumerate(self._problem.shifts):
            key = shift.type, shift.skill_id, self._day[number] % WEEK > 4
            if self._day[number] >= WEEK:
                like[key].append(number)
        for numbers in like.values():
            found[numbers] = found[numbers].mean()
        return found

    def first_week(self, futures: Sequence[Needs], deadline: Deadline) -> Roster:
        """Assignments of the first week that cost the least on average; minima may be broken.

        What the problem needs in its first week holds, and what each future needs and wishes in
        the second one; later wishes are left out.
        """
        first = Needs.of(self._problem)
        cover = _Cover(self._shift, first, futures, self._day)
        wished = np.concatenate([self._wished(needs.wishes) for needs in futures])
        search = _Search(self, cover, len(futures), wished)
        search.price_all(Deadline(deadline.left() / 2))
        return self._model.pairs.roster(search.descend(deadline).astype(float))

    def _wished(self, wishes: Sequence[Preference]) -> Array:
        """Price of each pair that is against a wish of the second week, float (pairs,)."""
        people = {v.volunteer_id: i for i, v in enumerate(self._problem.volunteers)}
        kinds = np.array([shift.type for shift in self._problem.shifts])[self._shift]
        start, price = self._problem.horizon.start, np.zeros(self.pairs)
        for wish in wishes:
            day = (wish.date - start).days if wish.date else -1
            if WEEK <= day < TWO_WEEKS:
                against = self._person == people[wish.volunteer_id]
                against &= self._day[self._shift] == day
                if wish.shifts:
                    against &= np.isin(kinds, wish.shifts)
                price[against] += WISH
        return price


class _Search:
    """Choices of everybody in a master; its first blocks of pairs are those of the first week."""

    def __init__(self, outlook: Outlook, cover: _Cover, futures: int, wished: Array) -> None:
        self._outlook, self._cover, self._futures = outlook, cover, futures
        self._courses = outlook.crew.courses
        self._forks = list(outlook.forks)
        later = (np.tile(outlook.cost, futures) + wished) / futures
        self._own = np.concatenate([outlook.cost, later])
        none = np.zeros(len(cover.rows))
        people = len(self._courses)
        self.master = Master(cover, cover.rows, none, people, outlook.seed)
        self._held = np.zeros(people, dtype=int)
        """Works that each fork holds."""
        self._first: list[Array] = []
        """Pairs of the first week of each choice in the master."""
        self._rng = np.random.default_rng(outlook.seed)

    def _blocks(self, prices: Array) -> Array:
        return prices.reshape(1 + self._futures, -1)

    def _cheapest(self, person: int, prices: Array) -> Choice:
        own = self._blocks(prices)[:, self._courses[person].pairs]
        return self._forks[person].cheapest(own[0], own[1:])

    def _add(self, person: int, choice: Choice) -> bool:
        """Add a choice; whether it is new."""
        number, known = self._number(person, choice), len(self._first)
        cost = choice.cost + float(self._own[number].sum())
        if self.master.add(person, number, cost) < known:
            return False
        self._first.append(self._courses[person].pairs[choice.first])
        return True

    def _number(self, person: int, choice: Choice) -> Array:
        """Pairs of a choice by their numbers in the master."""
        pairs, count = self._courses[person].pairs, self._outlook.pairs
        later = [pairs[p] + count * (f + 1) for f, p in enumerate(choice.later)]
        return np.sort(np.concatenate([pairs[choice.first], *later]))

    def _begin(self) -> Array:
        """First choices, person after person beside the others; the prices to begin with."""
        cover, people = self._cover, self.master.people
        room = cover.upper[: len(cover.rows)]
        missing = -cover.bound
        taken = np.zeros((people, len(missing)))
        for person in np.tile(self._rng.permutation(people), 2).tolist():
            missing += taken[person]
            worth = np.where(missing > room, 4 * SHORT, SHORT) * cover.share
            prices = self._own + cover.by_pair @ np.where(missing > 0, worth, 0.0)
            choice = self._cheapest(person, prices)
            self._add(person, choice)
            taken[person] = -cover.pairs[:, self._number(person, choice)].sum(axis=1)
            missing -= taken[person]
        price = np.broadcast_to(self._outlook.price, cover.row_of.shape)
        usual = np.zeros(len(missing))
        usual[cover.row_of[cover.row_of >= 0]] = price[cover.row_of >= 0]
        begun: Array = np.minimum(usual * cover.share, 0.0)
        return begun

    def _price(self, dual: Array) -> tuple[int, float]:
        """Number of new choices at some prices, and the bound that the prices prove."""
        master = self.master
        prices, true = self._own + master.prices(dual), self._own + master.prices(master.dual)
        new, least = 0, 0.0
        for person in range(master.people):
            choice = self._cheapest(person, prices)
            least += choice.price
            own = self._blocks(true)[:, self._courses[person].pairs]
            price = choice.cost + own[0][choice.first].sum()
            price += sum(own[f + 1][p].sum() for f, p in enumerate(choice.later))
            if price < master.share[person] - EPS:
                new += self._add(person, choice)
        return new, master.bound(dual, least)

    def price_all(self, deadline: Deadline) -> None:
        """Rounds of pricing until the relaxed choice is near its bound."""
        centre, bound = self._begin(), -np.inf
        master = self.master
        while master.relax(np.inf):
            for dual in (SMOOTHING * centre + (1 - SMOOTHING) * master.dual, master.dual):
                new, proven = self._price(dual)
                if proven > bound:
                    centre, bound = dual, proven
                if new:
                    break
            near = master.value - bound <= GAP * self._outlook.level
            if not new or near or deadline.left() <= 0:
                break
        master.relax(np.inf)

    def descend(self, deadline: Deadline) -> Array:
        """Pairs of the first week, bool (pairs,), from a relaxed choice that is used up.

        Works of the first week that are used most are held, step by step; more where the time
        would not suffice.
        """
        held = np.zeros(self._outlook.pairs, dtype=bool)
        while True:
            use = np.zeros(len(held))
            for column in np.flatnonzero(self.master.use > EPS).tolist():
                use[self._first[column]] += self.master.use[column]
            open_ = np.flatnonzero((use > EPS) & ~held)
            if np.all(use[use > EPS] > 1 - 1e-5):
                whole: Array = use > 0.5
                return whole
            order = open_[np.argsort(-use[open_], kind="stable")]
            sure = int((use[order] > DEFAULTS.schedules.sure).sum())
            share = HELD if deadline.left() > 0 else 1.0
            held[order[: max(1, sure, round(share * use[open_].sum()))]] = True
            self._hold(held)
            for _ in range(ROUNDS):
                self.master.relax(np.inf)
                if not self._price(self.master.dual)[0]:
                    break
            self.master.relax(np.inf)

    def _hold(self, held: Array) -> None:
        """Leave out choices without the works that are held; let works go that do not fit."""
        prices = self._own + self.master.prices(self.master.dual)
        for person, course in enumerate(self._courses):
            mine = held[course.pairs]
            if mine.sum() <= self._held[person]:
                continue
            wanted = prices.copy()
            wanted[course.pairs[mine]] -= WANTED
            choice = self._cheapest(person, wanted)
            self._add(person, choice)
            kept = np.zeros(len(mine), dtype=bool)
            kept[choice.first] = True
            kept &= mine
            held[course.pairs] = kept
            if kept.sum() > self._held[person]:
                graph = self._outlook.forks[person].graph.holding(kept)
                beyond = self._outlook.beyond[course.pairs]
                self._forks[person] = Fork(graph, course, beyond)
                self._held[person] = kept.sum()
        known = zip(self.master.person, self._first, strict=True)
        self.master.allow(np.array([held[p].sum() >= self._held[who] for who, p in known]))
