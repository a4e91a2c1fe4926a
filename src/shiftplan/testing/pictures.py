"""Rosters as pictures: one line per volunteer, one cell per day, one sign per shift.

    ana  N | M M N . ML .      | days before the horizon stand left of the bar
    bob      . . m .  A .

A sign is a kind of shift, `.` a day off; a cell with several signs is a day with several shifts.
`plan` makes the problem a picture is about, `parse` the roster, `carried` the history, `draw` the
picture of any roster.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from shiftplan.problem import Problem
from shiftplan.week.history import History
from shiftplan.week.horizon import Horizon
from shiftplan.week.records import Availability, Center, Shift, Volunteer
from shiftplan.week.roster import Roster

MONDAY = dt.date(2026, 12, 7)


class Kind(NamedTuple):
    """What a sign stands for."""

    type: str
    start: int  # hour
    hours: int
    center: str = "home"
    tags: tuple[str, ...] = ()


KINDS = {
    "M": Kind("morning", 7, 4),
    "A": Kind("afternoon", 13, 4),
    "m": Kind("morning", 7, 4, "far"),
    "a": Kind("afternoon", 13, 4, "far"),
    "x": Kind("afternoon", 13, 4, "hill"),
    "E": Kind("early", 6, 8, tags=("day",)),
    "L": Kind("late", 14, 8, tags=("day",)),
    "N": Kind("night", 22, 8),
    "O": Kind("over", 10, 4),  # overlaps M and A
    "n": Kind("night", 22, 8, "far"),
    "t": Kind("afternoon", 13, 4, "twin"),
    "D": Kind("dawn", 4, 4),  # overlaps the N of the day before
}
# Degrees of latitude: 1 degree is 111.195 km, so far is 11.1 km from home and hill 55.6 km.
CENTERS = (
    Center(center_id="home", lat=10.0, lon=105.0, priority=1.5, capacity=2),
    Center(center_id="far", lat=10.1, lon=105.0, priority=1.0, capacity=1),
    Center(center_id="hill", lat=10.5, lon=105.0, priority=0.75),
    Center(center_id="twin", lat=10.0, lon=105.0),  # next door to home: 0 km
)
ROOMY = tuple(center.model_copy(update={"capacity": None}) for center in CENTERS)
"""The same without limits."""


def shift(sign: str, day: int, start: dt.date = MONDAY, **fields: Any) -> Shift:
    """The shift of a sign on a day number; its id is the sign and the number, such as `M0`."""
    kind = KINDS[sign]
    begin = dt.datetime.combine(start, dt.time(kind.start)) + dt.timedelta(day)
    usual: dict[str, Any] = {"shift_id": f"{sign}{day}", "center_id": kind.center}
    usual |= {"start": begin, "end": begin + dt.timedelta(hours=kind.hours)}
    return Shift(**{**usual, "type": kind.type, "tags": kind.tags, **fields})


def window(
    who: str, state: str = "available", first: int = -9, last: int = 40, start: dt.date = MONDAY
) -> Availability:
    """A window from a day number's midnight to another's."""
    midnight = dt.datetime.combine(start, dt.time())
    begin, end = (midnight + dt.timedelta(day) for day in (first, last))
    return Availability(volunteer_id=who, start=begin, end=end, state=state)


def plan(
    signs: str | dict[int, str] = "M",
    people: str = "ana",
    days: int = 7,
    *,
    start: dt.date = MONDAY,
    each: dict[str, dict[str, Any]] | None = None,
    **fields: Any,
) -> Problem:
    """A problem with a shift for each sign and day, for people who can always come.

    `signs` may also map day numbers to signs; `each` gives fields of single volunteers. Rooms are
    limited only where a rule `capacity` is named: it would hold without a row too.
    """
    per_day = signs if isinstance(signs, dict) else dict.fromkeys(range(days), signs)
    names, each = people.split(), each or {}
    kinds = [r["rule"] if isinstance(r, dict) else r.rule for r in fields.get("rules", ())]
    own = [{"volunteer_id": n, "home_center_id": "home", **each.get(n, {})} for n in names]
    return Problem(
        **{
            "horizon": Horizon(start=start, days=days),
            "centers": CENTERS if "capacity" in kinds else ROOMY,
            "volunteers": tuple(Volunteer(**fields) for fields in own),
            "availability": tuple(window(n, start=start) for n in names),
            "shifts": tuple(shift(s, d, start) for d in sorted(per_day) for s in per_day[d]),
            **fields,
        }
    )


def _lines(text: str) -> dict[str, tuple[list[str], list[str]]]:
    """Name -> cells before the horizon and cells in it."""
    lines = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        name, _, cells = line.partition(" ")
        before, bar, inside = cells.partition("|")
        lines[name] = (before.split() if bar else [], (inside if bar else before).split())
    return lines


def parse(text: str) -> Roster:
    """The roster of a picture."""
    return Roster.of(
        (f"{sign}{day}", name)
        for name, (_, cells) in _lines(text).items()
        for day, cell in enumerate(cells)
        for sign in cell
        if sign != "."
    )


def carried(text: str, start: dt.date = MONDAY) -> tuple[History, ...]:
    """The history that the cells left of the bars tell; people without a bar have none."""
    found = []
    for name, (cells, _) in _lines(text).items():
        if not cells:
            continue
        last, days = cells[-1], cells[::-1]
        fields: dict[str, Any] = {"worked_in_a_row": 0, "off_in_a_row": 0}
        if last == ".":
            fields["off_in_a_row"] = next((i for i, c in enumerate(days) if c != "."), len(days))
        else:
            same = next((i for i, c in enumerate(days) if c != last), len(days))
            end = shift(last, -1, start).end
            fields["worked_in_a_row"] = days.index(".") if "." in days else len(days)
            fields |= {"same_type_in_a_row": same, "last_shift_type": KINDS[last].type}
            fields["last_shift_end"] = end
        found.append(History(volunteer_id=name, **fields))
    return tuple(found)


def draw(problem: Problem, roster: Roster) -> str:
    """The picture of a roster of a problem made by `plan`."""
    width = max((len(v.volunteer_id) for v in problem.volunteers), default=0)
    day_of = {s.shift_id: problem.horizon.day(s.start) for s in problem.shifts}
    lines = []
    for volunteer in problem.volunteers:
        cells = [""] * problem.horizon.days
        for shift_id in roster.shifts_of.get(volunteer.volunteer_id, ()):
            cells[day_of[shift_id]] += shift_id[0]
        lines.append(f"{volunteer.volunteer_id:{width}}  " + " ".join(c or "." for c in cells))
    return "\n".join(lines)
