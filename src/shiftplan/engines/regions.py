"""A large program region by region: prices of the whole, rosters side by side, then again.

`Program` -> jobs for a `Team` of workers, and what they report -> `Outcome`.

One worker relaxes the whole program; its duals are the prices that the regions share. The others
make a roster for each region meanwhile, from people who belong to it. Then everything is cut again
with other borders: windows raise the bound and pieces improve the roster, round after round.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from shiftplan.engines.dive import kernel
from shiftplan.engines.greedy import show_first
from shiftplan.engines.highs import nobody_works
from shiftplan.engines.params import SearchParams
from shiftplan.engines.partition import Piece, Pieces, Places, Prices, Window, at_home
from shiftplan.engines.task import (
    Array,
    Deadline,
    Engine,
    Limits,
    Outcome,
    SearchEnding,
    Task,
    holds,
)
from shiftplan.engines.team import Report, Team, reached
from shiftplan.model import Layout, Program

log = logging.getLogger("shiftplan")

_NAME = "regions"
Kind = Literal["greedy", "dive", "window", "piece"]
"""A quick first roster, a good one, prices chosen anew, or the roster improved."""


def large(program: Program, layout: Layout, params: SearchParams) -> bool:
    """Whether a program is worth being cut into regions."""
    least = params.regions
    many = program.num_pairs >= least.pairs or program.matrix.nnz > least.entries
    return many and len(np.unique(layout.center)) >= least.centers


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker does."""

    part: Window | Piece | None
    """A window of the prices, a piece of the roster, or None for the whole relaxation."""
    task: Task


class Jobs:
    """Makes jobs, each with its part of the time that is left."""

    def __init__(
        self, program: Program, layout: Layout, limits: Limits, deadline: Deadline, regions: int
    ) -> None:
        self._program, self._layout = program, layout
        self._limits, self._deadline = limits, deadline
        self._params = limits.params.regions
        self._share = limits.workers / regions
        """Part of a round's time that one region can have."""

    def whole(self) -> Job:
        """The relaxation of the whole program."""
        share = self._params.whole_share
        return Job(None, self._task("relaxation", self._program, self._layout, share))

    def window(self, pairs: Array, prices: Prices) -> Job:
        """The prices of a region chosen anew."""
        window = prices.window(pairs)
        share = self._params.window_share * self._share
        return Job(window, self._task("relaxation", window.program, self._layout, share))

    def piece(
        self, kind: Kind, pairs: Array, pieces: Pieces, values: Array, guide: Prices | None
    ) -> Job | None:
        """The roster of a region made or improved; None when others hold all of it.

        Where prices show it, a first roster is made of each person's likeliest pairs.
        """
        params = self._params
        if kind == "dive" and guide is not None:
            likely = np.zeros(len(pairs), dtype=bool)
            people = self._layout.volunteer[pairs]
            likely[kernel(people, guide.guide(pairs), params.choices)] = True
            pairs = pairs[likely | (values[pairs] > 0.5)]
        piece = pieces.cut(pairs, values)
        program, layout = piece.program, piece.layout
        if program.num_pairs == 0:
            pieces.give_back(piece)
            return None
        if kind == "greedy":
            share = params.greedy_share * self._share
            return Job(piece, self._task("greedy", program, layout, share))
        start = values[piece.columns]
        if kind == "dive":  # without neighborhoods: they wait until all regions have a roster
            task = self._task("neighborhoods", program, layout, params.dive_share * self._share)
            return Job(piece, replace(task, start=start, work_limit=0))
        share, between = params.piece_share, (params.piece_seconds, params.piece_most_seconds)
        task = self._task("neighborhoods", program, layout, share * self._share, between)
        known = None if guide is None else guide.guide(piece.columns)
        return Job(piece, replace(task, start=start, guide=known))

    def _task(
        self,
        engine: Engine,
        program: Program,
        layout: Layout,
        share: float,
        between: tuple[float, float] = (0.0, np.inf),
    ) -> Task:
        limits, left = self._limits, self._deadline.left()
        seconds = min(left, max(between[0], min(left * share, between[1])))
        if limits.work_limit is not None:
            seconds = left
        seed, work, params = limits.seed, limits.work_limit, limits.params
        return Task(engine, program, layout, None, seed, seconds, work, params=params)


def search_regions(
    layout: Layout,
    limits: Limits,
    deadline: Deadline,
    outcome: Outcome,
    report: Callable[[], None],
) -> SearchEnding | None:
    """Search until a limit is reached; None when other engines should go on with what is found."""
    with Team(limits.workers) as team:
        return _Regions(team, layout, limits, deadline, outcome, report).search()


class _Regions:
    """The state of a search in regions."""

    def __init__(
        self,
        team: Team,
        layout: Layout,
        limits: Limits,
        deadline: Deadline,
        outcome: Outcome,
        report: Callable[[], None],
    ) -> None:
        self._team, self._layout, self._limits = team, layout, limits
        self._deadline, self._outcome, self._report = deadline, outcome, report
        self._program = program = outcome.program
        self._params = params = limits.params.regions
        self._idle, self._jobs = list(range(limits.workers)), dict[int, Job]()
        self._count = -(-round(program.num_pairs / params.region_pairs) // limits.workers)
        self._count = max(2, self._count * limits.workers)
        self._make = Jobs(program, layout, limits, deadline, self._count)
        # The whole relaxation takes longest, and what follows here takes a moment.
        self._give(self._make.whole())
        self._prices = Prices(program, params)
        self._priced = False
        """Whether the whole has reported prices."""
        self._waiting: deque[tuple[Kind, Array]] = deque()
        self._home: Array | None = None
        """Region of each pair of the first rosters, -1 for none, int (num_pairs,)."""
        self._patience = Deadline(deadline.left() * params.patience_share)
        self._round = self._sweeps = 0
        self._last = (-np.inf, np.inf)
        """Bound and cost when the round began."""
        self._vain = 0
        """Sweeps of windows in a row that brought little."""

    def search(self) -> SearchEnding | None:
        """Jobs one after the other until a limit is reached or they do not pay."""
        roster = self._outcome.values
        if roster is None:
            show_first(self._outcome, self._deadline, self._limits.params)
            if self._outcome.values is not None:
                self._report()
            # Regions begin without works: a person whom it needs may belong elsewhere.
            roster = nobody_works(self._program)
            if not holds(self._program, roster):
                return None
        self._pieces = Pieces(self._program, self._layout)
        self._places = Places(self._layout, self._params)
        if not self._pieces.separable(self._params.largest_share):
            return None
        self._values, self._cost = roster, self._program.total(roster)
        facts = self._outcome.facts(_NAME)
        facts |= {"for": "a program larger than a province", "regions": self._count}
        while (ending := self._ending()) is None:
            while self._idle and (job := self._next()) is not None:
                self._give(job)
            if not self._jobs:
                ending = "work" if self._limits.work_limit is not None else None
                break
            message = self._team.report(min(0.1, self._deadline.left()))
            if message is not None:
                self._take(message)
        for late in self._team.stop():
            self._take(late)
        facts |= {"rounds": self._round, "sweeps": self._sweeps}
        self._outcome.end(_NAME, ending or "nothing pays any more")
        return ending

    def _ending(self) -> SearchEnding | None:
        ending = reached(self._outcome, self._limits, self._deadline)
        return ending or (None if self._idle or self._jobs else "lost")

    def _give(self, job: Job) -> None:
        worker = self._idle.pop(0)
        self._jobs[worker] = job
        self._team.start(worker, job.task)

    def _next(self) -> Job | None:
        """The next job; None when there is none before another ends."""
        refilled = False
        while True:
            if not self._waiting:
                if refilled or not self._refill():
                    return None
                refilled = True
            kind, pairs = self._waiting.popleft()
            if kind == "window":
                return self._make.window(pairs, self._prices)
            guide = self._prices if self._priced else None
            job = self._make.piece(kind, pairs, self._pieces, self._values, guide)
            if job is not None:
                return job

    def _refill(self) -> bool:
        """Line up what comes next for all regions; whether there is anything to do."""
        if self._round == 0:
            if self._home is None:
                # The prices show where people are needed; they are worth a moment.
                if not self._priced and self._jobs and self._patience.left() > 0:
                    return False
                region = self._places.regions(self._count, 0)
                own = at_home(self._layout, region, self._prices.values[: len(region)])
                self._home = np.where(own, region, -1)
                self._line_up("greedy", self._home)
            else:
                # The same people as before: a novice left over from others may lack a mentor, and
                # a dive does not begin with broken rows.
                self._line_up("dive", self._home)
                self._round = 1
            return True
        # Windows wait for the prices of the whole as long as these may come.
        params = self._params
        windows = self._priced or all(job.part is not None for job in self._jobs.values())
        if windows and self._vain < params.vain_sweeps and self._sweeps < self._round:
            self._sweeps += 1
            self._line_up("window", self._places.regions(self._count, self._sweeps))
            return True
        if self._limits.work_limit is not None and self._round == params.counted_rounds:
            return False
        bound, cost = self._prices.bound, self._cost
        raised, saved = bound - self._last[0], self._last[1] - cost
        self._vain = 0 if raised > params.pays * abs(bound) else self._vain + 1
        if windows and self._vain >= params.vain_sweeps and saved <= params.rests * abs(cost):
            return False
        self._last = (bound, cost)
        self._line_up("piece", self._places.regions(self._count, self._round))
        self._round += 1
        return True

    def _line_up(self, kind: Kind, region: Array) -> None:
        every = range(int(region.max()) + 1)
        self._waiting.extend((kind, np.flatnonzero(region == number)) for number in every)

    def _take(self, message: Report) -> None:
        job = self._jobs.get(message.worker)
        if job is None:
            if message.kind == "died" and message.worker in self._idle:
                self._idle.remove(message.worker)  # what it is given would never end
            return
        if message.kind == "solution" and isinstance(job.part, Piece):
            self._join(job.part, message.content)
        elif message.kind == "relaxed" and not isinstance(job.part, Piece):
            raised = self._prices.take(message.content, job.part)
            self._priced = self._priced or (raised and job.part is None)
            if raised and self._outcome.raise_bound(self._prices.bound, _NAME):
                self._report()
        elif message.kind == "note":
            facts = self._outcome.facts(_NAME)
            facts |= {name: facts.get(name, 0.0) + n for name, n in message.content.items()}
        elif message.kind in ("ended", "failed", "died"):
            del self._jobs[message.worker]
            if isinstance(job.part, Piece):
                self._pieces.give_back(job.part)
            if message.kind == "ended":
                self._idle.append(message.worker)
            else:
                log.warning("engine %s %s: %s", _NAME, message.kind, message.content)

    def _join(self, piece: Piece, content: Array) -> None:
        """Take over what was found for a piece, where the whole holds and is cheaper with it."""
        values = self._values.copy()
        values[piece.columns] = content
        cost = self._program.total(values)
        if cost > self._cost - 0.5 or not holds(self._program, values):
            return
        self._values, self._cost = values, cost
        if self._outcome.offer(values, _NAME):
            self._report()
