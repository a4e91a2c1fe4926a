"""The one door: a problem in, a checked roster with a proven bound out.

`Problem` -> `Model` -> engines -> `Roster` -> `check` -> `Result`.
"""

from __future__ import annotations

import logging
import os
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np

from shiftplan.check import Score, check
from shiftplan.conflict import find_conflict
from shiftplan.engines.search import Limits, Outcome, minimise
from shiftplan.errors import Fault, InputError, ModelError
from shiftplan.model import Model, Program, build
from shiftplan.problem import Problem
from shiftplan.result import ConflictMember, Cost, Result, Status, StoppedBy
from shiftplan.roster import Roster

log = logging.getLogger("shiftplan")

_CLOSING_SHARE = 0.01
_CLOSING_SECONDS = 0.4
"""Time kept for stopping the engines and checking the roster."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a solve has come."""

    seconds: float
    """Time since the start."""
    total: int | None
    """Cost of the best roster so far; None while there is none."""
    bound: int | None
    """Proven bound of the total; None while there is none."""
    levels: Mapping[int, int]
    """Level -> cost of the best roster so far; empty while there is none."""

    @property
    def gap(self) -> float | None:
        """(total - bound) / total; None when unknown."""
        return Cost(self.total, self.bound).gap


def solve(
    problem: Problem,
    *,
    time_limit: float | None = 60.0,
    workers: int | None = None,
    seed: int = 0,
    gap: float = 0.0,
    work_limit: int | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    cancel: threading.Event | None = None,
) -> Result:
    """Find a fair roster and prove how good it is.

    Parameters
    ----------
    problem
        What to plan.
    time_limit
        Seconds for everything, checking included; None for no limit.
    workers
        Engines side by side; None for as many as there are processors, at most 4.
    seed
        Seed of everything random, 0 or more.
    gap
        Relative gap at which the search may end; 0 asks for a proof.
    work_limit
        Steps of each engine instead of time (nodes, neighborhoods, deterministic seconds). With
        one worker and no time limit the same seed then gives the same roster.
    on_progress
        Called in the calling thread whenever the best roster or the bound improves.
    cancel
        When somebody sets it, the search ends with the best roster so far, as it does on Ctrl-C.

    Returns
    -------
    Result
        With a roster unless hard rules contradict each other or time was too short.

    Raises
    ------
    InputError
        If an option is out of range.
    ModelError
        If the checker and the model disagree on a roster; the problem is saved for a report.
    """
    start = time.monotonic()
    limits = _limits(time_limit, workers, seed, gap, work_limit, cancel)
    session = _Session(problem, start, limits, on_progress)
    return session.run()


def _limits(
    time_limit: float | None,
    workers: int | None,
    seed: int,
    gap: float,
    work_limit: int | None,
    cancel: threading.Event | None,
) -> Limits:
    ranges = [
        ("time_limit", time_limit, time_limit is None or time_limit > 0, "seconds above 0"),
        ("workers", workers, workers is None or workers >= 1, "1 or more"),
        ("seed", seed, 0 <= seed < 2**31 - 64, "0 to 2147483583"),
        ("gap", gap, 0 <= gap < 1, "0 to below 1"),
        ("work_limit", work_limit, work_limit is None or work_limit >= 1, "1 or more"),
    ]
    faults = [
        Fault("out_of_range", "options", name, str(value), f"{name} must be {allowed}")
        for name, value, fine, allowed in ranges
        if not fine
    ]
    if faults:
        raise InputError(faults)
    return Limits(
        seconds=np.inf if time_limit is None else time_limit,
        workers=min(4, os.cpu_count() or 1) if workers is None else workers,
        seed=seed,
        gap=gap,
        work_limit=work_limit,
        cancel=cancel,
    )


class _Session:
    """One call of `solve`."""

    def __init__(
        self,
        problem: Problem,
        start: float,
        limits: Limits,
        on_progress: Callable[[Progress], None] | None,
    ) -> None:
        self.problem, self.start, self.limits = problem, start, limits
        self.on_progress = on_progress
        self.stats: dict[str, object] = {}

    def passed(self) -> float:
        return time.monotonic() - self.start

    def run(self) -> Result:
        try:
            model = build(self.problem)
            program = model.program()
        except KeyboardInterrupt:
            return self._result(Status.NO_ROSTER_FOUND, StoppedBy.INTERRUPT)
        self.stats["build_seconds"] = round(self.passed(), 3)
        self.stats["size"] = {
            "decisions": program.num_pairs,
            "columns": program.num_columns,
            "rows": program.num_rows,
            "nonzeros": int(program.matrix.nnz),
        }
        if self.problem.order == "strict":
            return self._strict(model, program)
        outcome = self._minimise(model, program, self.problem.rate_of)
        return self._finish(model, program, outcome, {})

    def _left(self) -> float:
        """Seconds for the engines: what is left, less what closing takes."""
        closing = max(_CLOSING_SECONDS, _CLOSING_SHARE * self.limits.seconds)
        if not np.isfinite(self.limits.seconds):
            return float(np.inf)
        return max(0.05, self.limits.seconds - self.passed() - closing)

    def _minimise(self, model: Model, program: Program, rates: Mapping[int, int]) -> Outcome:
        def changed(outcome: Outcome) -> None:
            if self.on_progress is not None:
                levels = _level_costs(program, outcome.values)
                total = sum(self.problem.rate_of[k] * c for k, c in levels.items())
                is_total = rates == self.problem.rate_of
                self.on_progress(
                    Progress(
                        self.passed(),
                        total if levels or outcome.values is not None else None,
                        outcome.bound if is_total else None,
                        levels,
                    )
                )

        limits = Limits(
            seconds=self._left(),
            workers=self.limits.workers,
            seed=self.limits.seed,
            gap=self.limits.gap,
            work_limit=self.limits.work_limit,
            cancel=self.limits.cancel,
        )
        return minimise(program, model.layout(), limits, changed)

    def _strict(self, model: Model, program: Program) -> Result:
        """Minimise level after level, each with the costs of those before it held."""
        bounds: dict[int, int | None] = {}
        held = program
        outcome = Outcome(program)
        for level in self.problem.levels or (0,):
            cost = program.level_cost.get(level, np.zeros(program.num_columns))
            offset = program.level_offset.get(level, 0.0)
            step = self._minimise(model, held.with_cost(cost, offset), {level: 1})
            if step.values is None:
                if outcome.values is None:
                    outcome.ending = step.ending
                break
            outcome.values, outcome.ending = step.values, step.ending
            bounds[level] = step.bound
            held = held.with_row(cost, float(np.round(cost @ step.values)))
            self.stats[f"level {level}"] = step.stats
            if step.ending not in ("proven", "gap"):
                break
        outcome.program = program
        return self._finish(model, program, outcome, bounds)

    def _finish(
        self, model: Model, program: Program, outcome: Outcome, bounds: Mapping[int, int | None]
    ) -> Result:
        self.stats |= outcome.stats
        if outcome.ending == "infeasible":
            conflict = find_conflict(model, program)
            if conflict:
                return self._result(Status.INFEASIBLE, None, conflict=conflict)
            self._fail("a solver called the model infeasible, but nothing has to give way", None)
        ended_by = {
            "time": StoppedBy.TIME,
            "work": StoppedBy.WORK,
            "interrupt": StoppedBy.INTERRUPT,
            "gap": StoppedBy.GAP,
        }
        stopped_by = ended_by.get(outcome.ending)
        if outcome.values is None:
            return self._result(Status.NO_ROSTER_FOUND, stopped_by or StoppedBy.TIME)
        roster = model.roster(outcome.values)
        score = check(self.problem, roster)
        claimed = _level_costs(program, outcome.values)
        if score.broken or any(score.levels[k] > c for k, c in claimed.items()):
            self._fail(f"model {claimed}, check {score.levels} {dict(score.hard)}", roster)
        if outcome.bound is not None and not bounds and score.total < outcome.bound:
            self._fail(f"check {score.total} is below the proven bound {outcome.bound}", roster)
        status = Status.OPTIMAL if outcome.ending == "proven" else Status.FEASIBLE
        return self._result(
            status,
            stopped_by,
            roster=roster,
            score=score,
            total=Cost(score.total, None if bounds else outcome.bound),
            bounds=bounds,
        )

    def _fail(self, what: str, roster: Roster | None) -> None:
        """Save the evidence and raise: the checker and the model must never disagree."""
        folder = Path(tempfile.mkdtemp(prefix="shiftplan-bug-"))
        (folder / "problem.json").write_text(self.problem.to_json(), encoding="utf-8")
        if roster is not None:
            (folder / "roster.json").write_text(roster.to_json(), encoding="utf-8")
        raise ModelError(f"the model and the checker disagree: {what}", folder)

    def _result(
        self,
        status: Status,
        stopped_by: StoppedBy | None,
        *,
        roster: Roster | None = None,
        score: Score | None = None,
        total: Cost | None = None,
        bounds: Mapping[int, int | None] | None = None,
        conflict: tuple[ConflictMember, ...] = (),
    ) -> Result:
        levels = {} if score is None else score.levels
        result = Result(
            status=status,
            stopped_by=stopped_by,
            roster=roster,
            score=score,
            total=total or Cost(None, None),
            levels={k: Cost(c, (bounds or {}).get(k)) for k, c in levels.items()},
            conflict=conflict,
            seconds=self.passed(),
            stats=self.stats,
            version=", ".join(f"{name} {version(name)}" for name in _PACKAGES),
        )
        log.info("%s, total %s, bound %s", status, result.total.cost, result.total.bound)
        return result


_PACKAGES = ("shiftplan", "ortools", "highspy")


def _level_costs(program: Program, values: np.ndarray | None) -> dict[int, int]:
    """Level -> cost as the model counts it."""
    if values is None:
        return {}
    return {
        level: round(float(cost @ values) + program.level_offset[level])
        for level, cost in program.level_cost.items()
    }
