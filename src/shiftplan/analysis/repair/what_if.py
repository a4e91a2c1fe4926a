"""What changes of a week would mean, before anybody decides.

(`Problem`, `Roster`, changes) -> `repair` -> `WhatIf`.
"""

from __future__ import annotations

import threading

from shiftplan.analysis.repair.outcome import WhatIf
from shiftplan.analysis.repair.search import repair
from shiftplan.problem import Problem
from shiftplan.problem.changes import AnyChange
from shiftplan.week.roster import Roster


def what_if(
    problem: Problem,
    roster: Roster,
    *changes: AnyChange,
    time_limit: float | None = 20.0,
    workers: int | None = None,
    seed: int = 0,
    cancel: threading.Event | None = None,
) -> WhatIf:
    """Compare a week before and after changes, mended as `repair` does.

    Parameters
    ----------
    problem, roster
        The week, and its roster so far.
    changes
        What would be different.
    time_limit, workers, seed, cancel
        As `repair` takes them.

    Raises
    ------
    InputError
        If an option is out of range, or a change does not fit.
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
    )
    return WhatIf.of(found)
