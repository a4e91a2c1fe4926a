"""Candidate rosters of a week, scored on drawn weeks to come.

(`Problem`, drawn next weeks) -> `plan_ahead` -> `Ahead`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from shiftplan.case.offers import Offers
from shiftplan.engines.params import SearchOptions
from shiftplan.errors import NoRosterError
from shiftplan.errors.allowed import FromOne
from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.seasons.joined.joining import join_weeks
from shiftplan.seasons.joined.pro_rata import pro_rata
from shiftplan.solving.result import Result
from shiftplan.solving.solve import solve
from shiftplan.week.records import Pin
from shiftplan.week.roster import Roster

Draw = Callable[[int], Sequence[Problem]]
"""Number of a draw -> the weeks right after the one to be planned; the same for the same number."""


@dataclass(frozen=True, slots=True)
class CandidateRoster:
    """A roster of the week, and what it leads to."""

    roster: Roster
    """The roster."""
    costs: tuple[int, ...]
    """For each drawn future: least cost found of the week and the drawn weeks together, with this
    roster; empty when there is nothing to compare it with."""

    @property
    def expected(self) -> float | None:
        """Mean of `costs`, lower is better; None when there are none."""
        return fmean(self.costs) if self.costs else None


@dataclass(frozen=True, slots=True)
class Ahead:
    """Candidates, and the best one."""

    candidates: tuple[CandidateRoster, ...]
    """Different rosters in the order in which they were made, the one without looking ahead first.

    Each is here once, however often it was made, so there may be fewer than were asked for; one
    that was made every time is here alone, without costs. Those that could not be scored in time
    are left out.
    """

    @property
    def best(self) -> CandidateRoster:
        """The candidate with the least expected cost, the first of equal ones."""
        return min(self.candidates, key=lambda candidate: sum(candidate.costs))


class _JoinOptions(SearchOptions):
    candidates: FromOne
    samples: FromOne


def plan_ahead(
    problem: Problem,
    draw: Draw,
    *,
    weeks_left: float | None = None,
    candidates: int = 3,
    samples: int = 2,
    price: int = 200,
    time_limit: float | None = 60.0,
    workers: int | None = None,
    seed: int = 0,
    gap: float = 0.005,
    cancel: threading.Event | None = None,
) -> Ahead:
    """Make several rosters of a week, and see what they lead to in drawn weeks to come.

    The first candidate is the best roster of the week by itself. Each other one is the week's part
    of the best roster of the week and drawn weeks as one problem. All are scored on the same
    futures, which are none of those that made a candidate: the rest of each future is planned
    around the candidate, and both together are scored as one problem.

    Parameters
    ----------
    problem
        The week, with history.
    draw
        Called with the number of a draw, gives the weeks to come, such as
        `Resampled(known, problem)` does. Numbers from 0 on score, the next ones make candidates.
    weeks_left
        Weeks to the end of the season, as `pro_rata` takes them; all is planned and scored with
        what is due pro rata. With None limits and loads are seen as if the season ended with the
        drawn weeks.
    candidates
        Rosters to make, 1 or more; equal ones count once, and the time set aside for scoring the
        others goes to what is still to be solved.
    samples
        Futures that score, 1 or more.
    price
        As `pro_rata` takes it.
    time_limit
        Seconds for everything, shared out over what is still to be solved; None for no limit.
    workers, seed, gap, cancel
        As `solve` takes them, for each of the plans made.

    Raises
    ------
    InputError
        An option is out of range, or the drawn weeks cannot be joined to the problem.
    NoRosterError
        No roster was found for the week, or none of its candidates could be scored in time.

    """
    _JoinOptions(
        candidates=candidates,
        samples=samples,
        time_limit=time_limit,
        workers=workers,
        seed=seed,
        gap=gap,
        cancel=cancel,
    )
    steps = candidates + (candidates * samples if candidates > 1 else 0)
    end = None if time_limit is None else time.monotonic() + time_limit

    def plan(joined: Problem) -> Result:
        nonlocal steps
        seconds = None if end is None else max(0.01, end - time.monotonic()) / max(1, steps)
        steps -= 1
        return solve(joined, time_limit=seconds, workers=workers, seed=seed, gap=gap, cancel=cancel)

    def due(weeks: Sequence[Problem]) -> Problem:
        joined = join_weeks(weeks)
        return joined if weeks_left is None else pro_rata(joined, weeks_left, price=price)

    if candidates > 1:
        join_weeks([problem, *draw(0)])  # what cannot be joined is told before anything is solved
    first = plan(due([problem])).require_roster()
    rosters, own = dict.fromkeys([first]), {s.shift_id for s in problem.shifts}
    for number in range(samples, samples + candidates - 1):
        roster = plan(due([problem, *draw(number)])).roster
        different = len(rosters)
        if roster is not None:
            rosters[Roster.of(a for a in roster.assignments if a.shift_id in own)] = None
        if len(rosters) == different:
            steps -= samples  # nothing more to score
    if len(rosters) == 1:
        return Ahead((CandidateRoster(first, ()),))
    futures = [due([problem, *draw(number)]) for number in range(samples)]
    scored = []
    for roster in rosters:
        pins = tuple(_pins(problem, roster))
        costs = [plan(f.model_copy(update={"pins": (*f.pins, *pins)})).total.cost for f in futures]
        known = [cost for cost in costs if cost is not None]
        if len(known) == samples:
            scored.append(CandidateRoster(roster, tuple(known)))
    if not scored:
        raise NoRosterError(Message("seasons.no_candidate_in_time"))
    return Ahead(tuple(scored))


def _pins(problem: Problem, roster: Roster) -> Iterator[Pin]:
    """Hold the week to a roster."""
    offers = Offers(problem)
    pinned = {(pin.volunteer_id, pin.shift_id) for pin in problem.pins}
    for volunteer in problem.volunteers:
        who = volunteer.volunteer_id
        for shift in problem.shifts:
            offered = offers.state(volunteer, shift) is not None
            if offered and (who, shift.shift_id) not in pinned:
                state = "must" if (shift.shift_id, who) in roster else "must_not"
                yield Pin(volunteer_id=who, shift_id=shift.shift_id, state=state)
