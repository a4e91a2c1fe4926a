"""More or fewer citizens than forecast on one date at one center, and whom that takes.

(`Problem`, center, date, how many more) -> changes of the week.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from shiftplan.citizens.staffing import amounts_of, need_of, staff
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import AtCenter, Message
from shiftplan.problem import Problem
from shiftplan.problem.changes import AnyChange, Need, Update
from shiftplan.week.demand import MOST_ARRIVALS, Demand


def more_citizens(
    problem: Problem, center_id: str, day: date, more: float
) -> tuple[AnyChange, ...]:
    """Find what becomes different when more citizens come than forecast, or fewer.

    Each interval and service of the date gets its share of them. What the new forecast asks for in
    addition is added to the requirements, also where these are not those of the forecast; what it
    does not ask for any more is taken off.

    Parameters
    ----------
    problem
        The week.
    center_id, day
        Where and when.
    more
        How many more citizens come that day; below 0 for fewer.

    Returns
    -------
    tuple of changes
        Rows of the forecast, and needs of shifts.

    Raises
    ------
    InputError
        If the date is outside the week, there is no forecast for the center on it, or the new one
        cannot be staffed.
    """
    if day not in problem.horizon:
        message = Message("record.not_of_the_week", day=day)
        raise InputError([Fault("outside_horizon", "demand", "start", "", message)])
    rows = [d for d in problem.demand if d.center_id == center_id and d.start.date() == day]
    before = sum(row.arrivals for row in rows)
    if not before:
        message = Message("citizens.no_forecast", center=AtCenter(center_id), day=day)
        raise InputError([Fault("nothing_to_staff", "demand", "arrivals", "", message)])
    factor = max(0.0, before + more) / before
    new: dict[Demand, Demand] = {}
    for row in rows:
        names = ("arrivals", "arrivals_low", "arrivals_high")
        known = {name: value for name in names if (value := getattr(row, name)) is not None}
        more_there = {name: min(value * factor, MOST_ARRIVALS) for name, value in known.items()}
        new[row] = row.model_copy(update=more_there)
    there = tuple(row for row in problem.demand if row.center_id == center_id)
    shifts = tuple(shift for shift in problem.shifts if shift.center_id == center_id)
    earlier = problem.model_copy(update={"shifts": shifts, "demand": there})
    later = earlier.model_copy(update={"demand": tuple(new.get(row, row) for row in there)})
    updates = (Update(row=row) for row in new.values())
    return (*updates, *_needs(problem, earlier, later))


def _needs(problem: Problem, before: Problem, after: Problem) -> Iterator[Need]:
    """Yield the requirements with what another forecast asks for more or less."""
    old, new, now = map(amounts_of, (staff(before).problem, staff(after).problem, problem))
    for key in dict.fromkeys((*old, *new)):
        (least, wanted), (more_least, more_wanted) = old.get(key, (0, 0)), new.get(key, (0, 0))
        if (least, wanted) == (more_least, more_wanted):
            continue
        minimum, target = now.get(key, (0, 0))
        target = max(0, target + more_wanted - wanted)
        minimum = min(target, max(0, minimum + more_least - least))
        if now.get(key, (0, 0)) != (minimum, target):
            yield need_of(key, minimum, target)
