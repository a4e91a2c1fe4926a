"""Weeks planned in order, each with the history of those before.

(`Problem`s, a way to plan) -> `plan_weeks` -> `PlannedWeek`s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from shiftplan.problem import Problem
from shiftplan.seasons.ledger import Ledger, Turnout, as_worked
from shiftplan.seasons.rollover.history import carry_on, with_history
from shiftplan.week.records import History
from shiftplan.week.roster import Roster


@dataclass(frozen=True)
class PlannedWeek:
    """A week as it was planned and worked."""

    problem: Problem
    """The week, with the history that it was planned with."""
    roster: Roster
    """As it was published."""
    worked: Roster
    """Who came: the roster without those who stayed away, and with the reserves called."""
    ledger: Ledger
    """What everybody offered and did, this week included."""


def plan_weeks(
    weeks: Iterable[Problem],
    plan: Callable[[Problem, Sequence[PlannedWeek]], Roster],
    *,
    turnouts: Callable[[Problem, Roster], Iterable[Turnout]] | None = None,
) -> Iterator[PlannedWeek]:
    """Plan weeks one after another.

    The first week brings its own history. Each later one gets that of the weeks before it: shares
    from a ledger, and streaks and counters (`counted_shifts` and the like, of which limits of the
    season are made) from the rosters as they were worked. Of its own history only rows of people
    are kept whom no week before knows; from these, later weeks go on with the counters
    but not with the shares, which the ledger does not have.

    Parameters
    ----------
    weeks
        In order of time; each is asked for when the one before was planned.
    plan
        Makes the roster of a week with history; the second argument are the weeks before it.
    turnouts
        Tells how a published roster turned out; everybody comes as planned if None.

    Raises
    ------
    InputError
        Weeks share days, or a roster or turnout names unknown ids.

    """
    past: list[PlannedWeek] = []
    known: dict[str, History] = {}
    for week in weeks:
        if past:
            last = past[-1]
            known = carry_on(known, last.problem, week, last.worked, last.ledger, counting=True)
            problem = with_history(week, known)
        else:
            problem, known = week, {h.volunteer_id: h for h in week.history}
        roster = plan(problem, past)
        rows = () if turnouts is None else tuple(turnouts(problem, roster))
        ledger = past[-1].ledger if past else Ledger.begin(problem)
        past.append(
            PlannedWeek(
                problem, roster, as_worked(roster, rows), ledger.record(problem, roster, rows)
            )
        )
        yield past[-1]
