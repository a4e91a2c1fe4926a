"""One solve from start to end: build, minimise, check, and say what is known.

`Problem` -> `Model` -> engines -> `Roster` -> `check` -> `Result`.
"""

from __future__ import annotations

import logging
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from shiftplan.check import Score, check
from shiftplan.conflict import find_conflict
from shiftplan.engines.highs import settle
from shiftplan.engines.search import Limits, Outcome, minimise
from shiftplan.errors import ModelError
from shiftplan.model import Model, Program, build
from shiftplan.problem import Problem
from shiftplan.result import ConflictMember, Cost, Progress, Result, Status, StoppedBy
from shiftplan.roster import Roster

log = logging.getLogger("shiftplan")
Array = np.ndarray[Any, Any]

_CLOSING_SECONDS = 0.3
_CLOSING_BUILDS = 4.0
"""Time kept for stopping the engines, and for checking as a multiple of the building time."""
_PACKAGES = ("shiftplan", "ortools", "highspy")


class Session:
    """One call of `solve`: model, engines, check, result."""

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
        self.build_seconds = 0.0

    def passed(self) -> float:
        return time.monotonic() - self.start

    def run(self) -> Result:
        try:
            model = build(self.problem)
            program = model.program()
        except KeyboardInterrupt:
            return self._result(Status.NO_ROSTER_FOUND, StoppedBy.INTERRUPT)
        self.build_seconds = self.passed()
        self.stats["build_seconds"] = round(self.build_seconds, 3)
        self.stats["size"] = {
            "decisions": program.num_pairs,
            "columns": program.num_columns,
            "rows": program.num_rows,
            "nonzeros": int(program.matrix.nnz),
        }
        if self.problem.order == "strict":
            return self._strict(model, program)
        outcome = self._minimise(model, program)
        return self._finish(model, program, outcome, {})

    def _left(self) -> float:
        """Seconds for the engines: what is left, less what closing takes."""
        closing = _CLOSING_SECONDS + _CLOSING_BUILDS * self.build_seconds
        return max(0.05, self.limits.seconds - self.passed() - closing)

    def _minimise(self, model: Model, program: Program, *, strict: bool = False) -> Outcome:
        def changed(outcome: Outcome) -> None:
            if self.on_progress is None:
                return
            levels = _level_costs(program, outcome.values)
            total = sum(self.problem.rate_of[level] * cost for level, cost in levels.items())
            self.on_progress(
                Progress(
                    seconds=self.passed(),
                    total=None if outcome.values is None else total,
                    bound=None if strict else outcome.bound,
                    levels=levels,
                )
            )

        limits = replace(self.limits, seconds=self._left())
        return minimise(program, model.layout(), limits, changed)

    def _strict(self, model: Model, program: Program) -> Result:
        """Minimise level after level, each with the costs of those before it held."""
        bounds: dict[int, int | None] = {}
        held = program
        outcome = Outcome(program)
        for level in self.problem.levels or (0,):
            cost = program.level_cost.get(level, np.zeros(program.num_columns))
            offset = program.level_offset.get(level, 0.0)
            step = self._minimise(model, held.with_cost(cost, offset), strict=True)
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
            conflict = find_conflict(model, program, replace(self.limits, seconds=self._left()))
            if conflict:
                return self._result(Status.INFEASIBLE, None, conflict=conflict)
            if conflict is None:
                # Unconfirmed: engines have been known to be wrong about it.
                return self._result(Status.NO_ROSTER_FOUND, StoppedBy.TIME)
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
        claimed = _level_costs(program, settle(program, outcome.values))
        if score.broken or claimed != score.levels:
            self._fail(f"model {claimed}, check {score.levels} {dict(score.hard)}", roster)
        if outcome.bound is not None and not bounds and score.total < outcome.bound:
            self._fail(f"check {score.total} is below the proven bound {outcome.bound}", roster)
        met = not bounds and outcome.bound is not None and score.total <= outcome.bound
        if met or outcome.ending == "proven":
            status, stopped_by = Status.OPTIMAL, None
        else:
            status = Status.FEASIBLE
        return self._result(
            status,
            stopped_by,
            roster=roster,
            score=score,
            total=Cost(score.total, None if bounds else outcome.bound),
            bounds=bounds,
        )

    def _fail(self, what: str, roster: Roster | None) -> NoReturn:
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


def _level_costs(program: Program, values: Array | None) -> dict[int, int]:
    """Level -> cost as the model counts it."""
    if values is None:
        return {}
    return {
        level: round(float(cost @ values) + program.level_offset[level])
        for level, cost in program.level_cost.items()
    }
