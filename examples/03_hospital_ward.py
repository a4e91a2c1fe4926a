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
# A wish without shift types is about the whole day.
WISHES = (
    sp.Preference(volunteer_id="Ana", date=DATES[5], state="against", weight=5),
    sp.Preference(volunteer_id="Ana", date=DATES[6], state="against", weight=5),
    sp.Preference(volunteer_id="Cem", date=DATES[2], shifts=("night",), state="for", weight=3),
    sp.Preference(volunteer_id="Eva", date=DATES[9], state="against", weight=4),
    sp.Preference(volunteer_id="Kim", date=DATES[3], shifts=("early",), state="for", weight=1),
)


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
    first, last = dt.datetime.combine(MONDAY, dt.time()), shifts[-1].end
    always = [sp.Availability(volunteer_id=name, start=first, end=last) for name in NURSES]
    return sp.Problem(
        horizon=sp.Horizon(start=MONDAY, days=NUM_DAYS),
        centers=(sp.Center(center_id="ward"),),
        volunteers=tuple(sp.Volunteer(volunteer_id=name, max_shifts=10) for name in NURSES),
        availability=tuple(always),
        shifts=tuple(shifts),
        requirements=tuple(needs),
        preferences=WISHES,
        rules=(
            rules.MinimumCoverage(),  # hard: the ward is never below its minimum
            rules.MaxShiftCount(max_shifts=1, per="day"),
            rules.MinRest(min_rest_minutes=11 * 60),  # minutes
            rules.ForbiddenSuccession(first=("night",), then=("early", "late")),
            rules.MaxConsecutiveDays(max_days=5),
            rules.MaxWeekends(max_weekends=1),
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
