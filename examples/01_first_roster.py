"""A first roster: twelve volunteers, two centers and one week, all written in Python."""

from __future__ import annotations

import datetime as dt

import shiftplan as sp
from shiftplan.rules import Coverage, Fairness, OneCenterPerDay

DAYS = [dt.date(2026, 12, 7 + i) for i in range(5)]
SESSIONS = {"m": (dt.time(7), dt.time(11)), "a": (dt.time(13), dt.time(17))}
CENTERS = {"market": "M", "hill": "H"}
# Name, level of the skill "portal" (help with online forms), and one word for each day from
# Monday to Friday: offers the morning (m), the afternoon (a), both (ma), or cannot come (-).
TABLE = """
An    3  ma ma -  ma m
Bình  2  m  m  m  m  m
Chi   0  a  a  a  a  -
Dung  1  -  ma ma -  ma
Giang 3  m  -  m  -  m
Hà    0  ma ma ma ma ma
Khoa  2  a  a  -  a  a
Lan   0  -  m  m  m  -
Minh  1  ma -  -  ma ma
Nga   2  m  ma m  -  -
Phúc  0  a  -  a  a  a
Quân  3  -  a  a  a  ma"""
PEOPLE = [line.split() for line in TABLE.strip().splitlines()]


def make_problem() -> sp.Problem:
    """Write the week down: places, people, when they can come, shifts, needs, rules."""
    people, windows, shifts, needs = [], [], [], []
    for name, level, *_ in PEOPLE:
        held = [sp.week.SkillGrant(skill_id="portal", level=int(level))] if level > "0" else []
        people.append(sp.Volunteer(volunteer_id=name, skills=tuple(held)))
    for day, date in enumerate(DAYS):
        for sign, (first, last) in SESSIONS.items():
            start, end = dt.datetime.combine(date, first), dt.datetime.combine(date, last)
            for name, _, *offers in PEOPLE:
                if sign in offers[day]:
                    windows.append(sp.Availability(volunteer_id=name, start=start, end=end))
            for center in CENTERS:
                shift_id = f"{center} {date} {sign}"
                shifts.append(sp.Shift(shift_id=shift_id, center_id=center, start=start, end=end))
                needs += [  # two people, one of whom knows the portal
                    sp.Requirement(shift_id=shift_id, minimum=1, target=2),
                    sp.Requirement(shift_id=shift_id, skill_id="portal", min_level=2, target=1),
                ]
    return sp.Problem(
        horizon=sp.Horizon(start=DAYS[0], days=7),
        centers=(sp.Center(center_id="market"), sp.Center(center_id="hill", priority=1.5)),
        skills=(sp.Skill(skill_id="portal", name="online forms", max_level=3),),
        volunteers=tuple(people),
        availability=tuple(windows),
        shifts=tuple(shifts),
        requirements=tuple(needs),
        rules=(Coverage(level=1), OneCenterPerDay(), Fairness(level=2)),
    )


def main() -> None:
    """Plan the week and print one line per volunteer."""
    result = sp.solve(make_problem(), time_limit=300, workers=2)
    roster = result.require_roster()
    print(f"{result.status}: cost {result.total.cost}, proven bound {result.total.bound}")
    print("M market, H hill; each day: morning, afternoon\n\n         Mon Tue Wed Thu Fri")
    for name, level, *offers in PEOPLE:
        signs = [
            next((c for p, c in CENTERS.items() if (f"{p} {day} {s}", name) in roster), ".")
            for day in DAYS
            for s in SESSIONS
        ]
        days = "  ".join("".join(signs[i : i + 2]) for i in range(0, len(signs), 2))
        worked, offered = len(signs) - signs.count("."), len("".join(offers).replace("-", ""))
        print(f"{name:5} {level}  {days}   {worked} of {offered} half days offered")


if __name__ == "__main__":
    main()
