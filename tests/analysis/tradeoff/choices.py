"""A tiny ward whose aims pull apart, and all of its rosters."""

from __future__ import annotations

import math

from brute_force import every_roster

import shiftplan
from shiftplan import Problem, Requirement, Roster
from shiftplan.analysis.tradeoff.points import PointFigures
from shiftplan.testing.pictures import plan

CITIZENS = {"coverage", "minimum_coverage", "shortage", "show_up", "worst_center_first"}
CITIZENS |= {"area_floor", "skill_placement"}


def ward(**fields: object) -> Problem:
    """Two people and two mornings, one seat each, with a price on seats, evenness and travel."""
    values: dict[str, object] = {
        "people": "ana bob",
        "days": 2,
        "requirements": [Requirement(shift_id=f"M{d}", target=1) for d in range(2)],
        "rules": [
            {"rule": "coverage", "level": 1, "weight": 10},
            {"rule": "fairness", "level": 2, "weight": 50},
            {"rule": "travel", "level": 2},
            {"rule": "wish", "level": 2},
            {"rule": "one_place"},
        ],
    }
    return plan(**{"signs": "M", **values, **fields})


def feasible_rosters(problem: Problem) -> list[Roster]:
    """All rosters that break no hard rule."""
    return [r for r in every_roster(problem) if shiftplan.check(problem, r).is_feasible]


def figures(
    seats: int, unevenness: float, km: int | None, *, cost: int = 0, area: float | None = None
) -> PointFigures:
    return PointFigures(seats, cost, unevenness, 0.1, 1.0, km, area)


def recomputed(problem: Problem, roster: Roster, share: float) -> PointFigures:
    """The figures of a roster from other measures, and by hand."""
    score = shiftplan.check(problem, roster)
    served = [r.level for r in problem.rules if r.rule in CITIZENS and r.level != "hard"]
    first = min(served, default=0)
    asked = [v for v in score.priced if v.rule.rule in CITIZENS and v.rule.level == first]
    areas = [a.both for a in shiftplan.scoring.equity(problem, roster).areas if a.both.target]
    loads = shiftplan.scoring.fairness(problem, roster)
    work = [(p.shifts_before + p.shifts, p.offered_before + p.offered) for p in loads.offering]
    squares = math.fsum((w - share * q) ** 2 / q for w, q in work)
    try:
        travel = Problem.model_validate({**dict(problem), "rules": [{"rule": "travel"}]})
        km = shiftplan.check(travel, roster).total
    except shiftplan.InputError:
        km = None
    permille = max(-(-1000 * (a.target - a.filled) // a.target) for a in areas) if areas else 0
    return PointFigures(
        empty_seats=sum(
            a.both.target - a.both.filled for a in shiftplan.scoring.equity(problem, roster).centers
        ),
        service_cost=sum(v.cost for v in asked),
        unevenness=math.sqrt(squares / math.fsum(q for _, q in work)) if work else 0.0,
        gini=0.0 if loads.loads is None else loads.loads.gini,
        highest_load=0.0 if loads.loads is None else loads.loads.highest,
        km=km,
        lowest_area=1 - permille / 1000 if len(areas) > 1 else None,
    )
