"""Ways to choose a part of a roster anew: some people on some days, beside all that stays.

People, days and the best roster -> a roster that differs from it there, or None. Schedules that
column generation found are chosen by branch and cut, or given out one after another; where these
do not fit together well, CP-SAT looks at the part as it stands.
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

Array = np.ndarray[Any, Any]

PART_SECONDS = 2.0
"""Time in which a part should be done."""
_ROUNDS = 30
"""Rounds of pricing of a part."""
_ENOUGH = 0.1
"""Part of the gain of the relaxed choice that may be left out."""
_NODES = 60
"""Branch-and-bound nodes of the choice among the schedules of a part."""
_STEP, _STEP_ROUNDS = 0.1, 4
"""Part of the people who get a schedule in each step of a descent, and rounds between steps."""
_WORK = 0.5
"""Deterministic seconds of CP-SAT for a part, where work is counted and not time."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a way may use."""

    task: Task
    link: Link
    deadline: Deadline

    @property
    def seconds(self) -> float:
        """Time for the last step of a part; all there is where work is counted."""
        left = self.deadline.left()
        return left if self.task.work_limit is not None else min(PART_SECONDS, left)


Way = Callable[[Crew, list[int], Array | None, Best, Bounds, int], Array | None]
"""Crew, people by number, days (None for all), best roster, limits, seed -> a roster or None."""


def by_branching(
    crew: Crew, people: list[int], days: Array | None, best: Best, bounds: Bounds, seed: int
) -> Array | None:
    """Schedules from column generation, chosen by branch and cut."""
    part = _priced(crew, people, days, best, bounds, seed)
    return None if part is None else part.choose(bounds.seconds, _NODES, _ENOUGH)


def by_descent(
    crew: Crew, people: list[int], days: Array | None, best: Best, bounds: Bounds, seed: int
) -> Array | None:
    """Schedules from column generation, given out step by step."""
    part = _priced(crew, people, days, best, bounds, seed)
    if part is None:
        return None
    stopped = bounds.link.stopped
    return descend(part, best.worked, bounds.deadline, stopped, _STEP_ROUNDS, _STEP)


def _priced(
    crew: Crew, people: list[int], days: Array | None, best: Best, bounds: Bounds, seed: int
) -> Part | None:
    """A part with its relaxed choice, where that promises anything."""
    part = Part(crew, people, days, best.worked, seed)
    if not part.master.relax(bounds.deadline.left()):
        return None
    before = part.master.value
    part.generate(bounds.deadline, bounds.link.stopped, _ROUNDS, 1e-4)
    return None if part.hopeless or part.master.value > before - 0.5 else part


def by_solver(
    crew: Crew, people: list[int], days: Array | None, best: Best, bounds: Bounds, seed: int
) -> Array | None:
    """The part as a program of its own, by CP-SAT."""
    if not best.holds:
        return None
    layout = crew.blocks.layout
    free = np.isin(layout.volunteer, crew.blocks.people[people])
    if days is not None:
        free &= np.isin(layout.day, days)
    values = crew.blocks.follow(best.worked)
    columns = crew.restriction.free_columns(np.flatnonzero(free))
    activity = crew.blocks.program.matrix @ values
    part = crew.restriction.program_of(columns, values, activity)
    work = None if bounds.task.work_limit is None else _WORK
    found = cpsat.improve(part, values[columns], seed=seed, seconds=bounds.seconds, work=work)
    if found is None:
        return None
    values[columns] = found
    worked: Array = values[: len(best.worked)] > 0.5
    return worked
