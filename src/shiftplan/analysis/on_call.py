"""People who stand by: they can be called in at times at which nobody plans them.

`Problem` -> the same as calls see it, with offers to stand by among the windows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

import numpy as np

from shiftplan.case.arrays import NOT_AVAILABLE, Array, Arrays
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.problem.changes import Offer, Update
from shiftplan.problem.known_ids import need_pair
from shiftplan.week.records import Availability, Shift
from shiftplan.week.windows import JoinedWindows, joined_windows, outside
from shiftplan.week.wishes import Pin


def with_stand_by(problem: Problem) -> Problem:
    """The problem in which people can work whenever they stand by; unchecked.

    It is the same problem where nobody stands by.
    """
    if not problem.stand_by:
        return problem
    windows = list(problem.availability)
    for who, stretches in joined_windows(problem.stand_by_windows).items():
        for start, end, _ in stretches:
            windows += _lacking(problem, who, start, end)
    return problem.model_copy(update={"availability": tuple(windows)})


def standing_by(arrays: Arrays, problem: Problem) -> Array:
    """Who stands by at each shift time, bool of shape (num_volunteers, num_spans).

    A window and times of standing by may contain it together. `arrays`: of `with_stand_by`.
    """
    found = np.zeros_like(arrays.state, dtype=bool)
    minutes, (first, last) = problem.horizon.minutes, arrays.span_times.T
    for row in problem.stand_by_windows:
        shared = (first < minutes(row.end)) & (minutes(row.start) < last)
        found[arrays.volunteer_index[row.volunteer_id]] |= shared
    found &= arrays.state != NOT_AVAILABLE
    return found


@takes_week
def call_in(problem: Problem, shift_id: str, volunteer_id: str) -> tuple[Offer | Update, ...]:
    """Make the changes by which somebody works a shift that they were called for.

    Parameters
    ----------
    problem
        The week as it is now.
    shift_id, volunteer_id
        Where, and who.

    Returns
    -------
    tuple
        An offer of the hours of the shift that no window of the person has, and a pin, for
        `Problem.with_changes`. The roster gets the assignment beside that.

    Raises
    ------
    InputError
        If an id is unknown.
    """
    need_pair(problem, shift_id, volunteer_id)
    shift = problem.shift_by_id[shift_id]
    lacking = _lacking(problem, volunteer_id, shift.start, shift.end)
    pin = Pin(volunteer_id=volunteer_id, shift_id=shift_id, state="must")
    return (*(Offer(window=window) for window in lacking), Update(row=pin))


def who_stands_by(problem: Problem, shift: Shift) -> frozenset[str]:
    """Ids of those who stand by for a shift; see `standing_by`."""
    rows = (r for r in problem.stand_by_windows if r.start < shift.end and shift.start < r.end)
    people, wide = {row.volunteer_id for row in rows}, problem.on_call_windows
    return frozenset(who for who in people if _contain(wide[who], shift))


def with_offers_for(problem: Problem, shift: Shift) -> Problem:
    """The problem in which those who stand by for a shift have offered its hours; unchecked."""
    found = [
        window
        for who in sorted(who_stands_by(problem, shift))
        for window in _lacking(problem, who, shift.start, shift.end)
    ]
    windows = (*problem.availability, *found)
    return problem.model_copy(update={"availability": windows}) if found else problem


def is_offered(problem: Problem, volunteer_id: str, shift: Shift) -> bool:
    """Whether a person's windows contain a shift, so that it can be planned for them."""
    return _contain(problem.joined_windows.get(volunteer_id, ()), shift)


def _contain(windows: Sequence[JoinedWindows], shift: Shift) -> bool:
    return any(window.contain(shift.start, shift.end) for window in windows)


def _lacking(problem: Problem, who: str, start: datetime, end: datetime) -> Iterator[Availability]:
    """Yield the parts of a time that no window of a person has."""
    for first, last in outside(problem.joined_windows.get(who, ()), start, end):
        yield Availability(volunteer_id=who, start=first, end=last)
