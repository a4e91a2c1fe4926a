"""A whole province: plan the bundled week of An Giang, 102 centers and 1,353 volunteers.

    python examples/02_an_giang_week.py --time-limit 60

The same on the command line: shiftplan plan examples/data/an_giang --out out
"""

from __future__ import annotations

import argparse
from pathlib import Path

import shiftplan as sp
from shiftplan.present.headline import headline
from shiftplan.present.summary import load_lines, summarize
from shiftplan.present.words import Words

WEEK = Path(__file__).parent / "data" / "an_giang"


def show(progress: sp.solving.Progress) -> None:
    """Print a line whenever the roster or the proven bound gets better."""
    gap = "unknown" if progress.gap is None else f"{progress.gap:.1%}"
    print(f"{progress.seconds:6.1f} s   cost {progress.total}   bound {progress.bound}   gap {gap}")


def main() -> None:
    """Plan the week, and show how well each area is served."""
    parser = argparse.ArgumentParser(description="Plan a week of An Giang.")
    parser.add_argument("--time-limit", type=float, default=60, help="seconds (default 60)")
    parser.add_argument("--workers", type=int, default=2, help="engines side by side (default 2)")
    parser.add_argument("--out", type=Path, help="write the roster to this CSV file")
    options = parser.parse_args()

    problem = sp.read_week(WEEK)
    print(f"{len(problem.volunteers)} volunteers, {len(problem.shifts)} shifts")
    result = sp.solve(
        problem, time_limit=options.time_limit, workers=options.workers, on_progress=show
    )
    print(*headline(result, "en"), sep="\n")
    if result.roster is None:
        return

    summary = summarize(problem, result.roster)
    for row in summary.equity.areas:
        print(
            f"{row.area:8} areas, {row.centers:2} centers: "
            f"{row.people.filled} of {row.people.target} seats filled, "
            f"{row.skilled.filled} of {row.skilled.target} seats for skilled people"
        )
    print(*load_lines(summary.fairness, Words("en")), sep="\n")
    if options.out is not None:
        sp.write_roster(problem, result.roster, options.out)


if __name__ == "__main__":
    main()
