"""Ways to choose a part of a roster anew: some people on some days, beside all that stays.

People, days and the best roster -> a roster that differs from it there, or None. Schedules that
column generation found are chosen by branch and cut, or given out one after another; as these
need not fit together well, CP-SAT looks at other parts as they stand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from shiftplan.engines import cpsat
from shiftplan.engines.personal.best import Best
from shiftplan.engines.personal.crew import Crew
from shiftplan.engines.personal.descent import descend
from shiftplan.engines.personal.part import Part
from shiftplan.engines.task import Deadline, Link, Task
from shiftplan.options.schedules import PartParams

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a search, and each of its parts, may use."""

    task: Task
    link: Link
    deadline: Deadline

    @property
    def params(self) -> PartParams:
        """What steers the parts."""
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
