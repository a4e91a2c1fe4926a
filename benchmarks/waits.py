"""What citizens feel: teams and rosters from several ways to staff, judged by simulation.

    python -m benchmarks.waits examples/data/an_giang --out benchmarks/out/waits

A week -> two tables and a picture. First teams exactly as large as each way asks for, of people
who can do everything and all come. Then two rosters of the real volunteers with about the same
number of assignments: requirements by shiftplan, and by average workload.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from benchmarks.cells import Table, percent, whole
from benchmarks.made_teams import PATIENT, in_teams, in_time
from benchmarks.ways_to_staff import HEADS, plain_averages
from shiftplan.citizens.simulate import Experience, simulate
from shiftplan.citizens.staffing import staff
from shiftplan.files import read_problem
from shiftplan.problem import Problem
from shiftplan.solving.solve import solve
from shiftplan.week.roster import Roster

mpl.use("Agg")
_TRIES = 3
"""Rosters by averages that are made to come near the other's number of assignments."""


def teams(problem: Problem, runs: int) -> Table:
    """Ways to staff, each with teams of exactly the people it asks for."""
    rows = []
    for way, make in HEADS.items():
        asked = make(problem)
        found = simulate(*in_teams(problem, asked), runs=runs, conduct=PATIENT)
        shares = [in_time(c) for c in found.centers]
        rows.append(
            (
                way,
                whole(sum(asked.values())),
                percent(in_time(found.overall)),
                percent(min(shares)),
                percent(found.overall.utilization.value if found.overall.utilization else None),
            )
        )
    head = ("way to staff", "people", "served in time", "worst center", "time busy")
    return Table("Teams of people who can do everything", head, tuple(rows))


def rosters(
    problem: Problem, time_limit: float, workers: int, runs: int
) -> dict[str, tuple[Roster, Experience]]:
    """Way -> roster and what citizens experience, with about as many assignments."""

    def judged(planned: Problem) -> tuple[Roster, Experience]:
        result = solve(planned, time_limit=time_limit, workers=workers)
        roster = result.require_roster()
        return roster, simulate(planned, roster, runs=runs)

    ours = judged(staff(problem).problem)
    wanted, factor = len(ours[0].assignments), 2.0
    nearest = None
    for _ in range(_TRIES):
        other = judged(plain_averages(problem, factor))
        found = len(other[0].assignments)
        if nearest is None or abs(found - wanted) < abs(len(nearest[0].assignments) - wanted):
            nearest = other
        factor *= wanted / max(1, found)
    assert nearest is not None
    return {"shiftplan": ours, "average workload": nearest}


def compared(found: dict[str, tuple[Roster, Experience]]) -> Table:
    """Rosters side by side, by area and service."""
    rows = []
    for way, (roster, experience) in found.items():
        groups = [experience.overall, *sorted(experience.areas, key=lambda a: a.key)]
        groups += sorted(experience.services, key=lambda s: s.key)
        rows += [
            (
                group.name or "all citizens",
                way,
                whole(len(roster.assignments)) if group is experience.overall else "",
                percent(in_time(group)),
                percent(None if group.served_share is None else group.served_share.value),
                "" if group.own_language_share is None else percent(group.own_language_share.value),
                "" if group.wait_p50 is None else f"{group.wait_p50.value:.1f} min",
                "" if group.wait_p90 is None else f"{group.wait_p90.value:.1f} min",
            )
            for group in groups
        ]
    head = ("citizens", "requirements by", "assignments", "in time", "served", "own language")
    return Table("Rosters of the volunteers", (*head, "wait, half", "wait, 9 of 10"), tuple(rows))


def draw(found: dict[str, tuple[Roster, Experience]], path: Path) -> None:
    """Share of citizens served in time, center by center, the worst first."""
    figure = Figure(figsize=(8, 4.5), layout="constrained", dpi=110)
    axes = figure.subplots()
    for (way, (roster, experience)), color in zip(
        found.items(), ("#0072b2", "#d55e00"), strict=True
    ):
        shares = sorted(100 * in_time(c) for c in experience.centers)
        label = f"{way}: {len(roster.assignments):,} assignments"
        axes.plot(range(1, len(shares) + 1), shares, color=color, label=label)
    axes.set_xlabel("centers, the worst first")
    axes.set_ylabel("% of citizens served in time")
    axes.grid(alpha=0.3)
    axes.legend(frameon=False)
    figure.savefig(path)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print the tables, and draw the picture."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.waits", description=__doc__)
    parser.add_argument("week", type=Path)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/out"))
    parser.add_argument("--time-limit", type=float, default=60, help="seconds for each roster")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--runs", type=int, default=200)
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    problem = read_problem(options.week)
    first = teams(problem, options.runs)
    print(first.markdown())
    found = rosters(problem, options.time_limit, options.workers, options.runs)
    second = compared(found)
    print(second.markdown())
    draw(found, options.out / "waits.png")
    text = f"{first.markdown()}\n{second.markdown()}\n"
    (options.out / "waits.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
