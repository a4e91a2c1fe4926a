"""What designing shifts from a forecast is worth: person-hours for as many citizens in time.

    python -m benchmarks.designed examples/data/an_giang --out benchmarks/out/designed

A week with a forecast, several promises -> for each promise the people that today's shifts need,
and shifts designed for the same promise -> both simulated with the same citizens -> two tables.

The first table has teams exactly as large as required, of people who can do everything: there is
no search, and none of its chance. Nobody asks for skills or languages there. The second has rosters
of the volunteers, planned with a limit of work, for shifts designed for what they offer.

Ways differ in hours and in citizens served in time, so that they are compared along curves: a
promise is a point, and between the points of today's shifts lies what they serve with as many hours
as a design. Differences and their intervals are paired, on the same citizens. People stop when
their shift ends (`closing` is `cut`): otherwise each further end of a shift would be time for
nothing.
"""

from __future__ import annotations

import argparse
import multiprocessing
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from benchmarks.cells import Table, percent, whole
from benchmarks.made_teams import in_teams
from benchmarks.regions import cut
from benchmarks.served_tables import points
from shiftplan.citizens import Conduct, design, simulate, staff
from shiftplan.citizens.estimate import Estimate
from shiftplan.files import read_problem
from shiftplan.problem import Problem
from shiftplan.solving.solve import solve
from shiftplan.week.demand import DesignPolicy, Setting
from shiftplan.week.roster import Roster

TODAY = "today's shifts"
WAYS: Mapping[str, DesignPolicy | None] = {
    TODAY: None,
    "designed": DesignPolicy(),
    "designed, times at 50": DesignPolicy(time_price=50),
    "designed, times for nothing": DesignPolicy(time_price=0),
}
"""Way -> what a design weighs; None for the shifts of the week."""
LEVELS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
"""Shares that are promised to be served in time."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one process does."""

    week: Path
    centers: int | None
    way: str
    level: float
    rosters: bool
    time_limit: float
    work: int
    runs: int
    seed: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What people do under a promise, and whom they serve."""

    way: str
    level: float
    assignments: int
    hours: float
    """Of all people together."""
    share: Estimate
    """Of all citizens, served in time."""


def outcome(asked: Asked) -> Outcome:
    """Staff or design a week for a promise, put people into its shifts, and simulate it."""
    problem = read_problem(asked.week).model_copy(update={"requirements": ()})
    if asked.centers is not None:
        problem = cut(problem, asked.centers)
    least = [Setting(setting="minimum_level", value=min(0.5, asked.level))]
    promise = (*problem.policy, *least, Setting(setting="target_level", value=asked.level))
    problem = problem.model_copy(update={"policy": promise})
    if not asked.rosters:
        problem = for_anybody(problem)
    policy = WAYS[asked.way]
    if policy is None:
        needed = staff(problem).problem
    else:
        needed = design(
            problem,
            policy,
            offers=asked.rosters,
            time_limit=asked.time_limit,
            workers=1,
            seed=asked.seed,
        ).problem
    if asked.rosters:
        made = solve(needed, time_limit=None, work_limit=asked.work, workers=1, seed=asked.seed)
        roster = made.require_roster()
        conduct = Conduct(closing="cut")
    else:
        needed, roster = in_teams(needed, people_of(needed))
        conduct = Conduct(everybody_comes=True, patience_minutes=None, closing="cut")
    found = simulate(needed, roster, runs=asked.runs, seed=asked.seed, conduct=conduct)
    share = found.overall.within_target_share
    assert share is not None
    return Outcome(asked.way, asked.level, len(roster), hours_of(needed, roster), share)


def for_anybody(problem: Problem) -> Problem:
    """The week where services need no skill and citizens no language."""
    services = tuple(s.model_copy(update={"skill_id": None}) for s in problem.services)
    centers = tuple(c.model_copy(update={"minority_area": False}) for c in problem.centers)
    update = {"services": services, "centers": centers, "languages": ()}
    return problem.model_copy(update=update)


def people_of(problem: Problem) -> dict[str, int]:
    """Shift -> people whom it needs."""
    return {row.shift_id: row.target for row in problem.requirements if row.shift_id is not None}


def hours_of(problem: Problem, roster: Roster) -> float:
    """Hours of all people of a roster together."""
    shifts = (problem.shift_by_id[one.shift_id] for one in roster.assignments)
    return sum((shift.end - shift.start).total_seconds() for shift in shifts) / 3600


def share_at(curve: Sequence[Outcome], hours: float) -> Estimate | None:
    """Share served in time with so many hours, between two points of a curve; None outside."""
    for one, other in pairwise(sorted(curve, key=lambda point: point.hours)):
        if one.hours <= hours <= other.hours and one.hours < other.hours:
            far = (hours - one.hours) / (other.hours - one.hours)
            value = (1 - far) * one.share.value + far * other.share.value
            parts = (1 - far) * one.share.parts + far * other.share.parts
            return Estimate.of(value, parts)
    return None


def hours_at(curve: Sequence[Outcome], share: float) -> float | None:
    """Hours in which so many are served in time, between two points of a curve; None outside."""
    for one, other in pairwise(sorted(curve, key=lambda point: point.hours)):
        low, high = one.share.value, other.share.value
        if low <= share <= high and low < high:
            return one.hours + (share - low) / (high - low) * (other.hours - one.hours)
    return None


def table(title: str, found: Iterable[Outcome]) -> Table:
    """A row for each way and promise, against today's shifts with as many hours.

    "Fewer hours" are those for the same share: of the hours that today's shifts take for it. Its
    ends are where the interval of the points more has its own.
    """
    found = [*found]
    today = [one for one in found if one.way == TODAY]
    rows = []
    for one in found:
        cells = [one.way, percent(one.level), whole(one.assignments), whole(one.hours)]
        cells.append(percent(one.share.value))
        same = None if one.way == TODAY else share_at(today, one.hours)
        if same is None:
            rows.append((*cells, "", ""))
            continue
        more = one.share - same
        ends = [hours_at(today, same.value + by) for by in (more.value, more.low, more.high)]
        rows.append((*cells, points(more), fewer(one.hours, ends)))
    head = ("shifts", "promise", "assignments", "hours", "served in time")
    more_head = ("points more with as many hours", "fewer hours for as many in time")
    return Table(title, (*head, *more_head), tuple(rows))


def fewer(hours: float, ends: Sequence[float | None]) -> str:
    """How many fewer hours than some others, with the ends of the interval; "?" outside a curve."""
    value, low, high = ("?" if end is None else f"{100 * (1 - hours / end):.1f}" for end in ends)
    return f"{value} ({low} to {high})%"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print and write the tables, again after each point."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.designed", description=__doc__)
    parser.add_argument("week", type=Path)
    parser.add_argument("--centers", type=int, help="only so many centers of the week")
    parser.add_argument("--levels", type=float, nargs="*", default=LEVELS)
    parser.add_argument("--roster-levels", type=float, nargs="*", default=LEVELS)
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS))
    parser.add_argument("--time-limit", type=float, default=60, help="seconds for each design")
    parser.add_argument("--work", type=int, default=1, help="steps of each plan")
    parser.add_argument("--runs", type=int, default=100, help="simulated weeks")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2, help="weeks at the same time")
    parser.add_argument("--out", type=Path, default=Path("benchmarks/out"))
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    given = (options.time_limit, options.work, options.runs, options.seed)
    text = made = ""
    with ProcessPoolExecutor(options.jobs, multiprocessing.get_context("spawn")) as pool:
        for title, levels, rosters in (
            ("Teams of people who can do everything", options.levels, False),
            ("Rosters of the volunteers", options.roster_levels, True),
        ):
            asked = [
                Asked(options.week, options.centers, way, level, rosters, *given)
                for way in options.ways
                for level in levels
            ]
            found: list[Outcome] = []
            for one in pool.map(outcome, asked):
                found.append(one)
                made = f"{text}{table(title, found).markdown()}\n"
                (options.out / "designed.md").write_text(made, encoding="utf-8")
            text = made if found else text
    print(text)


if __name__ == "__main__":
    main()
