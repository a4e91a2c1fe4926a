"""Whole solves: against brute force, in both orders, with proofs, and problems without a roster."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from brute_force import every_roster
from hypothesis import given, settings
from strategies import problems
from towns import RULES, town

import shiftplan
from shiftplan import InputError, NoRosterError, Problem, Status, StoppedBy
from shiftplan.present.words import Words
from shiftplan.testing.pictures import plan


def best_by_force(problem: Problem, *, strict: bool = False) -> tuple[int, ...] | None:
    """Least total, or least level costs in order; None when every roster breaks a hard rule."""
    scores = (shiftplan.check(problem, roster) for roster in every_roster(problem))
    costs = [tuple(s.levels.values()) if strict else (s.total,) for s in scores if s.is_feasible]
    return min(costs, default=None)


@settings(deadline=None)
@given(problems(max_volunteers=2, max_shifts=3))
def test_solve_equals_brute_force(problem):
    """A tiny problem gets the cheapest of all its rosters, or INFEASIBLE if it has none."""
    least = best_by_force(problem, strict=problem.order == "strict")

    result = shiftplan.solve(problem, time_limit=None, workers=1)

    if least is None:
        assert result.status is Status.INFEASIBLE
        assert result.roster is None
        assert result.conflict
    elif problem.order == "strict":
        assert result.status is Status.OPTIMAL
        assert tuple(c.cost for c in result.levels.values()) == least
    else:
        assert result.status is Status.OPTIMAL
        assert (result.total.cost,) == least
        assert result.total.bound == result.total.cost


def test_a_gap_that_is_good_enough_ends_the_search():
    """With a gap asked for the search may end before the proof, and says so."""
    result = shiftplan.solve(town(3, 60), time_limit=None, workers=2, gap=0.2)

    assert result.total.gap <= 0.2
    assert result.stopped_by is (None if result.status is Status.OPTIMAL else StoppedBy.GAP)


def test_strict_order_minimises_the_first_level_first():
    """With strict order level 1 is as low as it can be, whatever level 2 costs."""
    rules = [
        {"rule": "coverage", "level": 1, "weight": 1},
        {"rule": "wish", "level": 2, "weight": 1000},
    ]
    problem = town(1, 4, rules=rules, order="strict")
    added = town(1, 4, rules=rules)

    strict, total = (shiftplan.solve(p, time_limit=None, workers=1) for p in (problem, added))

    assert strict.status is Status.OPTIMAL
    assert strict.levels[1].cost == strict.levels[1].bound
    assert strict.levels[1].cost < total.levels[1].cost
    assert strict.total.bound is None


def test_a_level_is_proven_with_a_roster_that_has_its_cost():
    """HiGHS 1.16 calls the start of level 3 optimal at a cost it does not have: not a proof."""
    people, shifts = ["ana", "bob"], [("A", "05T13:00", "06T13:00"), ("B", "05T13:00", "06T13:00")]
    shifts.append(("C", "04T19:45", "05T03:45"))
    problem = Problem.model_validate(
        {
            "horizon": {"start": "2026-10-04", "days": 3},
            "centers": [{"center_id": name} for name, _, _ in shifts],
            "volunteers": [{"volunteer_id": who} for who in people],
            "availability": [
                {"volunteer_id": who, "start": "2026-10-03T00:00", "end": "2026-10-09T00:00"}
                for who in people
            ],
            "shifts": [
                {
                    "shift_id": name,
                    "center_id": name,
                    "start": f"2026-10-{start}",
                    "end": f"2026-10-{end}",
                }
                for name, start, end in shifts
            ],
            "requirements": [{"shift_id": name, "target": 2} for name in "BC"],
            "rules": [
                {"rule": "balance_hours", "level": 2},
                {"rule": "coverage", "level": 1},
                {"rule": "fairness", "level": 3},
            ],
            "order": "strict",
        }
    )

    result = shiftplan.solve(problem, time_limit=None, workers=1)

    assert result.status is Status.OPTIMAL
    assert tuple(c.cost for c in result.levels.values()) == best_by_force(problem, strict=True)


@pytest.mark.parametrize("order", ["total", "strict"])
def test_a_proof_of_a_large_total_has_no_gap(order):
    """Bounds are rounded for safety by 1e-9 of a cost; a proven cost of billions is its bound."""
    rules = [rule | {"weight": 10**4 * rule["weight"]} for rule in RULES if "weight" in rule]

    result = shiftplan.solve(town(40, 5, rules=rules, order=order), time_limit=None, workers=1)

    proven = [result.total] if order == "total" else list(result.levels.values())
    assert result.status is Status.OPTIMAL
    assert result.levels[1].cost > 10**9
    assert all(c.cost == c.bound for c in proven)


@pytest.mark.parametrize("order", ["total", "strict"])
@pytest.mark.parametrize(("rate", "is_exact"), [(10**4, True), (10**6, False)])
def test_nothing_is_proven_of_totals_that_floats_cannot_hold(order, rate, is_exact):
    """Of two people who were promised a shift one gets it; 48 seats stay empty, at dear prices.

    In the strict order no total is minimised: each level is proven by itself.
    """
    problem = plan(
        people="ana bob",
        days=1,
        each={who: {"min_shifts": 1} for who in ("ana", "bob")},
        centers=[{"center_id": "home", "priority": 1000, "capacity": 1}],
        requirements=[{"shift_id": "M0", "target": 49}],
        rates=[{"level": 1, "rate": rate}, {"level": 2, "rate": 1}],
        rules=[
            {"rule": "capacity"},
            {"rule": "coverage", "level": 1, "weight": 10**6},
            {"rule": "min_shifts", "level": 2, "weight": 11},
        ],
        order=order,
    )

    result = shiftplan.solve(problem, time_limit=None, workers=1)

    assert result.total.cost == shiftplan.check(problem, result.require_roster()).total
    assert (result.total.cost < 2**53) is is_exact
    is_proven = is_exact or order == "strict"
    assert result.status is (Status.OPTIMAL if is_proven else Status.FEASIBLE)
    assert result.stopped_by is None
    bounds = [result.total.bound]
    bounds += [moment.bound for moment in result.history if moment.total is not None]
    assert is_exact or not any(bounds)
    assert all((c.bound == c.cost) is (order == "strict") for c in result.levels.values())


def test_two_workers_prove_a_town():
    """A team of engines ends with a proof that the checker confirms."""
    problem = town(3, 30)

    result = shiftplan.solve(problem, time_limit=None, workers=2)

    assert result.status is Status.OPTIMAL
    assert result.total.cost == result.total.bound
    assert shiftplan.check(problem, result.roster).total == result.total.cost
    assert shiftplan.check(problem, result.roster).is_feasible


def test_same_seed_and_work_give_the_same_roster():
    """One worker, a seed and a work limit instead of time: the roster is repeated exactly."""
    problem = town(4, 40)

    first, second = (
        shiftplan.solve(problem, time_limit=None, workers=1, seed=7, work_limit=5) for _ in range(2)
    )

    assert first.roster == second.roster
    assert first.total == second.total
    assert first.stopped_by in (StoppedBy.WORK, None)


ZIPPED = """
import subprocess, sys
sys.path[:0] = [{archive!r}, {tests!r}]
import shiftplan
from shiftplan.engines import team
from towns import town
params = {{"start": {{"quick_columns": 0}}}}
result = shiftplan.solve(town(1, 5), time_limit=None, workers=1, params=params)
print(result.status, *(s["ended"] for s in result.stats.values() if "ended" in str(s)))
*start, code = team.python("from shiftplan.engines.worker import main; main()")
code = code.replace("; main()", "; print(sys.modules['shiftplan'].__file__)")
print(subprocess.run([*start, code], capture_output=True, text=True).stdout)
"""


def test_workers_import_from_where_the_parent_does(tmp_path):
    """A package that only the parent's sys.path names is found by the workers, also in a zip."""
    archive = tmp_path / "copy.zip"
    source = Path(shiftplan.__file__).parent
    with zipfile.ZipFile(archive, "w") as copy:
        for path in source.rglob("*"):
            if path.is_file() and path.suffix in (".py", ".pyi", ".po", ".toml"):
                copy.write(path, path.relative_to(source.parent))
    script = ZIPPED.format(archive=str(archive), tests=str(Path(__file__).parent.parent))

    out = subprocess.run(
        [sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True
    ).stdout

    first, second = out.strip().splitlines()
    assert first == "OPTIMAL proven"
    assert second.startswith(str(archive))


def test_pins_beyond_capacity_name_both_sides():
    """Too many pins for a room: the result names the capacity and the pinned people."""
    problem = town(1, 12)
    shift = problem.shifts[0]
    able = [w.volunteer_id for w in problem.availability if w.start == shift.start]
    pins = [{"volunteer_id": v, "shift_id": shift.shift_id, "state": "must"} for v in able]
    centers = [c.model_copy(update={"capacity": 1}).model_dump() for c in problem.centers]
    data = problem.model_dump() | {"pins": pins, "centers": centers}

    result = shiftplan.solve(Problem.model_validate(data), time_limit=None, workers=1)

    assert len(able) > 1
    assert result.status is Status.INFEASIBLE
    assert result.roster is None
    assert {m.rule for m in result.conflict} >= {"pins", "capacity"}
    with pytest.raises(NoRosterError, match="has room for 1 person at once") as caught:
        result.require_roster()
    told = caught.value.said(Words("vi"))
    assert str(caught.value).startswith("There is no roster: hard rules contradict each other. ")
    assert told.startswith("Không thể lập lịch trực: các quy định bắt buộc mâu thuẫn nhau. ")
    assert all(member.message.said("vi") in told for member in result.conflict)


def test_pin_outside_all_windows_names_the_rule():
    """A pin at a time the person did not offer names `available`."""
    problem = town(1, 3)
    offered = {(w.volunteer_id, w.start) for w in problem.availability}
    who, shift = next(
        (v, s)
        for v in problem.volunteers
        for s in problem.shifts
        if (v.volunteer_id, s.start) not in offered
    )
    pin = {"volunteer_id": who.volunteer_id, "shift_id": shift.shift_id, "state": "must"}

    result = shiftplan.solve(
        Problem.model_validate(problem.model_dump() | {"pins": [pin]}), time_limit=None, workers=1
    )

    assert result.status is Status.INFEASIBLE
    members = {(m.rule, m.who, m.at) for m in result.conflict}
    assert ("available", who.volunteer_id, shift.shift_id) in members


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("time_limit", -0.1),
        ("workers", 0),
        ("workers", 1.5),
        ("seed", -1),
        ("seed", 0.5),
        ("gap", 1),
        ("work_limit", 0),
        ("work_limit", 2.5),
    ],
)
def test_options_out_of_range_are_named(option, value):
    """A wrong option is an InputError that names it."""
    with pytest.raises(InputError, match=option):
        shiftplan.solve(town(1, 2), **{option: value})


def test_a_problem_without_anything_to_decide():
    """No volunteers: an empty roster, optimal, with all seats empty."""
    problem = town(1, 1, availability=(), pins=())

    result = shiftplan.solve(problem, time_limit=None, workers=1)

    assert result.status is Status.OPTIMAL
    assert len(result.require_roster()) == 0
    assert result.total.cost == result.total.bound > 0
