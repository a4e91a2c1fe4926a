"""A published roster repaired after late changes, with as few further changes as possible.

(`Problem`, `Roster`, changes) -> `with_changes` -> quick moves into the empty seats, `solve_around`
near the changes, then `solve` for the whole week, each from what was found before -> `Repair`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from time import monotonic
from typing import Any

from shiftplan.analysis.repair.aim import (
    aim_of,
    narrows,
    only_forbids,
    prices_changes,
    repaired,
    usual_level,
    with_stability,
)
from shiftplan.analysis.repair.notices import Notice, affected_by
from shiftplan.analysis.repair.outcome import Repair, WhatIf
from shiftplan.analysis.repair.search import RepairOptions, RepairSearch
from shiftplan.citizens.more import needs_after
from shiftplan.engines.params import DEFAULTS, SearchParams
from shiftplan.errors import Fault, InputError
from shiftplan.errors.faults import value_text
from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.problem.changes import AnyChange, still_allowed
from shiftplan.scoring.check import check
from shiftplan.solving.interrupts import interrupts
from shiftplan.solving.result import Progress
from shiftplan.solving.solve import solve
from shiftplan.week.roster import Assignment, Roster

__all__ = ["Notice", "Repair", "WhatIf", "repair", "what_if"]

_LEAST_PROOF = 0.5
"""Seconds that the proof of a whole week gets in any case."""


@takes_week
def repair(
    problem: Problem,
    roster: Roster,
    *changes: AnyChange,
    time_limit: float | None = 20.0,
    prove: bool = False,
    frozen_until: date | None = None,
    now: datetime | None = None,
    bound: int | None = None,
    workers: int | None = None,
    seed: int = 0,
    cancel: threading.Event | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    params: SearchParams | Mapping[str, Any] | None = None,
) -> Repair:
    """Repair a published roster after changes: service as good as can be, and few further changes.

    Empty seats are filled by quick moves first, whatever the time limit: by one person who comes,
    or one who leaves another place, where a third may follow. If that makes service as good as it
    was, and takes nothing from anybody, it is the repair. Else, if few seats are affected, only the
    people near them are planned again, and more people join as long as that pays. The whole week
    is solved if it is small, if many seats are affected, or if no repair exists near them. There
    is no roster if hard rules contradict each other or time runs out.

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
        Seconds for everything; None for no limit. Quick moves are made in any case, which takes up
        to two seconds.
    prove
        Go on until no better roster is possible in the whole week, or the time is over.
    frozen_until
        Dates before it are frozen: what is left of the published roster there stays, and nobody is
        added. It may be impossible to repair what a change breaks there.
    now
        Moment from which time is counted, by the clocks of the week; None for the start of the
        horizon. Quick moves fill first what the changes emptied in the 48 hours after it, then
        seats below their minimum, then the others; shifts that have begun come last.
    bound
        A proven bound of the total of `problem`, from the result of its plan. It holds for the
        changed week too where the changes only forbid assignments, as absences do; else, and where
        the repaired roster costs less, so that it never was one, it is left out, and the log warns.
    workers, seed, cancel, on_progress, params
        As `solve` takes them; costs of `on_progress` are those of the week's own rules, of which
        nothing is proven on the way. `cancel` ends the search after the quick moves.

    Raises
    ------
    InputError
        If an option is out of range, a change does not fit, or the roster costs less than `bound`.
    ModelError
        If the checker and the model disagree on a roster; the problem is saved for a report.
    """
    problem.compute()
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
        now=now,
    )


def repair_changed(
    problem: Problem,
    week: Problem,
    roster: Roster,
    changes: Sequence[AnyChange],
    *,
    prove: bool = False,
    frozen_until: date | None = None,
    now: datetime | None = None,
    bound: int | None = None,
    cancel: threading.Event | None = None,
    **search: Any,
) -> Repair:
    """Repair as `repair` does where the `week` has the changes and `published` already.

    `problem`: the week as it was planned; `roster`: what was published; `changes`: what became
    different, which says why assignments are lost; `search`: time limit, workers and the like.
    """
    began = monotonic()
    problem.compute()
    week.take_computed(problem)
    told = {"frozen_until": frozen_until, "now": now, "bound": bound, "cancel": cancel}
    options = RepairOptions(**told, **search)
    before = check(problem, roster)
    if bound is not None and before.is_feasible and bound > before.total:
        message = Message("options.no_bound", total=before.total)
        raise InputError([Fault("out_of_range", "options", "bound", value_text(bound), message)])
    published = sorted(Assignment(p.shift_id, p.volunteer_id) for p in week.published)
    base = Roster.model_construct(assignments=tuple(published))
    with interrupts(cancel) as stop:
        aim = aim_of(week, frozen_until)
        forbids = narrows(problem, week)
        task = RepairSearch(week, aim, base, before, forbids, options, began, prove, stop)
        found = task.run(*affected_by(week, roster, base, changes))
    carried = bound if only_forbids(problem, week) else None
    shifts = problem.shift_by_id
    return repaired(week, task.aim, found, carried, began, before, roster, base, changes, shifts)


@takes_week
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
    time_limit: float | None = 60.0,
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
    began = monotonic()
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
            left = max(_LEAST_PROOF, time_limit - (monotonic() - began))
        bound = solve(problem, time_limit=left, hint=found.roster, **limits).total.bound
    before = check(problem, roster)
    return repaired(problem, aim, found, bound, began, before, roster, base)
