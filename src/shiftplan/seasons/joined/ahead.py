"""Candidate rosters of a week, scored on weeks to come that are drawn from weeks that were.

(`Problem`, drawn next weeks) -> `plan_ahead` -> `Ahead`; known weeks -> `Resampled` -> drawn ones.
"""

from __future__ import annotations

import datetime as dt
import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import fmean
from typing import Any

from shiftplan.engines.params import SearchOptions
from shiftplan.errors import NoRosterError
from shiftplan.errors.allowed import FromOne
from shiftplan.errors.message import Message
from shiftplan.errors.options import check_options
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.rules import Available
from shiftplan.seasons.joined.joining import join_weeks
from shiftplan.seasons.joined.pro_rata import pro_rata
from shiftplan.seasons.rollover import new_week
from shiftplan.solving.result import Result
from shiftplan.solving.solve import solve
from shiftplan.week.roster import Roster
from shiftplan.week.wishes import Pin

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


@takes_week
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
    offers = problem.offers
    rows = (rule for rule in problem.active_rules if isinstance(rule, Available))
    any_time = any(rule.max_minutes for rule in rows)
    pinned = {(pin.volunteer_id, pin.shift_id) for pin in problem.pins}
    for volunteer in problem.volunteers:
        who = volunteer.volunteer_id
        for shift in problem.shifts:
            offered = any_time or offers.state(volunteer, shift) is not None
            if offered and (who, shift.shift_id) not in pinned:
                state = "must" if (shift.shift_id, who) in roster else "must_not"
                yield Pin(volunteer_id=who, shift_id=shift.shift_id, state=state)


class Resampled:
    """Draws weeks to come by person and center from known weeks.

    In a drawn week each person offers what the person offered in one of the known weeks, and each
    center has the shifts, needs and demand that it had in one of them, each drawn for itself. So
    habits of people and sizes of centers stay; what happens to many at once is not foreseen.
    Called with the number of a draw, it draws for `plan_ahead`.
    """

    def __init__(self, known: Sequence[Problem], last: Problem, *, weeks: int = 1) -> None:
        """Take weeks to draw from.

        Parameters
        ----------
        known
            Weeks up to the last one, of the same centers, one at least.
        last
            The week before those to be drawn. Drawn weeks have its people, centers and rules;
            somebody whom no known week knows offers what the last week says.
        weeks
            Weeks in a row that a call draws, 1 or more.

        Raises
        ------
        InputError
            If an option is out of range.
        """
        check_options(("weeks", weeks, FromOne))
        self._weeks = weeks
        self._known, self._last = tuple(known), last
        self._moved = cache(self._move)

    def __call__(self, number: int) -> list[Problem]:
        """The weeks right after the last one; the same for the same number of a draw."""
        return self.draw(self._weeks, random.Random(number))

    def draw(self, count: int, chance: random.Random) -> list[Problem]:
        """Draw so many weeks in a row, without history, pins and wishes; ids of shifts are new."""
        horizon = self._last.horizon
        week = dt.timedelta(-(-horizon.days // 7) * 7)
        return [self._week(horizon.start + (i + 1) * week, chance) for i in range(count)]

    def _move(self, index: int, first: dt.date) -> Problem:
        weeks = (*self._known, self._last)
        moved = new_week(weeks[index], first).problem
        mark = f"of {index + 1} drawn for {first}"
        tables = {
            name: tuple(
                row
                if row.shift_id is None
                else row.model_copy(update={"shift_id": f"{row.shift_id} {mark}"})
                for row in getattr(moved, name)
            )
            for name in ("shifts", "requirements")
        }
        return moved.model_copy(update=tables)

    def _week(self, first: dt.date, chance: random.Random) -> Problem:
        count = len(self._known)
        week = self._moved(count, first)
        drawn = {c.center_id: chance.randrange(count) for c in week.centers}
        people = [{v.volunteer_id for v in known.volunteers} for known in self._known]
        source = {
            v.volunteer_id: chance.choice(
                [i for i in range(count) if v.volunteer_id in people[i]] or [count]
            )
            for v in week.volunteers
        }
        values: dict[str, tuple[Any, ...]] = defaultdict(tuple, history=())
        for i in range(count + 1):
            moved = self._moved(i, first)
            own = [s for s in moved.shifts if drawn[s.center_id] == i]
            values["shifts"] += (*own,)
            values["requirements"] += (
                *(n for n in moved.requirements if drawn[moved.center_of(n)] == i),
            )
            values["demand"] += (*(row for row in moved.demand if drawn[row.center_id] == i),)
            offered = (w for w in moved.availability if source.get(w.volunteer_id) == i)
            values["availability"] += (*offered,)
            calls = (row for row in moved.stand_by if source.get(row.volunteer_id) == i)
            values["stand_by"] += (*calls,)
        return week.model_copy(update=values)
