"""The one door: a problem in, a checked roster with a proven bound out.

`Problem` -> `solve` -> `Result`. Solver libraries are imported when it is called, not before.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypedDict

from shiftplan.engines.params import SearchOptions, SolveOptions
from shiftplan.engines.params import SearchParams as SearchParams
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.solving.interrupts import interrupts
from shiftplan.solving.result import Progress, Result
from shiftplan.week.roster import Roster


class SearchKeywords(TypedDict, total=False):
    """What every function that searches takes by name, as `solve` describes it."""

    time_limit: float | None
    workers: int | None
    seed: int
    work_limit: int | None
    idle_limit: float | None
    least_gain: float
    cancel: threading.Event | None
    on_progress: Callable[[Progress], None] | None


@takes_week
def solve(
    problem: Problem,
    *,
    time_limit: float | None = 60.0,
    workers: int | None = None,
    seed: int = 0,
    gap: float = 0.0,
    work_limit: int | None = None,
    idle_limit: float | None = None,
    least_gain: float = 0.0,
    on_progress: Callable[[Progress], None] | None = None,
    cancel: threading.Event | None = None,
    hint: Roster | None = None,
    params: SearchParams | Mapping[str, Any] | None = None,
) -> Result:
    """Find a fair roster and prove how good it is.

    Parameters
    ----------
    problem
        What to plan.
    time_limit
        Seconds for everything, checking included; None for no limit. A quick roster is always
        finished and checked, however little time there is; 0 asks for it alone.
    workers
        Engines side by side; None for as many as there are processors, at most 4.
    seed
        Seed of everything random, 0 to 2,147,483,583.
    gap
        Relative gap at which the search may end, from 0, which asks for a proof, to below 1.
    work_limit
        Steps of each engine instead of time (nodes, neighborhoods, deterministic seconds). With
        one worker and no time limit the same seed then gives the same roster.
    idle_limit
        Seconds without a gain after which the search ends, above 0; None for no such limit. A
        cheaper roster is a gain, and so is a bound that rises by a thousandth: while it does, the
        relaxation that good rosters come from is not yet solved. It counts from the first roster
        and bound on.
    least_gain
        Share of the cost that must be gained a minute, such as 0.001; 0 for any gain. It is
        measured over the last `idle_limit` seconds, a minute if there is none.
    on_progress
        Called in the calling thread whenever the best roster or the bound improves, and when a
        conflict is found. An exception in it ends the search, and is raised; a KeyboardInterrupt
        counts as Ctrl-C.
    cancel
        When somebody sets it, the search ends with the best roster so far, as it does on Ctrl-C
        in the main thread, unless the program handles that signal itself. The quick first roster
        is completed if it has been started.
    hint
        A roster to start from, of a similar problem or made by hand: a warm start that binds
        nothing. Forbidden assignments and those with unknown ids are dropped, as are some that
        jointly break hard rules. If the hint breaks no hard rule, the result costs no more: in the
        total, or under the strict order in the first level that differs.
    params
        What steers the search, or a mapping of it such as `{"neighborhoods": {"near": 5}}`; None
        for the defaults. They change how soon good rosters and bounds are found, nothing else.

    Returns
    -------
    Result
        With a roster unless hard rules contradict each other or time was too short.

    Raises
    ------
    InputError
        If an option is out of range, or rows of a changed copy do not fit together.
    ModelError
        If the checker and the model disagree on a roster, or the solvers on whether there is one;
        the problem is saved for a report.
    """
    began = time.monotonic()
    options = SolveOptions(
        time_limit=time_limit,
        workers=workers,
        seed=seed,
        gap=gap,
        work_limit=work_limit,
        idle_limit=idle_limit,
        least_gain=least_gain,
        cancel=cancel,
        on_progress=on_progress,
        params=params,
    )
    problem.need_fit()
    with interrupts(cancel) as stop:
        from shiftplan.engines.task import Limits
        from shiftplan.solving.session import Session

        return Session(problem, began, Limits.of(options, stop), on_progress, hint).run()


def solve_within(
    problem: Problem,
    options: SearchOptions,
    stop: threading.Event,
    *,
    seconds: float,
    gap: float = 0.0,
    on_progress: Callable[[Progress], None] | None = None,
    hint: Roster | None = None,
    own: Problem | None = None,
) -> Result:
    """Solve as a part of a longer search, which has checked its `options` and holds Ctrl-C.

    It takes what `solve` does, what ends the whole search, and the seconds for this part. `own` is
    the week whose costs `on_progress` is given; None for those of the problem.
    """
    from shiftplan.engines.task import Limits
    from shiftplan.solving.session import Session

    began = time.monotonic()
    problem.need_fit()
    limits = replace(Limits.of(options, stop), seconds=seconds, gap=gap)
    return Session(problem, began, limits, on_progress, hint, own).run()
