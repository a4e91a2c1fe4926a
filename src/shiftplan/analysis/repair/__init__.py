"""A published roster repaired after late changes, with as few further changes as possible.

(`Problem`, `Roster`, changes) -> `with_changes` -> `solve_around` near the changes first, then
`solve` for the whole week -> `Repair`. A week whose tables became different is repaired as a whole.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from shiftplan.analysis.repair.aim import (
    aim_of,
    only_forbids,
    prices_changes,
    repaired,
    usual_level,
    with_stability,
)
from shiftplan.analysis.repair.outcome import Notice, Repair, WhatIf, affected_by
from shiftplan.case.arrays import Arrays
from shiftplan.citizens.staffing import needs_after
from shiftplan.engines.params import DEFAULTS, SearchOptions, SearchParams
from shiftplan.errors import Fault, InputError
from shiftplan.errors.allowed import Day, FromZero
from shiftplan.errors.faults import value_text
from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.problem.changes import AnyChange, still_allowed
from shiftplan.rules.registry import forbidden_pairs
from shiftplan.scoring.check import Score, check
from shiftplan.solving.interrupts import interrupts
from shiftplan.solving.result import Cost, Progress, Result, Status, StoppedBy
from shiftplan.solving.solve import solve, solve_within
from shiftplan.solving.versions import versions
from shiftplan.week.roster import Roster

__all__ = ["Notice", "Repair", "WhatIf", "repair", "what_if"]

_LEAST, _LEAST_PROOF = 0.05, 0.5
"""Seconds that a search, and the proof of a whole week, get in any case."""


class _RepairOptions(SearchOptions):
    frozen_until: Day | None
    bound: FromZero | None


def repair(
    problem: Problem,
    roster: Roster,
    *changes: AnyChange,
    time_limit: float | None = 20.0,
    prove: bool = False,
    frozen_until: date | None = None,
    bound: int | None = None,
    workers: int | None = None,
    seed: int = 0,
    cancel: threading.Event | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    params: SearchParams | Mapping[str, Any] | None = None,
) -> Repair:
    """Repair a published roster after changes: service as good as can be, and few further changes.

    If few seats are affected, only the people near them are planned again, and more people join as
    long as that pays. The whole week is solved if it is small, if many seats are affected, or if no
    repair exists near them. There is no roster if hard rules contradict each other or time runs
    out.

    Parameters
    ----------
    problem
        The week as it was planned. Without a soft rule `stability` of its own, one is added, and
        service counts far above everything else (`aim_of`).
    roster
        What was published.
    changes
        Absences, closings, needs, new people, rows that are different: see `with_changes`. Where
        the requirements are those of the forecast, another forecast changes them too.
    time_limit
        Seconds for everything; None for no limit.
    prove
        Go on until no better roster is possible in the whole week, or the time is over.
    frozen_until
        Dates before it are frozen: what is left of the published roster there stays, and nobody is
        added. It may be impossible to repair what a change breaks there.
    bound
        A proven bound of the total of `problem`, from the result of its plan. It holds for the
        changed week too where the changes only forbid assignments, as absences do; else, and where
        the repaired roster costs less, so that it never was one, it is left out, and the log warns.
    workers, seed, cancel, on_progress, params
        As `solve` takes them; costs of `on_progress` are those of the week's own rules, of which
        nothing is proven on the way.

    Raises
    ------
    InputError
        If an option is out of range, a change does not fit, or the roster costs less than `bound`.
    ModelError
        If the checker and the model disagree on a roster; the problem is saved for a report.
    """
    changes = (*changes, *needs_after(problem, changes))
    return repair_changed(
        problem,
        problem.with_changes(*changes, roster=roster),
        roster,
        changes,
        time_limit=time_limit,
        prove=prove,
        frozen_until=frozen_until,
        bound=bound,
        workers=workers,
        seed=seed,
        cancel=cancel,
        on_progress=on_progress,
        params=params,
    )


def repair_changed(
    problem: Problem,
    week: Problem,
    roster: Roster,
    changes: Sequence[AnyChange],
    *,
    prove: bool = False,
    frozen_until: date | None = None,
    bound: int | None = None,
    cancel: threading.Event | None = None,
    **search: Any,
) -> Repair:
    """Repair as `repair` does where the `week` has the changes and `published` already.

    `problem`: the week as it was planned; `roster`: what was published; `changes`: what became
    different, which says why assignments are lost; `search`: time limit, workers and the like.
    """
    began = time.monotonic()
    options = _RepairOptions(frozen_until=frozen_until, bound=bound, cancel=cancel, **search)
    before = check(problem, roster)
    if bound is not None and before.is_feasible and bound > before.total:
        message = Message("options.no_bound", total=before.total)
        raise InputError([Fault("out_of_range", "options", "bound", value_text(bound), message)])
    base = Roster.of((p.shift_id, p.volunteer_id) for p in week.published)
    with interrupts(cancel) as stop:
        end, aim = began + options.seconds, aim_of(week, frozen_until)
        task = _RepairSearch(week, aim, base, options, end, prove, stop)
        found = task.run(*affected_by(week, roster, base, changes))
    carried = bound if only_forbids(problem, week) else None
    return repaired(week, task.aim, found, carried, began, before, roster, base, changes)


def what_if(
    problem: Problem,
    roster: Roster,
    *changes: AnyChange,
    time_limit: float | None = 20.0,
    workers: int | None = None,
    seed: int = 0,
    cancel: threading.Event | None = None,
    params: SearchParams | Mapping[str, Any] | None = None,
) -> WhatIf:
    """Compare a week before and after changes, repaired as `repair` does.

    Parameters
    ----------
    problem, roster
        The week, and its roster so far.
    changes
        What would be different.
    time_limit, workers, seed, cancel, params
        As `repair` takes them; errors are those of `repair` too.

    Raises
    ------
    NoRosterError
        If no roster was found for the changed week.
    """
    found = repair(
        problem,
        roster,
        *changes,
        time_limit=time_limit,
        workers=workers,
        seed=seed,
        cancel=cancel,
        params=params,
    )
    return WhatIf.of(found)


def repair_week(
    problem: Problem,
    roster: Roster,
    *,
    time_limit: float | None,
    hint: Roster | None = None,
    **limits: Any,
) -> Repair:
    """Repair the roster that people know by planning the whole week again, changes priced.

    The week is solved with the rule `stability`, and then by its own rules alone, from the roster
    that was found: that proves how good it is. Where the week has no soft rule `stability`, one is
    added with its usual weights, as if a row of the table said so; rates stay. Costs and the bound
    are those of the week's own rules. `time_limit`: seconds for both searches, above 0; None for no
    limit; `hint`: where the search starts, None for `roster`; `limits`: workers, seed and gap as
    `solve` takes them.
    """
    began = time.monotonic()
    base = still_allowed(problem, roster)
    aim = week = problem.with_changes(roster=base)
    if not prices_changes(problem):
        rules = with_stability(week, week.rules, usual_level(week), None)
        aim = week.model_copy(update={"rules": rules})
    elif problem.published:  # it says itself what counts, and what people know
        aim = problem
    share = None if time_limit is None else DEFAULTS.repair.again_share * time_limit
    found = solve(aim, time_limit=share, hint=base if hint is None else hint, **limits)
    bound = None
    if found.roster is not None:
        left = None
        if time_limit is not None:
            left = max(_LEAST_PROOF, time_limit - (time.monotonic() - began))
        bound = solve(problem, time_limit=left, hint=found.roster, **limits).total.bound
    before = check(problem, roster)
    return repaired(problem, aim, found, bound, began, before, roster, base)


@dataclass(frozen=True)
class _RepairSearch:
    week: Problem
    aim: Problem
    base: Roster
    """What is left of the published roster."""
    options: SearchOptions
    end: float
    """Moment, on the monotonic clock, at which the time is over."""
    prove: bool
    stop: threading.Event

    def run(self, people: list[str], lost: list[str]) -> Result:
        """The best roster found for the aim, near people and seats or in the whole week."""
        near, is_small = None, self._is_small()
        if not is_small:
            near = self._near(people, lost)
            if near is not None:
                is_enough = near.stopped_by is StoppedBy.NEAR and not self.prove
                if is_enough or self.stop.is_set():
                    return near
        whole = self._whole(self.base if near is None else near.roster, is_small)
        if near is None or whole.roster is not None:
            return whole
        return replace(near, stopped_by=whole.stopped_by)

    def _whole(self, hint: Roster | None, is_small: bool) -> Result:
        """The whole week solved; costs of `on_progress` are those of the week's own rules."""
        return solve_within(
            self.aim,
            self.options,
            self.stop,
            seconds=max(_LEAST, self._left()),
            gap=0.0 if self.prove or is_small else self.options.params.repair.gap,
            on_progress=self.options.on_progress,
            hint=hint,
            own=None if self.aim.rates == self.week.rates else self.week,
        )

    def _left(self) -> float:
        return self.end - time.monotonic()

    def _is_small(self) -> bool:
        from shiftplan.solving.building import build

        aim, most = self.aim, self.options.params.repair.whole_columns
        if (~forbidden_pairs(aim.active_rules, Arrays(aim))).sum() > most:
            return False
        return build(aim).program().num_columns <= most

    def _near(self, people: list[str], lost: list[str]) -> Result | None:
        """The best roster near the changes; None when there are too many, or none was found."""
        if not people and not lost:
            score = check(self.aim, self.base)
            return _found(self.base, score, StoppedBy.NEAR) if score.is_feasible else None
        params = self.options.params.repair
        if len(people) + len(lost) > params.near_seats:
            return None
        from shiftplan.solving.around import solve_around

        found = solve_around(
            self.aim,
            self.base,
            people=people,
            shifts=lost,
            stay=0,  # the rule `stability` prices changes; more would be another aim
            seconds=max(_LEAST, min(params.near_seconds, params.near_share * self._left())),
            patience=params.patience_seconds,
            seed=self.options.seed,
            cancel=self.stop,
            params=self.options.params,
        )
        if found is None:
            return None
        early = StoppedBy.INTERRUPT if self.stop.is_set() else StoppedBy.TIME
        return _found(found.roster, found.score, StoppedBy.NEAR if found.proven else early)


def _found(roster: Roster, score: Score, stopped_by: StoppedBy) -> Result:
    levels = {level: Cost(cost, None) for level, cost in score.levels.items()}
    total = Cost(score.total, None)
    return Result(Status.FEASIBLE, stopped_by, roster, score, total, levels, version=versions())
