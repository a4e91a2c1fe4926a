"""Ways to choose a part of a roster anew, and the best roster so far, which they start from.

People, days and the best roster -> a roster that differs from it there, or None. Schedules that
column generation found are chosen by branch and cut, or given out step by step; as these need not
fit together well, CP-SAT looks at other parts as they stand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from shiftplan.engines import cpsat
from shiftplan.engines.params.engines import PartParams
from shiftplan.engines.personal.blocks import Blocks
from shiftplan.engines.personal.crew import Crew
from shiftplan.engines.personal.master import Coupling
from shiftplan.engines.personal.part import Part
from shiftplan.engines.task import EPS, Array, Deadline, Link, Task


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a search, and each of its parts, may use."""

    task: Task
    link: Link
    deadline: Deadline

    @property
    def params(self) -> PartParams:
        return self.task.params.parts

    @property
    def counted(self) -> bool:
        """Whether work is counted, and not time."""
        return self.task.work_limit is not None

    def share(self, share: float) -> Deadline:
        """A part of the time that is left; all of it where work is counted."""
        return self.deadline if self.counted else Deadline(share * self.deadline.left())

    def part(self, times: float = 1.0) -> Deadline:
        """The end of a part, or of its last step; that of the search where work is counted."""
        left = self.deadline.left()
        return Deadline(left if self.counted else min(times * self.params.seconds, left))


class Best:
    """The best roster so far; hard rows that couple people have a price until they hold."""

    def __init__(self, blocks: Blocks, coupling: Coupling, task: Task, link: Link) -> None:
        self._blocks, self._coupling, self._link = blocks, coupling, link
        self._alone = task.work_limit is not None
        self.worked = np.zeros(task.program.num_pairs, dtype=bool)
        self.values = blocks.follow(self.worked)
        self.cost = np.inf
        """Its cost, with a penalty for each unit of a broken row."""
        self._reported = np.inf
        if task.start is not None:
            self._take(task.start)

    @property
    def holds(self) -> bool:
        """Whether the best roster breaks nothing, and was reported or taken over."""
        return self.cost == self._reported < np.inf

    def _take(self, values: Array) -> None:
        cost = self._blocks.program.total(values)
        if cost < self.cost - 0.5:
            self.worked = values[: len(self.worked)] > 0.5
            self.values = self._blocks.follow(self.worked)
            self.cost = self._reported = cost

    def look(self) -> None:
        """Take over what others found, unless equal seeds have to give equal results."""
        found = None if self._alone else self._link.best()
        if found is not None:
            self._take(found)

    def offer(self, worked: Array) -> float:
        """Take a roster unless it is worse; by how much it is better, negative when worse."""
        program = self._blocks.program
        values = self._blocks.follow(worked)
        over = program.matrix @ values - program.row_upper
        broken = float(over[over > EPS].sum())
        cost = program.total(values) + self._coupling.penalty * broken
        gain = self.cost - cost
        if gain < 0 or (gain == 0 and broken > 0 and self.holds):
            return gain
        self.worked, self.values, self.cost = worked, values, cost
        if broken == 0 and cost < self._reported - 0.5:
            self._reported = cost
            self._link.solution(values)
        return gain


Way = Callable[[Crew, list[int], Array | None, Best, Allowance, int], Array | None]
"""Crew, people by number, days (None for all), best roster, allowance, seed -> roster or None."""


def by_branching(
    crew: Crew, people: list[int], days: Array | None, best: Best, allowed: Allowance, seed: int
) -> Array | None:
    """Schedules from column generation, chosen by branch and cut."""
    part = _priced(crew, people, days, best, allowed, seed)
    nodes, enough = allowed.params.nodes, allowed.params.enough
    return None if part is None else part.choose(allowed.part().left(), nodes, enough)


def by_descent(
    crew: Crew, people: list[int], days: Array | None, best: Best, allowed: Allowance, seed: int
) -> Array | None:
    """Schedules from column generation, given out step by step."""
    part = _priced(crew, people, days, best, allowed, seed)
    if part is None:
        return None
    params, stopped = allowed.params, allowed.link.stopped
    limit = allowed.part(params.long_factor)
    return descend(part, limit, stopped, params.held_rounds, params.held)


def _priced(
    crew: Crew, people: list[int], days: Array | None, best: Best, allowed: Allowance, seed: int
) -> Part | None:
    """A part with its relaxed choice, where that promises anything."""
    limit = allowed.part(allowed.params.long_factor)
    part = Part(crew, people, days, best.values, seed)
    if not part.master.relax(limit.left()):
        return None
    before = part.master.value
    part.generate(limit, allowed.link.stopped, allowed.params.rounds, 1e-4)
    return None if part.hopeless or part.master.value > before - 0.5 else part


def by_solver(
    crew: Crew, people: list[int], days: Array | None, best: Best, allowed: Allowance, seed: int
) -> Array | None:
    """The part as a program of its own, by CP-SAT; the best roster has to hold."""
    layout = crew.blocks.layout
    free = np.isin(layout.volunteer, crew.blocks.people[people])
    if days is not None:
        free &= np.isin(layout.day, days)
    values = best.values.copy()
    columns = crew.restriction.free_columns(np.flatnonzero(free))
    activity = crew.blocks.program.matrix @ values
    part = crew.restriction.program_of(columns, values, activity)
    work = allowed.params.solver_work if allowed.counted else None
    seconds = allowed.part().left()
    found = cpsat.improve(part, values[columns], seed=seed, seconds=seconds, work=work)
    if found is None:
        return None
    values[columns] = found
    worked: Array = values[: len(best.worked)] > 0.5
    return worked


def descend(
    part: Part,
    deadline: Deadline,
    stopped: Callable[[], bool],
    rounds: int,
    share: float,
) -> Array | None:
    """Pairs of a roster, bool (num_pairs,); None when stopped.

    `part` has a relaxed choice, and is used up. Each step holds a `share` of the works that are not
    held yet, or all that are sure if these are more; more where the time would not suffice. When
    time is over, or no choice has all that is held, everybody takes the best schedule with it.
    """
    held = np.zeros(len(part.fixed), dtype=bool)
    left, step, is_relaxed = deadline.left(), 0.0, True
    while not stopped():
        chosen = part.master.whole() if is_relaxed else None
        if chosen is None and (left <= 0 or not is_relaxed):
            chosen = part.price(held, every=True)
        if chosen is not None:
            return part.worked(chosen)
        _hold(part, held, share, left / step if 0 < step < np.inf else np.inf)
        part.hold(held)
        for _ in range(rounds):
            if not part.master.relax(deadline.left()) or stopped() or not part.price(held):
                break
        is_relaxed = part.master.relax(deadline.left())
        before, left = left, deadline.left()
        step = before - left
    return None


def _hold(part: Part, held: Array, share: float, steps: float) -> None:
    """Hold more works: those that are sure, a share of the others, or enough for some steps.

    Works that are not sure are from as many people as possible, as two of one person need not be in
    a good schedule together.
    """
    use = part.use()
    candidates = np.flatnonzero((use > EPS) & ~held)
    order = candidates[np.argsort(-use[candidates], kind="stable")]
    count = float(use[candidates].sum())
    # After so many steps that hold the same part of what is open, less than one work is open.
    needed = 1 - max(count, 1.0) ** (-1 / max(steps, 1.0))
    least = max(1, round(max(share, needed) * count))
    sure = int((use[order] >= part.crew.params.sure).sum())
    person = part.crew.blocks.layout.volunteer[order]
    by_person = np.argsort(person, kind="stable")
    turn = np.empty(len(order), dtype=int)
    start = np.searchsorted(person[by_person], person[by_person])
    turn[by_person] = np.arange(len(order)) - start
    turn[:sure] = -1
    held[order[np.argsort(turn, kind="stable")[: max(least, sure)]]] = True
