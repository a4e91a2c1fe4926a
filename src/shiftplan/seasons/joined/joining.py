"""Weeks, one after another: as one problem, or each planned with the history of those before.

`Problem`s of consecutive weeks -> `join_weeks` -> `Problem`; with a way to plan -> `plan_weeks` ->
`PlannedWeek`s.

In a problem of several weeks, what holds for a week and what for all of them:

- Rules and rates are those of the first week, and the same in all. Shifts, demand, requirements,
  and what people offer, wish or are pinned to come from each week. People and their history are
  those of the first week that knows them.
- A volunteer's `max_shifts` stays the limit of each week: a `max_shift_count` per week for each
  number, at the level of the rule `max_shifts`. Over all weeks `max_shifts` is a share of the sum.
- Windows of one person and state that overlap, as those around a midnight, become one. Whoever
  stands by for a whole week does so on its dates.
- `min_shifts` is the sum over the weeks, at most that limit.
- Ways of the table `travel` are those of all weeks. A row of `occupied` concerns the people whom
  its own week means, and where the tables `shift_types` differ, rows are for a center on
  the dates of their own week.
- Phones, contacts and columns of people's own are those that the latest week gives.
- All other rules read the whole horizon as they are: loads are fair over all weeks, limits of the
  horizon hold for all weeks together, and runs of days go across Sundays.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TypeVar

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.rules import AnyRule, MaxShiftCount, MaxShifts
from shiftplan.seasons.ledger import Ledger, Turnout, as_worked
from shiftplan.seasons.rollover.history import carry_on, with_history
from shiftplan.week.days import Days
from shiftplan.week.fields import NameSet
from shiftplan.week.history import History
from shiftplan.week.occupied import Occupied, occupied_people
from shiftplan.week.records import Availability, Center, Shift, StandBy, Volunteer
from shiftplan.week.requirements import Requirement
from shiftplan.week.roster import Roster
from shiftplan.week.shift_types import ShiftType
from shiftplan.week.where import closest

Row = TypeVar("Row", Volunteer, Center)
_SAME = ("centers", "skills", "services", "breaks", "rules", "rates", "order")


def join_weeks(weeks: Sequence[Problem], *, share: float = 1.0) -> Problem:
    """Join consecutive weeks into one problem.

    Parameters
    ----------
    weeks
        Weeks of the same centers and rules, in order, each beginning where the one before ends.
    share
        A volunteer's limit over all weeks as a part of the sum of the weekly limits, rounded up.

    Raises
    ------
    InputError
        The weeks do not follow each other, share a shift id, or differ in rules or centers; or a
        limit of each week holds for weeks that are not seven days from a Monday.
    """
    if len(weeks) == 1 and share == 1:
        return weeks[0]
    faults = list(_unfit(weeks))
    if faults:
        raise InputError(faults)
    first = weeks[0]
    people: dict[str, Volunteer] = {}
    centers: dict[str, Center] = {}
    for week in weeks:
        for volunteer in week.volunteers:
            known_so = people.get(volunteer.volunteer_id)
            people[volunteer.volunteer_id] = _as_last_known(known_so, volunteer)
        for center in week.centers:
            centers[center.center_id] = _as_last_known(centers.get(center.center_id), center)
    known: set[str] = set()
    history = []
    for week in weeks:
        history += [row for row in week.history if row.volunteer_id not in known]
        known |= {v.volunteer_id for v in week.volunteers}
    days = sum(week.horizon.days for week in weeks)
    values = {name: getattr(first, name) for name in Problem.model_fields} | {
        "horizon": first.horizon.model_copy(update={"days": days}),
        "centers": tuple(centers.values()),
        "volunteers": tuple(_volunteer(v, len(weeks), share) for v in people.values()),
        "history": tuple(history),
        "travel": tuple(dict.fromkeys(way for week in weeks for way in week.travel)),
        "shift_types": tuple(dict.fromkeys(_shift_types(weeks))),
        "availability": tuple(_windows(weeks)),
        "stand_by": tuple(row for week in weeks for row in _dated(week)),
        "rules": (*first.rules, *_weekly(first, people.values())),
    }
    values["occupied"] = tuple(dict.fromkeys(_occupied(weeks)))
    values["shifts"] = tuple(chain.from_iterable(map(_apart, weeks)))
    for name in ("demand", "pins", "preferences", "published"):
        values[name] = tuple(chain.from_iterable(getattr(week, name) for week in weeks))
    values["requirements"] = tuple(chain.from_iterable(map(_needs, weeks)))
    return Problem.model_validate(values)


def _apart(week: Problem) -> Iterator[Shift]:
    """Yield the shifts of a week, whose alternatives are none of those of other weeks."""
    for shift in week.shifts:
        name = shift.alternative and f"{shift.alternative} {week.horizon.start}"
        yield shift.model_copy(update={"alternative": name}) if name else shift


def _as_last_known(known: Row | None, row: Row) -> Row:
    """A row of an earlier week, with phone, contact and columns of people's own of a later one."""
    if known is None:
        return row
    said = {name: getattr(row, name) or getattr(known, name) for name in ("phone", "contact")}
    extra = {**dict(known.extra), **dict(row.extra)}
    return known.model_copy(update={**said, "extra": tuple(sorted(extra.items()))})


def _needs(week: Problem) -> Iterator[Requirement]:
    """Yield the requirements of a week, without its end where they were for all of it."""
    dates = week.horizon.dates
    for need in week.requirements:
        if need.shift_id is not None or need.start is not None:
            yield need
            continue
        first, last = need.first_day or dates[0], need.last_day or dates[-1]
        days = {"first_day": max(first, dates[0]), "last_day": min(last, dates[-1])}
        yield need.model_copy(update=days)


def _occupied(weeks: Sequence[Problem]) -> Iterator[Occupied]:
    """Yield rows of all weeks; one that weeks read differently becomes one for each person."""
    known: dict[tuple[str | None, NameSet], list[Collection[str]]] = {}
    for number, week in enumerate(weeks):
        for row in week.occupied:
            whom = row.volunteer_id, row.group
            if whom not in known:
                known[whom] = [
                    occupied_people([row], one.volunteers, one.names_of_people).keys()
                    for one in weeks
                ]
            own = known[whom][number]
            if all(other == own for other in known[whom]):
                yield row
                continue
            for who in own:
                yield row.model_copy(update={"volunteer_id": who, "group": ()})


def _shift_types(weeks: Sequence[Problem]) -> Iterator[ShiftType]:
    """Yield types of shifts of all weeks; where they differ, those of each center on its dates.

    Which rows are meant most closely for a center is then settled within each week.
    """
    first, *others = weeks
    if all(week.shift_types == first.shift_types for week in others):
        yield from first.shift_types
        return
    for week in weeks:
        for center in week.centers:
            for row in closest(week.shift_types, center):
                if dates := tuple(filter(row.days.has, week.horizon.dates)):
                    own = {"where": center.center_id, "days": Days(dates=dates)}
                    yield row.model_copy(update=own)


def _group(limit: int) -> str:
    """Group of the people with a weekly limit, so that a rule can name them."""
    return f"weekly limit {limit}"


def _weekly(first: Problem, people: Iterable[Volunteer]) -> Iterator[AnyRule]:
    """What `max_shifts` says of each single week."""
    limits = sorted({v.max_shifts for v in people if v.max_shifts is not None})
    for rule in first.rules:
        if isinstance(rule, MaxShifts):
            price = {"level": rule.level, "weight": rule.weight}
            for n in limits:
                yield MaxShiftCount(max_shifts=n, per="week", group=(_group(n),), **price)


def _volunteer(person: Volunteer, weeks: int, share: float) -> Volunteer:
    least = weeks * person.min_shifts
    if person.max_shifts is None:
        return person.model_copy(update={"min_shifts": least})
    most = math.ceil(weeks * person.max_shifts * share - 1e-9)
    return person.model_copy(
        update={
            "group": tuple(sorted({*person.group, _group(person.max_shifts)})),
            "max_shifts": most,
            "min_shifts": min(least, most),
        }
    )


def _windows(weeks: Sequence[Problem]) -> Iterator[Availability]:
    """Windows of all weeks; those of one person and state that overlap are merged."""
    last: dict[str, Availability] = {}
    rows = chain.from_iterable(week.availability for week in weeks)
    for window in sorted(rows, key=lambda row: (row.volunteer_id, row.start, row.end)):
        before = last.get(window.volunteer_id)
        if before and before.state == window.state and window.start < before.end:
            end = max(before.end, window.end)
            last[window.volunteer_id] = before.model_copy(update={"end": end})
            continue
        if before:
            yield before
        last[window.volunteer_id] = window
    yield from last.values()


def _dated(week: Problem) -> Iterator[StandBy]:
    """Offers to stand by of a week; those for all of it with its dates."""
    for row in week.stand_by_windows:
        yield StandBy(volunteer_id=row.volunteer_id, start=row.start, end=row.end)


def _unfit(weeks: Sequence[Problem]) -> Iterator[Fault]:
    first, plain = weeks[0], weeks[0].without_contacts()
    for i, week in enumerate(weeks):
        other = week.without_contacts()
        for name in _SAME:
            if getattr(other, name) != getattr(plain, name):
                message, start = Message("seasons.joined_with_same", name=name), week.horizon.start
                yield Fault("invalid_value", "horizon", "start", str(start), message, index=i)
    limits = list(_weekly(first, chain.from_iterable(week.volunteers for week in weeks)))
    for i, week in enumerate(weeks):
        calendar = (week.horizon.start.weekday(), week.horizon.days) == (0, 7)
        if limits and len(weeks) > 1 and not calendar:
            message, remedy = Message("seasons.calendar_weeks"), Message("seasons.without_limits")
            day = str(week.horizon.start)
            yield Fault("out_of_range", "horizon", "start", day, message, remedy=remedy, index=i)
    for before, after in pairwise(weeks):
        if after.horizon.start != before.horizon.end:
            message = Message("seasons.week_before_ends", day=before.horizon.end)
            yield Fault("out_of_range", "horizon", "start", str(after.horizon.start), message)
    seen: set[str] = set()
    for shift in chain.from_iterable(week.shifts for week in weeks):
        if shift.shift_id in seen:
            message = Message("seasons.shift_in_two_weeks")
            yield Fault("duplicate_id", "shifts", "shift_id", shift.shift_id, message)
        seen.add(shift.shift_id)


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
            problem, ledger = with_history(week, known), last.ledger
        else:
            problem, known = week, {h.volunteer_id: h for h in week.history}
            ledger = Ledger.begin(problem)
        roster = plan(problem, past)
        rows = None if turnouts is None else tuple(turnouts(problem, roster))
        worked, ledger = as_worked(roster, rows or ()), ledger.record(problem, roster, rows)
        past.append(PlannedWeek(problem, roster, worked, ledger))
        yield past[-1]
