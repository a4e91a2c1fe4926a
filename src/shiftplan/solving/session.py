"""One solve from start to end: build, minimise, check, and say what is known.

`Problem` -> `Model` -> engines -> `Roster` -> `check` -> `Result`.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from shiftplan.case.case import laid_out
from shiftplan.engines.hint import start_from
from shiftplan.engines.search import minimise
from shiftplan.engines.task import Array, Deadline, Limits, Outcome
from shiftplan.errors.message import Message
from shiftplan.model import Program
from shiftplan.problem import Problem
from shiftplan.scoring.equity import equity_of
from shiftplan.scoring.fairness import fairness_of
from shiftplan.solving.building import build
from shiftplan.solving.conflict.inquiry import Inquiry
from shiftplan.solving.fillable import poor_of, uncovered, with_supply
from shiftplan.solving.judge import better, disagreement, judged
from shiftplan.solving.memory import give_back
from shiftplan.solving.own_costs import OwnCosts
from shiftplan.solving.result import (
    EXACT,
    Conflict,
    Cost,
    HintUse,
    Progress,
    Result,
    Status,
    StoppedBy,
    Timeline,
    is_exact,
)
from shiftplan.solving.versions import versions
from shiftplan.week.roster import Roster

log = logging.getLogger("shiftplan")

_LEAST = 0.05
"""Seconds that are left to confirm a contradiction in any case."""
_STOPPED_BY = {reason.lower(): reason for reason in StoppedBy}
"""Ending of a search -> why it ended early; none where it ran to its end."""


class Session:
    """One call of `solve`: model, engines, check, result.

    Where a changed problem is solved, `own` is the week whose costs `on_progress` is given; None
    for those of the problem.
    """

    def __init__(
        self,
        problem: Problem,
        began: float,
        limits: Limits,
        on_progress: Callable[[Progress], None] | None = None,
        hint: Roster | None = None,
        own: Problem | None = None,
    ) -> None:
        self.problem, self.began, self.limits = problem, began, limits
        self.on_progress, self.hint, self.own = on_progress, hint, own
        self.own_costs: OwnCosts | None = None
        self.stats: dict[str, object] = {}
        self.hint_use: HintUse | None = None
        self.decisions: int | None = None
        self.timeline = Timeline()
        self.closing_seconds = 0.0
        """What the checks at the end take: at first as long as building, then as the check of an
        early roster took, on this machine beside everything else that runs on it."""
        self._rehearsed = not np.isfinite(limits.seconds)
        self._latest: tuple[Program, Array] | None = None
        """The last roster told: its program, and values of all columns."""
        self._told: tuple[Array | None, dict[int, int], Mapping[int, int]] = (None, {}, {})
        """Values reported last, and their costs by level, by the problem and by the week."""

    def passed(self) -> float:
        return time.monotonic() - self.began

    def run(self) -> Result:
        began = time.monotonic()
        self.model = model = build(self.problem)
        program = model.program()
        if self.own is not None and self.on_progress is not None:
            self.own_costs = OwnCosts(model, self.own)
        model.forget_rows()
        give_back()
        self.closing_seconds = time.monotonic() - began
        self.stats["build_seconds"] = round(self.closing_seconds, 3)
        self.decisions = program.num_pairs
        size = {"columns": program.num_columns, "rows": program.num_rows}
        self.stats["size"] = {**size, "nonzeros": int(program.matrix.nnz)}
        known = self._known(program)
        if self.problem.order == "strict":
            return self._strict(program, known)
        return self._finish(program, self._minimise(program, known))

    def _known(self, program: Program) -> Array | None:
        """Values of all columns to start from; None without a hint that helps."""
        if self.hint is None:
            return None
        works = self.model.pairs.of(self.hint)
        strict, params = self.problem.order == "strict", self.limits.params
        values = start_from(program, works, params, lambda: self.limits.cancelled, strict=strict)
        kept = 0 if values is None else int(np.count_nonzero(values[works] > 0.5))
        self.hint_use = HintUse(len(self.hint), kept)
        if values is not None:
            self._tell(program, Outcome(program, values=values))
        return values

    def _kept(self) -> float:
        """Seconds kept for closing.

        A search asks for them again and again; so they are measured here once it is time.
        """
        self._rehearse_in_time()
        params = self.limits.params.closing
        closing = params.stopping_seconds + self.closing_seconds
        return min(closing, params.share * self.limits.seconds)

    def _left(self) -> float:
        """Seconds for the engines: what is left, less what closing takes; 0 when over."""
        return max(0.0, self.limits.seconds - self.passed() - self._kept())

    def _minimise(self, program: Program, start: Array | None, share: float = 1.0) -> Outcome:
        """Minimise a program from a known solution, in a share of the time that is left."""
        if share < 1.0:
            limits = replace(self.limits, seconds=self._left() * share)
        else:
            seconds = self.limits.seconds - self.passed()
            limits = replace(self.limits, seconds=seconds, kept=self._kept)
        tell = partial(self._tell, program)
        return minimise(program, self.model.pairs.layout(), limits, tell, start)

    def _rehearse_in_time(self) -> None:
        """Check a roster once as the last one will be, to know how long that takes.

        Not at first, when others need the processors more.
        """
        params, seconds = self.limits.params.closing, self.limits.seconds
        due = min(params.rehearsal_share * seconds, params.rehearsal_seconds)
        if self._rehearsed or self._latest is None or not due < self.passed() < seconds:
            return
        self._rehearsed, began = True, time.monotonic()
        give_back()  # what making the roster took, before workers need it
        program, values = self._latest
        roster, _ = judged(self.problem, self.model, program, values)
        case = laid_out(self.problem, roster)
        fairness_of(case)
        poor_of(self.problem, self.model, equity=equity_of(case), gap=None, stopped_early=True)
        uncovered(self.model)
        self.closing_seconds = time.monotonic() - began

    def _tell(self, program: Program, outcome: Outcome) -> None:
        """Note and report what is known so far."""
        values = outcome.values
        if values is not self._told[0]:  # far more bounds are told than rosters
            self._told = values, {}, {}
            if values is not None:
                own = {} if self.own_costs is None else self.own_costs.levels(values)
                self._told = values, program.costs(values), own
        _, levels, own = self._told
        total = sum(self.problem.rate_of[level] * cost for level, cost in levels.items())
        progress = Progress(
            seconds=self.passed(),
            total=None if values is None else total,
            bound=None if self.problem.order == "strict" or total >= EXACT else outcome.bound,
            levels=levels,
        )
        self.timeline.add(progress)
        if self.on_progress is not None:
            if self.own is not None:  # nothing is proven of the week's own total
                total = sum(self.own.rate_of[level] * cost for level, cost in own.items())
                known = None if values is None else total
                progress = Progress(progress.seconds, known, None, own)
            self.on_progress(replace(progress, levels=dict(progress.levels)))
        if values is not None:
            self._latest = program, values
        self._rehearse_in_time()

    def _strict(self, program: Program, known: Array | None) -> Result:
        """Minimise level after level, each with the costs of those before it held.

        When time is limited, a roster for the one total comes first: a level by itself is far
        harder, and the total's roster is a good one to start from. Every stage may take an equal
        part of the time that is left.
        """
        bounds: dict[int, int | None] = {}
        held = program
        outcome = Outcome(program, values=known, ending="proven")
        levels = self.problem.levels or (0,)
        if len(levels) > 1 and np.isfinite(self.limits.seconds):
            first = self._minimise(program, known, 1 / (len(levels) + 1))
            self.stats["total"] = first.stats
            if first.values is not None:
                outcome.values = better(program, known, first.values)
        for stage, level in enumerate(levels):
            cost = program.level_cost.get(level, np.zeros(program.num_columns))
            offset = program.level_offset.get(level, 0.0)
            share = 1 / (len(levels) - stage)
            step = self._minimise(held.with_cost(cost, offset), outcome.values, share)
            self.stats[f"level {level}"] = step.stats
            if step.ending not in ("proven", "gap") or outcome.ending == "proven":
                outcome.ending = step.ending
            if step.values is None:
                break
            # Asked for one level, an engine takes any of its rosters; the one before may be better.
            outcome.values = best = better(program, outcome.values, step.values)
            bounds[level] = step.bound
            if step.ending == "interrupt":
                break
            held = held.with_row(cost, float(np.round(cost @ best)))
        return self._finish(program, outcome, bounds)

    def _finish(
        self, program: Program, outcome: Outcome, bounds: Mapping[int, int | None] | None = None
    ) -> Result:
        """Judge what was found; `bounds` are those of the levels in the strict order."""
        self.stats |= outcome.stats
        if outcome.ending == "infeasible":
            return self._infeasible()
        stopped_by = _STOPPED_BY.get(outcome.ending)
        if outcome.values is None:
            return self._result(Status.NO_ROSTER_FOUND, stopped_by)
        roster, score = judged(self.problem, self.model, program, outcome.values)
        exactly = is_exact(score, self.problem.order)
        total = Cost(score.total, outcome.bound if exactly else None)
        proven = bounds if bounds is not None and exactly else {}
        costs = {k: Cost(cost, proven.get(k)) for k, cost in score.levels.items()}
        for cost in (total, *costs.values()):
            if cost.cost is not None and cost.bound is not None and cost.cost < cost.bound:
                what = Message("model.cost_below_bound", cost=cost.cost, bound=cost.bound)
                raise disagreement(self.problem, what, roster)
        if exactly and (outcome.ending == "proven" or total.cost == total.bound):
            status, stopped_by = Status.OPTIMAL, None
        else:
            status = Status.FEASIBLE
        self.timeline.add(Progress(self.passed(), score.total, total.bound, score.levels))
        case = laid_out(self.problem, roster)
        told: dict[str, Any] = {"fairness": fairness_of(case), "equity": equity_of(case)}
        told |= {"roster": roster, "score": score, "total": total, "levels": costs}
        return with_supply(self.problem, self.model, self._result(status, stopped_by, **told))

    def _infeasible(self) -> Result:
        """Name a contradiction that an engine has proven, and let a second solver confirm it.

        Engines have been known to be wrong about it. What time does not allow is said to be open;
        that an engine has proven it stays said. There is no roster to check, so that no time is
        kept for that. It is reported before ways out are looked for, for a short time.
        """
        limits = replace(self.limits, seconds=max(_LEAST, self.limits.seconds - self.passed()))
        deadline, inquiry = Deadline(limits.seconds), Inquiry(self.problem, limits)
        conflict = inquiry.conflict()
        known = inquiry.is_impossible() if conflict is None else bool(conflict.members)
        if conflict is None:
            conflict = Conflict((), minimal=False, confirmed=bool(known))
        if known is False:
            raise disagreement(self.problem, Message("model.called_infeasible"), None)
        if self.on_progress is not None:
            self.on_progress(Progress(self.passed(), None, None, {}, conflict))
        ways = inquiry.ways_out(seconds=limits.params.conflict.ways_seconds)
        stopped_by = None
        if self.limits.cancelled:
            stopped_by = StoppedBy.INTERRUPT
        elif not (conflict.minimal and conflict.confirmed) and deadline.left() <= _LEAST:
            stopped_by = StoppedBy.TIME
        return self._result(
            Status.INFEASIBLE,
            stopped_by,
            conflict=conflict.members,
            conflict_minimal=conflict.minimal,
            conflict_confirmed=conflict.confirmed,
            conflict_count=conflict.count,
            ways_out=ways,
        )

    def _result(self, status: Status, stopped_by: StoppedBy | None, **found: Any) -> Result:
        bare: dict[str, Any] = {"roster": None, "score": None, "total": Cost(None, None)}
        result = Result(
            status=status,
            stopped_by=stopped_by,
            **{**bare, "levels": {}, **found},
            history=self.timeline.kept(),
            seconds=self.passed(),
            hint=self.hint_use,
            decisions=self.decisions,
            stats=self.stats,
            search=self.limits.params,
            version=versions(),
            problem_digest=self.problem.digest,
        )
        log.info("%s, total %s, bound %s", status, result.total.cost, result.total.bound)
        return result
