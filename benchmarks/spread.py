"""What planning by the mean costs, and what the rule expected_shortage brings, under a spread.

    python -m benchmarks.spread examples/data/an_giang --spread 0.3 --out benchmarks/out/spread

A week -> two tables. First teams exactly as large as each way asks for, of people who can do
everything and all come. Then rosters of the real volunteers, for three weeks that differ in
requirements and rules: for the mean, over the distribution, and with the chance of each seat.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.cells import Table, percent, whole
from benchmarks.made_teams import PATIENT, in_teams, in_time
from shiftplan.citizens.scenarios import price_scenarios, staff_scenarios
from shiftplan.citizens.simulate import CitizenFigures, simulate
from shiftplan.citizens.staffing import staff
from shiftplan.files import read_problem
from shiftplan.problem import Problem
from shiftplan.rules.coverage import ExpectedShortage
from shiftplan.scoring import check
from shiftplan.solving.solve import solve
from shiftplan.week.demand import Policy
from shiftplan.week.roster import Roster

_HALVINGS = 8
"""Steps in which the mean is raised until it asks for as many people as the distribution."""


def with_demand(problem: Problem, factor: float, spread: float | None) -> Problem:
    """The week with a forecast that is higher by a factor and has a spread."""
    blank = {"arrivals_low": None, "arrivals_high": None, "arrivals_cv": spread}
    rows = (d.model_copy(update=blank | {"arrivals": factor * d.arrivals}) for d in problem.demand)
    return problem.model_copy(update={"demand": tuple(rows)})


def first_centers(problem: Problem, count: int) -> Problem:
    """The week with only the first so many centers, and the people who live there."""
    centers = problem.centers[:count]
    there = {center.center_id for center in centers}
    people = tuple(v for v in problem.volunteers if v.home_center_id in there)
    kept = {"center_id": there, "volunteer_id": {v.volunteer_id for v in people}}

    def some(table: str, key: str) -> tuple[Any, ...]:
        return tuple(row for row in getattr(problem, table) if getattr(row, key) in kept[key])

    tables = {table: some(table, "center_id") for table in ("shifts", "demand", "languages")}
    tables |= {table: some(table, "volunteer_id") for table in ("availability", "history")}
    blank = dict.fromkeys(("requirements", "pins", "preferences", "published", "stand_by"), ())
    return problem.fitting(centers=centers, volunteers=people, **tables, **blank)


def heads(problem: Problem, policy: Policy | None = None) -> dict[str, int]:
    """Shift -> people it asks for."""
    rows = staff(problem, policy).requirements
    return {row.shift_id or "": row.target for row in rows if row.skill_id is None}


def raised_mean(problem: Problem, people: int) -> dict[str, int]:
    """What the mean asks for, raised by a factor until it needs so many people."""
    low, high, best = 1.0, 2.0, heads(with_demand(problem, 1.0, None))
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        found = heads(with_demand(problem, middle, None))
        if abs(sum(found.values()) - people) < abs(sum(best.values()) - people):
            best = found
        low, high = (middle, high) if sum(found.values()) < people else (low, middle)
    return best


def teams(problem: Problem, runs: int) -> Table:
    """Ways to plan for the spread, each with teams of exactly the people it asks for."""
    over = heads(problem)
    ways = {
        "mean": heads(with_demand(problem, 1.0, None)),
        "mean, raised to as many people": raised_mean(problem, sum(over.values())),
        "quantile 0.8": heads(problem, Policy(quantile=0.8)),
        "over the distribution": over,
    }
    rows = []
    for way, asked in ways.items():
        found = simulate(*in_teams(problem, asked), runs=runs, conduct=PATIENT)
        shares = [in_time(center) for center in found.centers]
        kept = sum(share >= 0.8 for share in shares) / len(shares)
        worst = (percent(share) for share in (min(shares), kept))
        rows.append((way, whole(sum(asked.values())), percent(in_time(found.overall)), *worst))
    head = ("plan for", "people", "served in time", "worst center", "centers at 80%")
    return Table("Teams of people who can do everything", head, tuple(rows))


def rosters(problem: Problem, time_limit: float, workers: int, runs: int) -> Table:
    """Rosters of the volunteers, judged by the same costs, scenarios and simulated weeks."""
    chances = staff_scenarios(problem).problem
    by_chance = ExpectedShortage()
    others = tuple(rule for rule in problem.rules if rule.rule != "coverage")
    judge = chances.model_copy(update={"rules": (*problem.rules, by_chance)})
    ways = {
        "mean": staff(with_demand(problem, 1.0, None)).problem,
        "over the distribution": staff(problem).problem,
        "chance of each seat": chances.model_copy(update={"rules": (by_chance, *others)}),
    }
    rows = []
    for way, planned in ways.items():
        result = solve(planned, time_limit=time_limit, workers=workers)
        roster = result.require_roster()
        rows.append((way, *judged(problem, judge, roster, runs), percent(result.total.gap)))
    head = (
        *("plan for", "assignments", "coverage cost", "people missing", "level 2 cost"),
        *("empty seats", "1 in 10 above", "served in time", "proven gap"),
    )
    return Table("Rosters of the volunteers", head, tuple(rows))


def judged(problem: Problem, judge: Problem, roster: Roster, runs: int) -> tuple[str, ...]:
    """Costs of a roster in the week with both rules, and what scenarios and citizens make of it."""
    score = check(judge, roster)
    cost, missing = (
        sum(getattr(v, part) for v in score.priced if v.rule.rule == kind)
        for kind, part in (("coverage", "cost"), ("expected_shortage", "amount"))
    )
    empty = price_scenarios(problem, roster).empty_seats
    served = simulate(problem, roster, runs=runs).overall
    figures = (len(roster.assignments), cost, missing / 100, score.levels.get(2, 0))
    return (
        *(whole(round(figure)) for figure in (*figures, empty.mean.value, empty.p90)),
        interval(served),
    )


def interval(row: CitizenFigures) -> str:
    """Share served in time, with half of its 95% confidence interval."""
    share = row.within_target_share
    return "" if share is None else f"{100 * share.value:.1f}±{50 * (share.high - share.low):.1f}%"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.spread", description=__doc__)
    parser.add_argument("week", type=Path)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/out"))
    parser.add_argument("--spread", type=float, default=0.3, help="of every row of the forecast")
    parser.add_argument("--centers", type=int, help="only the first so many; all if left out")
    parser.add_argument("--time-limit", type=float, default=60, help="seconds for each roster")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--runs", type=int, default=200)
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    week = read_problem(options.week)
    if options.centers:
        week = first_centers(week, options.centers)
    problem = with_demand(week, 1.0, options.spread)
    texts = []
    for table in (
        teams(problem, options.runs),
        rosters(problem, options.time_limit, options.workers, options.runs),
    ):
        print(table.markdown(), flush=True)
        texts.append(table.markdown())
    (options.out / "spread.md").write_text("\n".join(texts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
