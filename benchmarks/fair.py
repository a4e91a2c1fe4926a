"""What each rule about fairness brings, and what it costs elsewhere.

    python -m benchmarks.fair examples/data/an_giang --out benchmarks/out/fair

A week as it is, and the same week with one rule more or less -> two tables: service by area, and
how the work is shared. Every roster but the first starts from that of the week as it is.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from benchmarks.cells import Table, percent, whole
from shiftplan.files import read_problem
from shiftplan.problem import Problem
from shiftplan.scoring.equity import AreaSeats
from shiftplan.solving.result import Result
from shiftplan.solving.solve import solve

_FAIRNESS = {"fairness"}
WAYS: Mapping[str, tuple[Iterable[str], Iterable[Mapping[str, Any]]]] = {
    "as it is": ((), ()),
    "no `fairness`": (_FAIRNESS, ()),
    "`leximin` instead": (_FAIRNESS, [{"rule": "leximin"}]),
    "`balance_hours` instead": (_FAIRNESS, [{"rule": "balance_hours"}]),
    "with `max_min`": ((), [{"rule": "max_min"}]),
    "with `floor`": ((), [{"rule": "floor", "weight": 40}]),
    "with `balance_undesired`": ((), [{"rule": "balance_undesired", "weight": 50}]),
    "with `balance_far`": ((), [{"rule": "balance_far", "weight": 50, "value": 5}]),
    "with `wish_equality`": ((), [{"rule": "wish_equality", "weight": 50}]),
    "with `worst_center_first`": ((), [{"rule": "worst_center_first", "weight": 500}]),
    "with `area_floor` 80, minority": (
        (),
        [
            {
                "rule": "area_floor",
                "group": "minority",
                "value": 80,
                "seats": "skilled",
                "weight": 500,
            }
        ],
    ),
    "with `skill_placement`": ((), [{"rule": "skill_placement", "weight": 50}]),
    "with `mentored`": ((), [{"rule": "mentored", "weight": 40}]),
}
"""Name -> kinds of rules left out, and rules added."""


def changed(problem: Problem, way: str) -> Problem:
    """The problem with the rules of a way."""
    left_out, added = WAYS[way]
    rules = [rule for rule in problem.rules if rule.rule not in set(left_out)]
    return Problem.model_validate({**dict(problem), "rules": [*rules, *added]})


def service(way: str, result: Result) -> tuple[str, ...]:
    """Seats of a roster, skilled ones by area."""
    assert result.equity is not None
    found = result.equity
    heads, skilled = found.overall.people, found.overall.skilled
    areas = {area.area: area for area in found.areas}
    worst = min((c.both.share for c in found.centers if c.both.target), default=1.0)
    return (
        way,
        percent(result.total.gap),
        whole(heads.target - heads.filled),
        whole(skilled.target - skilled.filled),
        *(_filled(areas.get(name)) for name in ("minority", "remote", "other")),
        percent(worst),
    )


def _filled(area: AreaSeats | None) -> str:
    return "" if area is None else percent(area.skilled.share)


def people(way: str, result: Result) -> tuple[str, ...]:
    """How a roster shares the work."""
    assert result.fairness is not None
    found = result.fairness
    assert found.loads is not None
    ten = sorted((p.load for p in found.offering), reverse=True)[:10]
    km = math.fsum(p.km or 0.0 for p in found.people)
    return (
        way,
        f"{found.loads.gini:.3f}",
        f"{found.loads.jain:.3f}",
        percent(found.loads.p10),
        percent(found.loads.p90),
        percent(fmean(ten)),
        whole(len(found.without_shift)),
        whole(sum(p.undesired for p in found.people)),
        percent(found.wishes.met),
        whole(km),
    )


def measure(
    problem: Problem, time_limit: float, workers: int, seed: int, ways: Sequence[str]
) -> tuple[Table, Table]:
    """Plan the problem in all ways, one after another."""
    seats, shares, start = [], [], None
    for way in ways:
        own = changed(problem, way)
        result = solve(own, time_limit=time_limit, workers=workers, seed=seed, hint=start)
        start = result.require_roster() if start is None else start
        seats.append(service(way, result))
        shares.append(people(way, result))
        print(" ".join(seats[-1]), "|", " ".join(shares[-1][1:]), flush=True)
    areas = ("skilled, minority", "skilled, remote", "skilled, other")
    first = ("rules", "gap", "empty seats", "empty skilled seats", *areas, "worst center")
    loads = ("Gini", "Jain", "load p10", "load p90", "ten highest")
    second = ("rules", *loads, "without a shift", "undesired", "wishes met", "km")
    return (
        Table("Service to citizens", first, tuple(seats)),
        Table("How the work is shared", second, tuple(shares)),
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fair", description=__doc__)
    parser.add_argument("week", type=Path)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/out"))
    parser.add_argument("--time-limit", type=float, default=60, help="seconds for each roster")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS))
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    problem = read_problem(options.week)
    tables = measure(problem, options.time_limit, options.workers, options.seed, options.ways)
    text = "\n".join(table.markdown() for table in tables)
    print(text)
    (options.out / "fair.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
