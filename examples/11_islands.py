"""Islands of An Giang: a mobile team of two that boats take from center to center.

Coordinates are those of the four communes; visits and the timetable are made up.
"""

from __future__ import annotations

import datetime as dt

import shiftplan as sp
from shiftplan import rules
from shiftplan.week import Way

MONDAY = dt.date(2026, 12, 7)
CENTERS = (
    sp.Center(center_id="30742", name="Rạch Giá", lat=9.99098, lon=105.10027),
    sp.Center(center_id="31108", name="Kiên Hải", lat=9.80732, lon=104.63628, groups=("island",)),
    sp.Center(center_id="31078", name="Phú Quốc", lat=10.27095, lon=103.99137, groups=("island",)),
    sp.Center(center_id="31105", name="Thổ Châu", lat=9.30773, lon=103.49091, groups=("island",)),
)
# From, to, minutes, days, departure. A row counts both ways unless another one is for the way back.
# Without the first row, a way between two islands without a boat would be a straight line.
BOATS = (
    ("island", "island", 14_400, (), None),
    ("30742", "31108", 75, (), "11:30"),
    ("31108", "30742", 75, (), "06:00"),
    ("30742", "31078", 150, (), "12:00"),
    ("31078", "30742", 150, (), "07:00"),
    ("31108", "31078", 510, (), "06:00"),  # with a change of boats at Rạch Giá
    ("31078", "31105", 150, ("tue", "fri"), "17:30"),
    ("31105", "31078", 150, ("wed", "sat"), "17:30"),
    ("30742", "31105", 14_400, (), None),
)
# Where the team is wanted: day, center, hours.
VISITS = (
    *((0, "30742", (7, 11)), (0, "31108", (13, 17)), (1, "31108", (7, 11)), (2, "31078", (13, 17))),
    *((3, "31078", (7, 11)), (3, "31078", (13, 17)), (5, "31105", (7, 11)), (5, "31105", (13, 17))),
)
FIRST, LAST = dt.datetime(2026, 12, 7), dt.datetime(2026, 12, 14)


def make_problem() -> sp.Problem:
    """Write the week down."""
    shifts = []
    for day, center_id, hours in VISITS:
        start, end = (dt.datetime(2026, 12, 7 + day, hour) for hour in hours)
        name = f"{center_id} {start:%a %H}"
        shifts.append(sp.Shift(shift_id=name, center_id=center_id, start=start, end=end))
    keys = ("origin", "destination", "minutes", "days", "first_departure", "last_departure", "mode")
    ways = [(*row[:3], {"weekdays": row[3]}, row[4], row[4], "boat") for row in BOATS]
    team = ("Hoa", "Nam")
    return sp.Problem(
        horizon=sp.Horizon(start=MONDAY, days=7),
        centers=CENTERS,
        volunteers=tuple(sp.Volunteer(volunteer_id=v, group=("team",), mobile=True) for v in team),
        availability=tuple(sp.Availability(volunteer_id=v, start=FIRST, end=LAST) for v in team),
        shifts=tuple(shifts),
        requirements=tuple(sp.Requirement(shift_id=s.shift_id, target=2) for s in shifts),
        travel=tuple(Way.model_validate(dict(zip(keys, way, strict=True))) for way in ways),
        rules=(
            rules.TravelTime(speed_kmh=30),  # hard: nobody is late
            rules.Together(group=("team",)),
            rules.Coverage(level=1),
            rules.MaxTravel(level=2, max_minutes=0),  # a minute on a boat between visits costs 1
        ),
    )


if __name__ == "__main__":
    problem = make_problem()
    result = sp.solve(problem)
    roster = result.require_roster()
    print(result.status, f"{len(roster.assignments) // 2} of {len(VISITS)} visits")
    for shift in problem.shifts:
        team = [v for s, v in roster.assignments if s == shift.shift_id]
        place = problem.center_by_id[shift.center_id].name
        print(f"{shift.start:%a %H:%M}-{shift.end:%H:%M}  {place:9} {', '.join(team) or '-'}")
    for found in sp.check(problem, roster).priced:
        if found.rule.rule == "max_travel":
            print(found.message)
