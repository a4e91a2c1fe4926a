"""Fair over weeks: planned with a ledger of earlier weeks, and without looking back.

python examples/05_fair_over_weeks.py --weeks 12 --plot fair_over_weeks.png
"""

from __future__ import annotations

import argparse
import datetime as dt
import random

from matplotlib.figure import Figure

import shiftplan as sp
from shiftplan.rules import Coverage, Fairness, OnePlace, Travel
from shiftplan.scoring.measures import gini
from shiftplan.seasons import Turnout

MONDAY = dt.datetime(2026, 9, 7)
PEOPLE, CENTERS = [f"V{i:02}" for i in range(24)], [f"C{i}" for i in range(4)]
OFFERS = [0.25, 0.5, 0.75] * 8  # the chance that each person can come at a time: three kinds


def make_week(number: int, seed: int) -> sp.Problem:
    """Six half days at four centers; who can come when is drawn anew each week."""
    chance, homes = random.Random(f"{seed} {number}"), random.Random(seed)
    monday, shifts, windows = MONDAY + dt.timedelta(7 * number), [], []
    for start in [monday + dt.timedelta(day, hours=h) for day in range(3) for h in (7, 13)]:
        end = start + dt.timedelta(hours=4)
        for center in CENTERS:
            shift_id = f"{center} {start:%a %H}h"
            shifts.append(sp.Shift(shift_id=shift_id, center_id=center, start=start, end=end))
        able = [who for who, offer in zip(PEOPLE, OFFERS, strict=True) if chance.random() < offer]
        windows += [sp.Availability(volunteer_id=who, start=start, end=end) for who in able]
    people = [sp.Volunteer(volunteer_id=v, home_center_id=homes.choice(CENTERS)) for v in PEOPLE]
    return sp.Problem(
        horizon=sp.Horizon(start=monday.date(), days=7),
        centers=tuple(sp.Center(center_id=c, lat=10 + int(c[1:]) * 0.03, lon=105) for c in CENTERS),
        volunteers=tuple(people),
        availability=tuple(windows),
        shifts=tuple(shifts),
        requirements=tuple(sp.Requirement(shift_id=s.shift_id, target=1) for s in shifts),
        rules=(Coverage(level=1), OnePlace(), Fairness(level=2), Travel(level=2)),
    )


def season(weeks: int, seed: int, look_back: bool) -> list[float]:
    """Inequality of the loads so far, after each week, among people who offer alike."""
    ledger, course, health = sp.seasons.Ledger(), [], random.Random(seed)
    for week in (make_week(number, seed) for number in range(weeks)):
        problem = week.model_copy(update={"history": ledger.history(week) if look_back else ()})
        roster = sp.solve(problem, time_limit=20, workers=1, gap=0.005).require_roster()
        ill = [a._asdict() for a in roster.assignments if health.random() < 0.05]
        ledger = ledger.record(problem, roster, [Turnout(**a, state="excused") for a in ill])
        load = {t.volunteer_id: t.load for t in ledger.totals() if t.load is not None}
        alike = [[load[v] for v in PEOPLE[i::3] if v in load] for i in range(3)]
        course.append(sum(gini(kind) for kind in alike if kind) / 3)
    return course


def main() -> None:
    """Plan the weeks twice, and draw how unequal the work is after each."""
    parser = argparse.ArgumentParser(description="Plan weeks with and without a ledger.")
    parser.add_argument("--weeks", type=int, default=8, help="weeks (default 8)")
    parser.add_argument("--seed", type=int, default=1, help="random seed (default 1)")
    parser.add_argument("--plot", default="fair_over_weeks.png", help="picture to draw")
    options = parser.parse_args()
    axes = (figure := Figure(figsize=(7, 3.5), dpi=120, layout="constrained")).subplots()
    axes.set(xlabel="week", ylabel="Gini index of loads so far")
    for name, look_back in (("without ledger", False), ("with ledger", True)):
        course = season(options.weeks, options.seed, look_back)
        print(f"Gini index {name:15}", *(f"{x:.3f}" for x in course))
        axes.plot(range(1, options.weeks + 1), course, marker="o", label=name)
    axes.set_ylim(0)
    axes.legend(frameon=False)
    figure.savefig(options.plot)


if __name__ == "__main__":
    main()
