"""From a forecast of citizens to what they feel: requirements, a roster, simulated waits.

    python examples/04_from_forecast.py --time-limit 60

On the command line: shiftplan plan WEEK --staff --out out; shiftplan simulate WEEK out/roster.csv
"""

from __future__ import annotations

import argparse
from pathlib import Path

import shiftplan as sp

WEEK = Path(__file__).parent / "data" / "an_giang"
WIDTH = 40


def bar(share: float) -> str:
    """A share as a bar of the chart."""
    full = round(WIDTH * share)
    return "█" * full + "·" * (WIDTH - full)


def main() -> None:
    """Staff the week, plan it, and simulate how citizens come and are served."""
    parser = argparse.ArgumentParser(description="Plan An Giang from its forecast of citizens.")
    parser.add_argument("--time-limit", type=float, default=60, help="seconds (default 60)")
    parser.add_argument("--runs", type=int, default=200, help="simulated weeks (default 200)")
    options = parser.parse_args()

    forecast = sp.read_week(WEEK)
    staffing = sp.citizens.staff(forecast, sp.week.Policy(within_minutes=10, target_level=0.8))
    citizens = sum(demand.arrivals for demand in forecast.demand)
    print(
        f"{citizens:,.0f} requests expected, {len(staffing.requirements)} requirements; the first:"
    )
    for need in staffing.requirements[:3]:
        skill = f"{need.skill_id} {need.min_level}" if need.skill_id else "people"
        print(f"  {need.shift_id} {skill}: {need.minimum} to {need.target}. {need.reason}")

    problem = staffing.problem
    roster = sp.solve(problem, time_limit=options.time_limit, workers=2).require_roster()
    print(f"{len(roster.assignments)} assignments")

    found = sp.citizens.simulate(problem, roster, runs=options.runs)
    print("\nCitizens served within 10 minutes, the worst first")
    for title, rows in (("area", found.areas), ("center", found.centers[:5])):
        for row in rows:
            share = row.within_target_share
            if share is not None:
                print(f"  {title:6} {row.name[:20]:20} {bar(share.value)} {share.value:.0%}")


if __name__ == "__main__":
    main()
