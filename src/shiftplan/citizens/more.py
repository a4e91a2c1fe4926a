"""Another forecast than that of a week, and whom it takes.

(`Problem`, changes of the forecast) -> `Need`s; (`Problem`, center, date, how many more citizens)
-> changes of the week.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from shiftplan.citizens.pools import first_and_further
from shiftplan.citizens.scenarios import staff_scenarios
from shiftplan.citizens.staffing import staff
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import AtCenter, Message
from shiftplan.problem import Problem
from shiftplan.problem.changes import AnyChange, Need, Update, gone_by
from shiftplan.week.demand import MOST_ARRIVALS, Demand
from shiftplan.week.requirements import Conditions
from shiftplan.week.skill_names import name_of_level

_Key = tuple[str, Conditions]
"""Shift, and what each person counted meets."""


class AskedFor(NamedTuple):
    """How many people a requirement asks for."""

    minimum: int = 0
    target: int = 0
    needed_percent: tuple[int, ...] = ()


def needs_after(problem: Problem, changes: Sequence[AnyChange]) -> Iterator[Need]:
    """Yield the needs that another forecast brings, where the requirements are those of a forecast.

    Centers whose forecast stays, and those with requirements of their own, need nothing else. What
    another of the changes says of a requirement or a shift holds. Where requirements have chances,
    they are computed anew for 20 sizes of a day. Raises InputError as `staff` does if the new
    forecast cannot be staffed.
    """
    forecasts = [c for c in changes if isinstance(c, Update) and isinstance(c.row, Demand)]
    if not forecasts or not problem.requirements:
        return
    later = problem.with_changes(*forecasts)
    named = {(c.shift_id, c.conditions) for c in changes if isinstance(c, Need)}
    gone = gone_by(changes, problem.shifts)
    for center in dict.fromkeys(c.row.center_id for c in forecasts if isinstance(c.row, Demand)):
        for need in _needs_at(center, problem, later):
            if (need.shift_id, need.conditions) not in named and need.shift_id not in gone:
                yield need


def _needs_at(center: str, problem: Problem, later: Problem) -> Iterator[Need]:
    """Yield the needs that another forecast brings at a center."""
    old = _only(problem, center)
    try:
        before = _asked(old)
    except InputError:
        return  # what cannot be staffed has requirements of its own
    if _amounts(before) != _amounts(asked_in(old)):
        return
    after = _asked(_only(later, center))
    for key in dict.fromkeys((*before, *after)):
        was, asked = before.get(key, AskedFor()), after.get(key, AskedFor())
        if was != asked:
            yield _need_of(key, was, asked)


def asked_in(problem: Problem) -> dict[_Key, AskedFor]:
    """What the requirements ask for."""
    return {
        (r.shift_id or "", r.conditions): AskedFor(r.minimum, r.target, r.needed_percent)
        for r in problem.requirements
    }


def _asked(problem: Problem) -> dict[_Key, AskedFor]:
    """What the forecast asks for, with chances if the problem's requirements have them."""
    if not any(row.arrivals for row in problem.demand):
        return {}
    chances = any(row.needed_percent for row in problem.requirements)
    return asked_in((staff_scenarios if chances else staff)(problem).problem)


def _amounts(asked: Mapping[_Key, AskedFor]) -> dict[_Key, tuple[int, int]]:
    """Minimum and target of the requirements that people are wanted for on average."""
    return {key: one[:2] for key, one in asked.items() if one.target}


def _only(problem: Problem, center: str) -> Problem:
    """The shifts, requirements and forecast of one center."""
    shifts = tuple(shift for shift in problem.shifts if shift.center_id == center)
    asked = tuple(row for row in problem.requirements if problem.center_of(row) == center)
    demand = tuple(row for row in problem.demand if row.center_id == center)
    return problem.model_copy(update={"shifts": shifts, "requirements": asked, "demand": demand})


def _need_of(key: _Key, before: AskedFor, asked: AskedFor) -> Need:
    """The need of a shift for people with some abilities, as a forecast asks for them."""
    shift_id, abilities = key[0], first_and_further(a for one in key[1] for a in one.abilities)
    skill, level = abilities[0] if abilities else (None, None)
    chances = asked.needed_percent
    return Need(
        shift_id=shift_id,
        skill_id=skill,
        min_level=level,
        with_skills=tuple(name_of_level(*ability) for ability in abilities[1:]),
        minimum=asked.minimum,
        target=asked.target,
        needed_percent=None if chances == before.needed_percent else chances,
    )


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
    earlier = _only(problem, center_id)
    demand = tuple(new.get(row, row) for row in earlier.demand)
    later = earlier.model_copy(update={"demand": demand})
    updates = (Update(row=row) for row in new.values())
    return (*updates, *_added(earlier, later))


def _added(before: Problem, after: Problem) -> Iterator[Need]:
    """Yield the requirements with what another forecast asks for more or less.

    Chances become those of the new forecast where they change with it.
    """
    old, new, now = _asked(before), _asked(after), asked_in(before)
    for key in dict.fromkeys((*old, *new)):
        was, asked, own = (table.get(key, AskedFor()) for table in (old, new, now))
        if was == asked:
            continue
        target = max(0, own.target + asked.target - was.target)
        minimum = min(target, max(0, own.minimum + asked.minimum - was.minimum))
        chances = own.needed_percent if asked[2] == was[2] else asked.needed_percent
        if own != (found := AskedFor(minimum, target, chances)):
            yield _need_of(key, own, found)
