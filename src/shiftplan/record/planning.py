"""The current week planned or repaired, keeping what people were told.

(`CurrentWeek`, how firmly) -> `Result` or `Repair`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from time import monotonic
from typing import Any, Literal, Unpack

from shiftplan.analysis.repair import Repair, repair, repair_changed, repair_week
from shiftplan.analysis.repair.aim import only_forbids, prices_changes
from shiftplan.errors import InputError
from shiftplan.problem import Problem
from shiftplan.problem.changes import AnyChange, possible, still_allowed
from shiftplan.record.current import CurrentWeek
from shiftplan.record.entries import RecordEntry
from shiftplan.record.state import Version
from shiftplan.scoring.check import check
from shiftplan.solving.result import Cost, Result, Status
from shiftplan.solving.solve import SearchKeywords, solve
from shiftplan.week.horizon import Horizon
from shiftplan.week.roster import Assignment, Roster
from shiftplan.week.wishes import Pin

Keep = Literal["firmly", "lightly", "all", "nothing"]
"""How what people were told is kept. `firmly`: service comes first, then few changes, then
everything else, as in a repair. `lightly`: changes cost what the rule `stability` says, among
everything else. `all`: nobody loses what they were told, unless it is impossible now. `nothing`:
the week is planned as if nobody knew anything."""


_LEAST = 0.5
"""Seconds of a search without some promises at least."""


@dataclass(frozen=True)
class Found:
    """The outcome of a search for a roster."""

    result: Result
    """The result, by the rules of the current week."""
    problem: Problem
    """The week that it was found for."""
    repair: Repair | None = None
    """What it makes of the roster that people know; None where they know none, or
    `keep` is `all` or `nothing`."""
    let_go: Roster = field(default_factory=Roster)
    """What people confirmed, or said that they come to, and is not in the roster: with all of it,
    hard rules contradict each other."""


@dataclass(frozen=True)
class NewDraft(Found):
    """The outcome of a search, and the version that it became."""

    version: Version | None = None
    """The version; None if there is no roster, or it could not be recorded."""
    unrecorded: InputError | None = None
    """Why it could not be recorded; None if it was."""
    meanwhile: tuple[RecordEntry, ...] = ()
    """What others recorded during the search, which the roster does not take into account."""


def plan_now(
    week: CurrentWeek,
    as_made: Problem,
    keep: Keep = "firmly",
    *,
    gap: float = 0.0,
    hint: Roster | None = None,
    now: datetime | None = None,
    **search: Unpack[SearchKeywords],
) -> Found:
    """Plan the current week; where people were told a roster, `keep` says how much of it stays.

    Where promises leave no roster, some are let go, unless `keep` is `all`: see `Found.let_go`.

    `as_made`: as `repair_now` takes it; `gap`, `hint`, `search`: as `solve` takes them; `now`: as
    `repair` takes it.
    """
    told, problem = week.told, week.problem
    if told is not None and keep == "all":
        kept = solve(_all_kept(week, told), gap=gap, hint=possible(problem, told), **search)
        return Found(judged(problem, kept, is_proven=False), problem)

    def planned(week: CurrentWeek, **search: Unpack[SearchKeywords]) -> Found:
        problem = week.problem
        if told is None:
            return Found(solve(problem, gap=gap, hint=hint, **search), problem)
        if keep == "nothing":
            anew = problem.model_copy(update={"published": week.files.published})
            result = solve(anew, gap=gap, hint=hint, **search)
            is_proven = not prices_changes(problem)
            if result.status is Status.OPTIMAL and not is_proven:
                result = replace(result, status=Status.FEASIBLE)
            return Found(judged(problem, result, is_proven=is_proven), problem)
        repair = _told(week, repair_week(problem, told, gap=gap, hint=hint, **search))
        return Found(repair.result, problem, repair)

    if told is not None and keep == "firmly":
        return repair_now(week, as_made, prove=True, now=now, **search)
    return _with_promises(week, planned, search)


def _with_promises(week: CurrentWeek, find: Callable[..., Found], search: SearchKeywords) -> Found:
    """Search; where promises leave no roster, again without those that contradict each other.

    First those are let go that the contradiction names, then all that people confirmed, then all.
    """
    began, limit = monotonic(), search.get("time_limit")
    found, free, let_go = find(week, **search), week, frozenset[Assignment]()
    while found.result.status is Status.INFEASIBLE and (left := week.promised - let_go):
        pins = (m for m in found.result.conflict if m.rule == "pins" and m.where is not None)
        named = {Assignment(str(pin.where), pin.who) for pin in pins}
        let_go |= named & left or left.difference(week.called_in.assignments) or left
        free = week.letting_go(week.let_go | let_go)
        if limit is not None:
            search = search | {"time_limit": max(_LEAST, limit - (monotonic() - began))}
        found = find(free, **search)
    roster = found.result.roster
    if roster is None:
        return found
    own = week.letting_go(frozenset(p for p in free.let_go if p not in roster))
    if own is not free:
        result, repair = judged(own.problem, found.result, is_proven=True), found.repair
        if repair is not None:
            repair = replace(repair, problem=own.problem, result=result)
        found = Found(result, own.problem, repair)
    return replace(found, let_go=Roster.of(p for p in let_go if p not in roster))


def now_in(horizon: Horizon) -> datetime | None:
    """The present moment by the clocks of a week; None before its first day and after its last."""
    now = now_from(horizon)
    return now if now is not None and now.date() in horizon else None


def now_from(horizon: Horizon) -> datetime | None:
    """The present moment by the clocks of a week; None before its first day."""
    now = horizon.local(datetime.now(UTC))
    return now if now.date() >= horizon.start else None


def judged(problem: Problem, result: Result, *, is_proven: bool) -> Result:
    """A result found for the same week with other pins or another table `published`.

    `is_proven`: whether what was proven there, on the way too, holds for this week.
    """
    if result.roster is None:
        return result
    score = check(problem, result.roster)
    if not is_proven:
        levels = {level: Cost(cost, None) for level, cost in score.levels.items()}
        result = replace(result, total=Cost(score.total, None), levels=levels, history=())
    return replace(result, score=score, problem_digest=problem.digest)


def repair_now(
    week: CurrentWeek,
    as_made: Problem,
    *,
    bound: int | None = None,
    prove: bool = False,
    frozen_until: date | None = None,
    now: datetime | None = None,
    **search: Unpack[SearchKeywords],
) -> Found:
    """Repair the published roster, or else the newest draft, for the current week.

    Where promises leave no roster, some are let go: see `Found.let_go`.

    `as_made`: the week as it was when that roster was made; `bound`: a proven bound of the files;
    everything else: as `repair` takes it. InputError if there is neither.
    """
    if week.told is None and week.draft is None:
        raise week.state.lacking("record.no_roster")

    def repaired(week: CurrentWeek, **search: Unpack[SearchKeywords]) -> Found:
        roster, problem = week.told, week.problem
        if roster is None:
            assert week.draft is not None
            roster = week.draft
            problem = problem.with_changes(roster=roster)
        known = bound if only_forbids(week.files, problem) else None
        found = repair_changed(
            as_made,
            problem,
            roster,
            week.changes,
            prove=prove,
            frozen_until=frozen_until,
            now=now,
            bound=known,
            **search,
        )
        if problem is not week.problem:  # nobody was told the draft, so changes of it cost nothing
            is_proven = not prices_changes(week.problem)
            result = judged(week.problem, found.result, is_proven=is_proven)
            found = replace(found, problem=week.problem, result=result)
        repair = _told(week, found, roster)
        return Found(repair.result, week.problem, repair)

    return _with_promises(week, repaired, search)


def suppose(problem: Problem, roster: Roster, *changes: AnyChange, **search: Any) -> Repair:
    """Repair a roster after changes that nobody recorded, judged by what people were told.

    A draft that nobody knows is kept where it can be, but what differs from it costs nothing.
    `search`: as `repair` takes it.
    """
    found = repair(problem, roster, *changes, **search)
    told = Roster.of((pair.shift_id, pair.volunteer_id) for pair in problem.published)
    left = possible(found.problem, told)
    still = tuple(pair for pair in problem.published if Assignment.of(pair) in left)
    if still == found.problem.published:
        return found
    after = found.problem.model_copy(update={"published": still})
    result = judged(after, found.result, is_proven=not prices_changes(problem))
    return replace(found, problem=after, result=result)


def _told(week: CurrentWeek, found: Repair, before: Roster | None = None) -> Repair:
    """A repair with what it makes different for people, as they know the week."""
    if found.roster is None:
        return found
    notices = week.notices(found.roster, before, found.before.broken)
    return replace(found, notices=notices, before_shifts=week.state.shifts_told)


def _all_kept(week: CurrentWeek, told: Roster) -> Problem:
    """The current week in which everybody keeps those of their shifts that are still possible."""
    problem = week.problem
    pinned = {(pin.shift_id, pin.volunteer_id) for pin in problem.pins}
    kept = (pair for pair in still_allowed(problem, told).assignments if pair not in pinned)
    pins = (Pin(volunteer_id=a.volunteer_id, shift_id=a.shift_id, state="must") for a in kept)
    return problem.model_copy(update={"pins": (*problem.pins, *pins)})
