"""Reasons not to publish a roster.

(`CurrentWeek`, `Roster`) -> `Message`s; none if it can be published.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.problem.changes import still_allowed
from shiftplan.problem.known_ids import known_part
from shiftplan.record.current import CurrentWeek
from shiftplan.record.entries import Drafted
from shiftplan.record.saying import first_of
from shiftplan.scoring.check import check
from shiftplan.scoring.equity import Seats, equity
from shiftplan.solving.solve import solve
from shiftplan.week.roster import Roster

_FAR_FEWER = Fraction(4, 5)
"""Share of the seats that the last or a quick roster fills; fewer are a reason for doubt."""


def doubts_about(week: CurrentWeek, roster: Roster, draft: Drafted) -> Iterator[Message]:
    """Yield reasons to look twice before a roster is published.

    It is empty or very poor, breaks hard rules in the week as it is now, or fills less
    than four fifths of the seats that the roster published last fills without what is impossible,
    or that a quick roster of a few seconds fills.
    """
    problem = week.problem
    if not len(roster):
        yield Message("record.nobody")
    elif draft.is_poor:
        yield Message("record.poor", filled=draft.filled, seats=draft.seats)
    if (breaks := broken_rules(problem, roster)) is not None:
        yield breaks
    seats = _seats(problem, roster)
    filled = seats.filled
    if filled >= _FAR_FEWER * seats.target:
        return  # no roster fills so many more
    if week.told is not None:
        before = _seats(problem, still_allowed(problem, week.told)).filled
        if filled < _FAR_FEWER * before:
            yield Message("record.fewer_than_told", filled=filled, before=before)
            return
    quick = solve(problem, time_limit=0, workers=1).roster
    most = 0 if quick is None else _seats(problem, quick).filled
    if filled < _FAR_FEWER * most:
        yield Message("record.fewer_than_quick", filled=filled, quick=most)


def broken_rules(problem: Problem, roster: Roster) -> Message | None:
    """Which hard rules a roster breaks, with the first breaches; None if it breaks none."""
    if not (broken := check(problem, roster).broken):
        return None
    which = first_of(found.message for found in broken)
    return Message("record.breaks_rules", n=len(broken), which=which)


def _seats(problem: Problem, roster: Roster) -> Seats:
    """Seats of all requirements, with and without a skill, and those that a roster fills."""
    return equity(problem, known_part(problem, roster)).overall.both
