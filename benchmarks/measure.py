"""One measured run: an engine on a problem, its rosters checked.

(`Problem`, `Job`) -> `measure` -> `Measured`: figures and the last roster.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np
from pydantic import BaseModel, ConfigDict

from benchmarks.baselines import BASELINES, Found, Limits, Trail
from benchmarks.records import Run
from benchmarks.shift_design import DesignedTime, DesignInstance, times_of
from benchmarks.sources import Source
from benchmarks.timefold import run_timefold
from shiftplan import ModelError, Problem, Roster, Status, check, solve
from shiftplan.citizens import design
from shiftplan.engines.highs import settle
from shiftplan.model import Model, Program
from shiftplan.solving import Progress
from shiftplan.solving.building import build

OURS = "shiftplan"
TIMEFOLD = "timefold"
ENGINES = (OURS, *BASELINES, TIMEFOLD)
"""Names of all engines."""
USUAL = (OURS, "highs", "cpsat", "greedy")
"""Those that a week is measured with where none are named; they need nothing to be installed."""


class Budget(BaseModel):
    """Time limit of a run, perhaps in proportion to its size."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seconds: float = 0.0
    """Seconds whatever the size."""
    per_volunteer: float = 0.0
    """Seconds for each volunteer."""
    per_week: float = 0.0
    """Seconds for each seven days of the horizon."""
    least: float = 0.0
    """Seconds at least."""
    most: float | None = None
    """Seconds at most; None for no such limit."""

    def of(self, problem: Problem) -> float:
        """Seconds for a problem."""
        seconds = self.seconds + self.per_volunteer * len(problem.volunteers)
        seconds = max(self.least, seconds + self.per_week * problem.horizon.days / 7)
        return seconds if self.most is None else min(self.most, seconds)


class Job(BaseModel):
    """A run that is asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: Source
    """The instance."""
    engine: str
    """One of `ENGINES`."""
    budget: Budget
    """Time limit."""
    seed: int = 0
    """Seed of everything random."""
    workers: int = 2
    """Threads or processes."""
    gap: float = 0.0
    """Relative gap at which the run ends early; 0 for never."""
    marks: tuple[float, ...] = ()
    """Seconds at which tables quote the cost."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a run gave."""

    run: Run
    """Figures."""
    roster: Roster | None
    """The last roster; None when there is none."""
    ended: float
    """When the engine returned, before its rosters were checked again; seconds since 1970."""
    times: tuple[DesignedTime, ...] = ()
    """The shifts of a design."""


def measure(problem: Problem, job: Job) -> Measured:
    """Run an engine and judge what it found.

    Raises
    ------
    ModelError
        The checker does not agree with a roster's cost, or finds it broken, or a roster costs
        less than what the engine claims to have proven.

    """
    how = {OURS: _ours, TIMEFOLD: _timefold}.get(job.engine, _baseline)
    found = how(problem, job)
    run = found.run
    if run.cost is not None and run.bound is not None and run.cost < run.bound:
        raise ModelError(f"a roster of cost {run.cost} is below the proven bound {run.bound}")
    counts = {
        "centers": len(problem.centers),
        "volunteers": len(problem.volunteers),
        "days": problem.horizon.days,
        "shifts": len(problem.shifts),
    }
    return replace(found, run=run.model_copy(update={"size": counts | run.size}))


def measure_design(instance: DesignInstance, job: Job) -> Measured:
    """Design the shifts of an instance, whoever works them.

    Raises
    ------
    ModelError
        The checker does not agree with what a design costs.

    """
    problem = instance.problem
    seconds = job.budget.of(problem)
    found = design(
        problem,
        instance.policy,
        cyclic=instance.cyclic,
        offers=False,
        time_limit=seconds,
        workers=job.workers,
        seed=job.seed,
    )
    ended = time.time()
    times = times_of(found.shifts, problem.horizon.days)
    run = Run(
        status=found.status,
        time_limit=seconds,
        cost=found.cost,
        bound=found.bound,
        solve_seconds=found.seconds,
        size={"days": problem.horizon.days, "shifts": len(times)},
    )
    return Measured(run, None, ended, times)


def _ours(problem: Problem, job: Job) -> Measured:
    costs: list[tuple[float, int]] = []
    bounds: list[tuple[float, int]] = []

    def progress(now: Progress) -> None:
        for steps, value in ((costs, now.total), (bounds, now.bound)):
            if value is not None and (not steps or value != steps[-1][1]):
                steps.append((now.seconds, value))

    seconds = job.budget.of(problem)
    result = solve(
        problem,
        time_limit=seconds,
        workers=job.workers,
        seed=job.seed,
        gap=job.gap,
        on_progress=progress,
    )
    ended = time.time()
    if result.roster is not None:
        cost = _checked(problem, result.roster, result.total.cost)
        if not costs or cost < costs[-1][1]:
            costs.append((result.seconds, cost))
    if result.total.bound is not None and (not bounds or bounds[-1][1] < result.total.bound):
        bounds.append((result.seconds, result.total.bound))
    size = dict(result.stats.get("size", {}))
    if result.decisions is not None:
        size["decisions"] = result.decisions
    run = Run(
        status=result.status.value,
        time_limit=seconds,
        cost=result.total.cost,
        bound=result.total.bound,
        costs=tuple(costs),
        bounds=tuple(bounds),
        build_seconds=result.stats.get("build_seconds"),
        solve_seconds=result.seconds,
        size=size,
    )
    return Measured(run, result.roster, ended)


def _baseline(problem: Problem, job: Job) -> Measured:
    trail = Trail()
    model = build(problem)
    program = model.program()
    built = trail.seconds()
    limits = Limits(job.budget.of(problem), job.workers, job.seed, job.gap)
    BASELINES[job.engine](program, limits, trail)
    seconds, ended = trail.seconds(), time.time()
    costs, roster = _judged(problem, model, program, trail.found, job.marks)
    cost = costs[-1][1] if costs else None
    bound = trail.bounds[-1][1] if trail.bounds else None
    status = Status.INFEASIBLE if trail.infeasible else Status.NO_ROSTER_FOUND
    if cost is not None:
        status = Status.OPTIMAL if cost == bound else Status.FEASIBLE
    run = Run(
        status=status.value,
        time_limit=limits.seconds,
        cost=cost,
        bound=bound,
        costs=costs,
        bounds=tuple(trail.bounds),
        build_seconds=built,
        solve_seconds=seconds,
        size={
            "decisions": program.num_pairs,
            "columns": program.num_columns,
            "rows": program.num_rows,
            "nonzeros": int(program.matrix.nnz),
        },
    )
    return Measured(run, roster, ended)


def _timefold(problem: Problem, job: Job) -> Measured:
    limits = Limits(job.budget.of(problem), job.workers, job.seed, job.gap)
    start = time.monotonic()
    plans = run_timefold(problem, limits)
    seconds, ended = time.monotonic() - start, time.time()
    roster = None
    for i in _quoted([plan.seconds for plan in plans], job.marks):
        roster = plans[i].roster(problem)
        _checked(problem, roster, plans[i].cost)
    cost = plans[-1].cost if plans else None
    run = Run(
        status=(Status.NO_ROSTER_FOUND if cost is None else Status.FEASIBLE).value,
        time_limit=limits.seconds,
        cost=cost,
        costs=tuple((plan.seconds, plan.cost) for plan in plans),
        solve_seconds=seconds,
    )
    return Measured(run, roster, ended)


def _quoted(found: Sequence[float], marks: Sequence[float]) -> list[int]:
    """Numbers of the solutions, by their seconds, that are there at a mark or at the end."""
    before_marks = {sum(seconds <= mark for seconds in found) - 1 for mark in marks}
    return sorted((before_marks | {len(found) - 1}) - {-1})


def _judged(
    problem: Problem,
    model: Model,
    program: Program,
    found: Sequence[Found],
    marks: Sequence[float],
) -> tuple[tuple[tuple[float, int], ...], Roster | None]:
    """Costs over time, those that tables quote as the checker counts them; and the last roster.

    A solver may leave auxiliary columns higher than they must be: they are settled first, so the
    checked cost is at most the solver's own.
    """
    costs = [round(f.cost) for f in found]
    roster = None
    for i in _quoted([f.seconds for f in found], marks):
        values = np.zeros(program.num_columns)
        values[: program.num_pairs] = found[i].works
        roster = model.pairs.roster(values)
        cost = _checked(problem, roster, round(program.total(settle(program, values))))
        if cost > costs[i]:
            raise ModelError(f"the solver says {costs[i]}, the checker {cost}")
        costs[i] = cost
    seconds = (f.seconds for f in found)
    return tuple(zip(seconds, accumulate(costs, min), strict=True)), roster


def _checked(problem: Problem, roster: Roster, claimed: int | None) -> int:
    """The checker's cost of a roster, which has to be the claimed one."""
    score = check(problem, roster)
    if not score.is_feasible or score.total != claimed:
        raise ModelError(f"claimed {claimed}, check {score.total} {dict(score.hard)}")
    return score.total
