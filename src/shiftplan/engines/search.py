"""Minimise a program with whatever engines its size calls for, within limits.

`Program` -> engines in this process or in workers -> `Outcome`: best values, bound, and why it
ended. A small program is tried here first; a larger one goes to a team, mostly with a first roster
from here.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from shiftplan.engines.first_order import is_large
from shiftplan.engines.greedy import show_first
from shiftplan.engines.highs import nobody_works
from shiftplan.engines.impossible import Reasons
from shiftplan.engines.opening import open_with
from shiftplan.engines.params import SearchParams
from shiftplan.engines.params.engines import StartParams
from shiftplan.engines.personal.blocks import COUPLING, Blocks
from shiftplan.engines.restriction import solve_apart
from shiftplan.engines.task import (
    EPS,
    Array,
    Deadline,
    Ending,
    Limits,
    Outcome,
    SearchEnding,
    Task,
    holds,
)
from shiftplan.engines.team import Choice, Team, watch
from shiftplan.engines.worker import run_here
from shiftplan.model import Layout, Program

_QUICK, _PROBE, _APART = "quick try", "any roster", "solved apart"


def minimise(
    program: Program,
    layout: Layout,
    limits: Limits,
    changed: Callable[[Outcome], None],
    start: Array | None = None,
) -> Outcome:
    """Search until proven or a limit is reached; an interrupt ends it like any other limit.

    `start` is a known solution, float of shape (num_columns,). `changed` is called in this thread
    whenever the best solution or the bound improves; what it raises ends the search and is raised,
    but for a KeyboardInterrupt: that is an interrupt, wherever it comes from.

    No solution of the program may cost less than 0, as no roster does; where a rule pays a reward
    that its offset makes up for, the first relaxations do not see that by themselves.
    """
    deadline, params = Deadline(limits.seconds, limits.kept), limits.params.start
    if program.num_columns <= params.quick_columns or deadline.left() < params.wake_seconds:
        return _minimise(program, layout, limits, changed, start)
    apart = Deadline(deadline.left() * params.apart_share)
    try:
        rest = solve_apart(
            program, layout, limits.params, lambda: limits.cancelled or apart.left() <= 0
        )
    except KeyboardInterrupt:
        limits.interrupted.set()
        return Outcome(program, values=start, ending="interrupt")
    if rest is None:
        return Outcome(program, ending="infeasible")

    joined, told = Outcome(program), None

    def whole(outcome: Outcome) -> Outcome:
        nonlocal told
        if outcome.values is not told:  # callers compare arrays by identity
            told = outcome.values
            joined.values = None if told is None else rest.join(told)
        joined.bound, joined.ending = outcome.bound, outcome.ending
        apart = {_APART: {"pairs": program.num_pairs - rest.program.num_pairs}}
        joined.stats = apart | outcome.stats
        return joined

    return whole(
        _minimise(
            rest.program,
            rest.layout,
            replace(limits, seconds=deadline.whole()),
            lambda outcome: changed(whole(outcome)),
            None if start is None else start[rest.columns],
        )
    )


def _minimise(
    program: Program,
    layout: Layout,
    limits: Limits,
    changed: Callable[[Outcome], None],
    start: Array | None,
) -> Outcome:
    """Minimise a program whose parts hang together."""
    outcome = Outcome(program, values=start, least=0.0)
    deadline = Deadline(limits.seconds, limits.kept)
    try:
        outcome.ending = _search(layout, limits, deadline, outcome, partial(changed, outcome))
    except KeyboardInterrupt:  # from a handler of the application
        limits.interrupted.set()
        outcome.ending = "interrupt"
    if outcome.ending != "infeasible" and outcome.meets(0.0):
        outcome.ending = "proven"
    if outcome.ending == "proven":
        outcome.close()
    return outcome


def _search(
    layout: Layout,
    limits: Limits,
    deadline: Deadline,
    outcome: Outcome,
    report: Callable[[], None],
) -> SearchEnding:
    program, params, known = outcome.program, limits.params.start, outcome.values
    empty = np.diff(program.matrix.indptr) == 0
    if np.any(program.row_upper[empty] < -EPS):
        return "infeasible"  # a row without columns that cannot hold
    if program.num_columns == 0:
        outcome.offer(np.zeros(0), _QUICK)
        outcome.raise_bound(program.offset, _QUICK)
        return "proven"

    if limits.cancelled:
        return "interrupt"
    if _is_impossible(layout, limits, deadline, outcome):
        return "infeasible"

    def tried(seconds: float) -> Ending:
        """A short exact search in this process."""
        known, seed = outcome.values, limits.seed
        task = Task("mip", program, layout, known, seed, seconds, None, params=limits.params)
        return run_here(task, outcome, limits, report, by=_QUICK)

    if limits.work_limit is None and program.num_columns <= params.quick_columns:
        ending = tried(min(params.quick_seconds, deadline.left()))
        if ending == "proven" or (ending == "infeasible" and outcome.values is None):
            return ending
        if outcome.meets(limits.gap):
            return "gap"
        is_open = outcome.values is None and not holds(program, nobody_works(program))
        if is_open and _is_refused(layout, limits, deadline, outcome, report):
            return "infeasible"
        found = outcome.values
        if known is None and found is not None:  # on a busy machine it may be hardly any
            show_first(outcome, deadline, limits.params, anyway=True)
            if outcome.values is not found:
                report()
    if limits.cancelled:
        return "interrupt"
    if deadline.left() < params.wake_seconds:
        known, bound = outcome.values, outcome.bound
        if deadline.left() > 0 and holds(program, nobody_works(program)):
            open_with(outcome, limits, deadline, report)
        else:
            show_first(outcome, deadline, limits.params)
        if outcome.values is not known or outcome.bound != bound:
            report()
        if outcome.values is not None or program.num_columns > params.moment_columns:
            return "time"
        ending = tried(params.moment_seconds)
        return ending if ending != "stopped" else "time"
    with Team(limits.workers) as team:
        return _side_by_side(team, layout, limits, deadline, outcome, report)


def _is_impossible(layout: Layout, limits: Limits, deadline: Deadline, outcome: Outcome) -> bool:
    """Whether it is seen at once that there is no solution."""
    program, params = outcome.program, limits.params.start
    if outcome.values is not None or holds(program, nobody_works(program)):
        return False
    reasons = Reasons(
        program,
        layout,
        seconds=min(params.impossible_seconds, deadline.left() * params.impossible_share),
        nodes=params.impossible_nodes,
        stopped=lambda: limits.cancelled,
    )
    if reasons.of_few(params.place_seconds) is not None:
        return True
    return program.num_columns <= params.impossible_columns and reasons.of_many() is not None


def _is_refused(
    layout: Layout,
    limits: Limits,
    deadline: Deadline,
    outcome: Outcome,
    report: Callable[[], None],
) -> bool:
    """Whether CP-SAT soon proves that there is no solution; if it finds one, the outcome has it."""
    program, params = outcome.program, limits.params.start
    seconds = min(params.probe_seconds, deadline.left() * params.probe_share)
    free = program.with_cost(np.zeros(program.num_columns), 0.0)
    task = Task("cpsat", free, layout, None, limits.seed, seconds, None, params=limits.params)
    return run_here(task, outcome, limits, report, by=_PROBE) == "infeasible"


def _side_by_side(
    team: Team,
    layout: Layout,
    limits: Limits,
    deadline: Deadline,
    outcome: Outcome,
    report: Callable[[], None],
) -> SearchEnding:
    program, params, start = outcome.program, limits.params, outcome.values
    by_person = personal(program, layout, params)
    # Workers take a moment to wake up; a first roster is made meanwhile, or while they look for the
    # relaxation of a large program.
    easy = outcome.values is None and not by_person and limits.work_limit is None
    easy = easy and holds(program, nobody_works(program))
    if not (easy or by_person):
        show_first(outcome, deadline, params)
    started = easy or outcome.values is not None
    endless = limits.work_limit is None and not math.isfinite(limits.seconds)
    choices = line_up(
        program, limits.workers, params, started=started, by_person=by_person, endless=endless
    )
    large = easy and is_large(program, params)
    guide = open_with(outcome, limits, deadline, report) if easy and not large else None
    for worker, choice in enumerate(choices):
        patience = 0.0
        if easy and choice.engine == "proof" and len(choices) > 1:
            patience = _patience(deadline.left(), params.start, guided=guide is not None)
        task = Task(
            choice.engine,
            program,
            layout,
            outcome.values,
            limits.seed + worker,
            deadline.left(),
            limits.work_limit,
            patience,
            guide,
            params=params,
        )
        team.start(worker, task)
    if by_person or large:  # no more than what these engines improve, or in case they find none
        show_first(outcome, deadline, params)
        if large and outcome.values is not None:
            team.share(outcome.values)
    if outcome.values is not start:
        report()  # only now, as it may take a moment
    return watch(team, choices, limits, deadline, outcome, report)


def _patience(seconds: float, params: StartParams, *, guided: bool) -> float:
    """Time for which branch and cut helps with the roster; all where too little would be left."""
    if seconds == math.inf:
        return params.patience_seconds
    share = params.patience_share if guided else params.unguided_share
    patience = max(params.patience_seconds, share * seconds)
    least = params.exact_seconds if guided else params.exact_seconds_unguided
    return patience if seconds - patience > least else seconds


_GUIDED = Choice("neighborhoods", "rosters near the relaxation, improved part by part")
_EXACT = Choice("proof", "the bound, and proof where it can be had; then better rosters")
_PRICING = Choice("pricing", "the bound of whole personal schedules, and rosters near it")
_SCHEDULES = Choice("schedules", "whole personal schedules, chosen anew part by part")
_FIRST = Choice("cpsat", "a first roster, where none could be built work by work")


def personal(program: Program, layout: Layout, params: SearchParams) -> bool:
    """Whether rows about one person over several days decide what a good roster is."""
    wanted = params.line_up
    people, volunteer = np.unique(layout.volunteer, return_inverse=True)
    if not 0 < len(people) <= wanted.schedule_people:
        return False
    dates = np.unique(np.stack([volunteer, layout.day]), axis=1)[0]
    if np.median(np.bincount(dates)) < wanted.schedule_days:
        return False
    program = program.core()
    blocks = Blocks(program, layout)
    whole = np.array_equal(program.matrix.data, np.round(program.matrix.data))
    if not (blocks.follows and whole):
        return False
    matrix = program.matrix
    row = np.repeat(np.arange(program.num_rows), np.diff(matrix.indptr))
    kept = matrix.indices < program.num_pairs
    row, day = row[kept], layout.day[matrix.indices[kept]]
    first, last = np.full(program.num_rows, np.inf), np.full(program.num_rows, -np.inf)
    np.minimum.at(first, row, day)
    np.maximum.at(last, row, day)
    long = (blocks.row_owner != COUPLING) & (last > first)
    return bool(np.count_nonzero(long[row]) >= wanted.schedule_entries * program.num_pairs)


def line_up(
    program: Program,
    workers: int,
    params: SearchParams,
    *,
    started: bool,
    by_person: bool = False,
    endless: bool = False,
) -> list[Choice]:
    """Engines for a program: one for the bound, and what finds rosters beside it.

    `started` says whether a roster is known, or certain to be; `by_person` whether personal rows
    decide; `endless` that nothing but a proof ends the search, so that somebody must look for one.
    """
    if by_person:
        return [_PRICING, *[_SCHEDULES] * (workers - 1)]
    many = program.num_pairs > params.line_up.many_pairs
    if started:
        alone = many and workers == 1 and not endless
        chosen = [_GUIDED] if alone else [_EXACT, _GUIDED]
    else:
        chosen = [_FIRST, _GUIDED] if many else [_EXACT, _FIRST]
    return [*chosen, *[_GUIDED] * (workers - len(chosen))][:workers]
