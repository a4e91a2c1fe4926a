"""A hospital ward: nights, rest, weekends and requests of ten nurses in two weeks.

Shows that the same library plans paid shift work: enough people are a hard rule here.
"""

from __future__ import annotations

import datetime as dt

import shiftplan as sp
from shiftplan import rules

MONDAY, NUM_DAYS = dt.date(2026, 12, 7), 14
DATES = [MONDAY + dt.timedelta(i) for i in range(NUM_DAYS)]
NURSES = ["Ana", "Bea", "Cem", "Dov", "Eva", "Fay", "Gus", "Ida", "Jon", "Kim"]
# Type: sign, first hour, people needed, people wanted. Every shift takes eight hours.
TYPES = {"early": ("E", 6, 2, 3), "late": ("L", 14, 1, 2), "night": ("N", 22, 1, 1)}
# Nurse, day number from 0, shift types meant (none for the whole day), wish, weight.
REQUESTS = [
    ("Ana", 5, (), "against", 5),
    ("Ana", 6, (), "against", 5),
    ("Cem", 2, ("night",), "for", 3),
    ("Eva", 9, (), "against", 4),
    ("Kim", 3, ("early",), "for", 1),
]


def make_problem() -> sp.Problem:
    """Write the ward down."""
    shifts, needs = [], []
    for date in DATES:
        for kind, (_, hour, minimum, target) in TYPES.items():
            start = dt.datetime.combine(date, dt.time(hour))
            shift_id, end = f"{kind} {date}", start + dt.timedelta(hours=8)
            shifts.append(
                sp.Shift(shift_id=shift_id, center_id="ward", start=start, end=end, type=kind)
            )
            needs.append(sp.Requirement(shift_id=shift_id, minimum=minimum, target=target))
    always = {"start": dt.datetime.combine(MONDAY, dt.time()), "end": shifts[-1].end}
    return sp.Problem(
        horizon=sp.Horizon(start=MONDAY, days=NUM_DAYS),
        centers=(sp.Center(center_id="ward"),),
        volunteers=[sp.Volunteer(volunteer_id=name, max_shifts=10) for name in NURSES],
        availability=[sp.Availability(volunteer_id=name, **always) for name in NURSES],
        shifts=shifts,
        requirements=needs,
        preferences=[
            sp.Preference(volunteer_id=who, date=DATES[i], shifts=kinds, state=state, weight=weight)
            for who, i, kinds, state, weight in REQUESTS
        ],
        rules=(
            rules.MinimumCoverage(),  # hard: the ward is never below its minimum
            rules.MaxShiftCount(value=1, per="day"),
            rules.MinRest(value=11 * 60),  # minutes
            rules.ForbiddenSuccession(first=("night",), then=("early", "late")),
            rules.MaxConsecutiveDays(value=5),
            rules.MaxWeekends(value=1),
            rules.CompleteWeekends(level=1, weight=30),
            rules.MaxShifts(),
            rules.Shortage(level=1, weight=10),
            rules.Preferences(level=1, weight=4),
            rules.Fairness(level=2),
        ),
    )


def main() -> None:
    """Plan two weeks and print one line per nurse."""
    result = sp.solve(make_problem(), time_limit=300, workers=2)
    roster = result.require_roster()
    print(f"{result.status}: cost {result.total.cost}, proven bound {result.total.bound}")
    print("     " + " ".join(f"{date:%a}"[0] for date in DATES))
    for name in NURSES:
        signs = [[s[0] for k, s in TYPES.items() if (f"{k} {d}", name) in roster] for d in DATES]
        print(f"{name:4} " + " ".join(cell[0] if cell else "." for cell in signs))


if __name__ == "__main__":
    main()
