"""Whole solves: against brute force, within limits, interrupted, and with a broken checker."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from processes import children, gone, needs_proc
from strategies import problems
from towns import RULES, town

import shiftplan
from shiftplan import InputError, ModelError, NoRosterError, Problem, Roster, Status, StoppedBy
from shiftplan.engines import search as search_module
from shiftplan.engines.task import Outcome
from shiftplan.model import Program
from shiftplan.solving import judge as judge_module
from shiftplan.solving import result as result_module
from shiftplan.solving import session as session_module


def every_roster(problem: Problem) -> list[Roster]:
    pairs = list(
        itertools.product(
            (s.shift_id for s in problem.shifts), (v.volunteer_id for v in problem.volunteers)
        )
    )
    return [
        Roster.of(chosen)
        for size in range(len(pairs) + 1)
        for chosen in itertools.combinations(pairs, size)
    ]


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


def test_time_limit_ends_with_a_roster_and_says_so():
    """When time runs out the best roster so far comes back with its bound and the reason."""
    problem = town(20, 270)

    result = shiftplan.solve(problem, time_limit=2, workers=2)

    assert result.roster is not None
    assert result.status in (Status.FEASIBLE, Status.OPTIMAL)
    assert result.stopped_by is (StoppedBy.TIME if result.status is Status.FEASIBLE else None)


def test_progress_only_improves():
    """Totals fall, bounds rise, and the last report agrees with the result."""
    seen: list[shiftplan.Progress] = []

    result = shiftplan.solve(town(6, 90), time_limit=4, workers=2, on_progress=seen.append)

    totals = [p.total for p in seen if p.total is not None]
    bounds = [p.bound for p in seen if p.bound is not None]
    assert totals == sorted(totals, reverse=True)
    assert bounds == sorted(bounds)
    assert totals[-1] >= result.total.cost
    assert all(p.bound <= p.total for p in seen if p.total is not None and p.bound is not None)


@pytest.mark.parametrize("small", [True, False])
def test_costs_are_counted_once_a_roster(small, monkeypatch):
    """Not again for each bound that is told: of a large week that takes long."""
    if not small:
        monkeypatch.setattr(search_module, "_QUICK_COLUMNS", 0)
    asked, counted = [], Program.costs
    monkeypatch.setattr(
        Program,
        "costs",
        lambda program, values: (asked.append(values), counted(program, values))[1],
    )
    seen: list[shiftplan.Progress] = []

    shiftplan.solve(town(3, 40), time_limit=None, workers=1, on_progress=seen.append)

    rosters = len({p.total for p in seen} - {None})
    assert len({p.bound for p in seen}) > 1
    assert len(asked) <= rosters + 1  # the checker's verdict is compared with them once more


def test_cancel_ends_with_the_best_roster():
    """An application sets the event; the roster so far comes back, checked."""
    cancel = threading.Event()

    result = shiftplan.solve(
        town(20, 270),
        time_limit=None,
        workers=2,
        cancel=cancel,
        on_progress=lambda p: cancel.set() if p.total is not None else None,
    )

    assert result.roster is not None
    assert result.stopped_by is StoppedBy.INTERRUPT


SCRIPT = """
import sys
sys.path.insert(0, {tests!r})
import shiftplan
from towns import town
result = shiftplan.solve(town(30, 400), time_limit=None, workers=2,
                         on_progress=lambda p: print("progress", flush=True))
print(result.status, result.stopped_by, len(result.roster), flush=True)
"""


def started() -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT.format(tests=str(Path(__file__).parent.parent))],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "progress\n"
    return process


@needs_proc
def test_ctrl_c_gives_the_best_roster_and_leaves_no_process():
    """SIGINT ends the search with a roster; all workers are gone."""
    with started() as process:
        workers = children(process.pid)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=60)

    assert "INTERRUPT" in out
    assert process.returncode == 0
    assert workers
    assert all(gone(pid) for pid in workers)


@needs_proc
def test_workers_end_when_their_parent_is_killed():
    """No orphan stays after kill -9 of the parent."""
    with started() as process:
        workers = children(process.pid)
        process.kill()
        process.wait()
        for _ in range(100):
            if all(gone(pid) for pid in workers):
                break
            time.sleep(0.1)

        assert workers
        assert all(gone(pid) for pid in workers)


@needs_proc
def test_killed_workers_cost_only_their_work():
    """kill -9 on every worker: the best roster so far comes back, checked."""
    killed = []

    def kill(progress: shiftplan.Progress) -> None:
        if not killed and progress.total is not None:
            killed.extend(children(os.getpid()))
            for pid in killed:
                os.kill(pid, signal.SIGKILL)

    result = shiftplan.solve(town(30, 400), time_limit=60, workers=2, on_progress=kill)

    assert killed
    assert result.roster is not None
    assert result.status is Status.FEASIBLE
    assert result.stopped_by is None


@needs_proc
@pytest.mark.parametrize("quick_columns", [6_000, 0])
def test_errors_of_on_progress_reach_the_caller(monkeypatch, quick_columns):
    """What on_progress raises comes out of solve, also through a solver, and no worker stays."""
    monkeypatch.setattr(search_module, "_QUICK_COLUMNS", quick_columns)
    calls = []

    def fail(progress: shiftplan.Progress) -> None:
        calls.append(progress)
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        shiftplan.solve(town(3, 40), time_limit=None, workers=2, on_progress=fail)

    assert len(calls) == 1
    assert children(os.getpid()) == []


@pytest.mark.parametrize("presses", [1, 2])
def test_ctrl_c_while_checking_still_gives_the_roster(monkeypatch, presses):
    """Ctrl-C during the closing checks waits for them; only the second one raises."""
    true_check = shiftplan.check

    def interrupted_check(problem, roster):
        for _ in range(presses):
            signal.raise_signal(signal.SIGINT)
        return true_check(problem, roster)

    monkeypatch.setattr(judge_module, "check", interrupted_check)
    handler = signal.getsignal(signal.SIGINT)

    if presses == 1:
        assert shiftplan.solve(town(1, 5), time_limit=None, workers=1).roster is not None
    else:
        with pytest.raises(KeyboardInterrupt):
            shiftplan.solve(town(1, 5), time_limit=None, workers=1)

    assert signal.getsignal(signal.SIGINT) is handler


ZIPPED = """
import subprocess, sys
sys.path[:0] = [{archive!r}, {tests!r}]
import shiftplan
from shiftplan.engines import search, team
from towns import town
search._QUICK_COLUMNS = 0
result = shiftplan.solve(town(1, 5), time_limit=None, workers=1)
print(result.status, *(s["ended"] for s in result.stats.values() if "ended" in str(s)))
*start, code = team._command()
code = code.replace("; main()", "; print(sys.modules['shiftplan'].__file__)")
print(subprocess.run([*start, code], capture_output=True, text=True).stdout)
"""


def test_workers_import_from_where_the_parent_does(tmp_path):
    """A package that only the parent's sys.path names is found by the workers, also in a zip."""
    archive = tmp_path / "copy.zip"
    source = Path(shiftplan.__file__).parent
    with zipfile.ZipFile(archive, "w") as copy:
        for path in source.rglob("*.py"):
            copy.write(path, path.relative_to(source.parent))
    script = ZIPPED.format(archive=str(archive), tests=str(Path(__file__).parent.parent))

    out = subprocess.run(
        [sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True
    ).stdout

    first, second = out.strip().splitlines()
    assert first == "OPTIMAL proven"
    assert second.startswith(str(archive))


def test_packages_that_are_not_installed_have_no_version():
    """Imported from a folder, shiftplan has no recorded version; the result still says so."""
    assert result_module._version("shiftplan-is-not-installed") == "unknown"


@pytest.mark.parametrize(("turn", "ending"), [(1, "gap"), (2, "time")])
def test_strict_order_is_optimal_only_if_every_level_is_proven(monkeypatch, turn, ending):
    """A level that ended early keeps the whole from being called optimal, whichever it is."""
    true_minimise = session_module.minimise
    turns = []

    def minimise(*args):
        outcome = true_minimise(*args)
        turns.append(args)
        return replace(outcome, ending=ending) if len(turns) == turn else outcome

    monkeypatch.setattr(session_module, "minimise", minimise)

    result = shiftplan.solve(town(1, 5, order="strict"), time_limit=None, workers=1)

    assert len(turns) == 2
    assert result.roster is not None
    assert result.status is Status.FEASIBLE
    assert result.stopped_by.value == ending.upper()


def test_a_level_without_time_keeps_the_roster_of_the_level_before(monkeypatch):
    """In the strict order each level starts from the roster of the one before."""
    true_minimise = session_module.minimise
    starts = []

    def minimise(program, layout, limits, changed, start):
        starts.append(start)
        if len(starts) == 1:
            return true_minimise(program, layout, limits, changed, start)
        return Outcome(program, values=start, ending="time")

    monkeypatch.setattr(session_module, "minimise", minimise)

    result = shiftplan.solve(town(1, 5, order="strict"), time_limit=None, workers=1)

    assert starts[0] is None
    assert starts[1] is not None
    assert result.stopped_by is StoppedBy.TIME
    assert result.levels[1].cost == result.levels[1].bound
    assert result.levels[2].bound is None


def test_an_unconfirmed_contradiction_says_what_stopped_it(monkeypatch):
    """Cancelled while the contradiction is confirmed: no verdict, stopped by interrupt."""
    cancel = threading.Event()

    def interrupted(*_):
        cancel.set()

    monkeypatch.setattr(session_module.Inquiry, "conflict", interrupted)
    monkeypatch.setattr(
        session_module, "minimise", lambda program, *_: Outcome(program, ending="infeasible")
    )

    result = shiftplan.solve(town(1, 5), time_limit=None, workers=1, cancel=cancel)

    assert result.status is Status.NO_ROSTER_FOUND
    assert result.stopped_by is StoppedBy.INTERRUPT


def test_a_checker_that_disagrees_raises_and_saves(monkeypatch, tmp_path):
    """If check and model differ nothing is returned: the problem is saved and an error raised."""
    problem = town(1, 5)
    true_check = shiftplan.check

    def wrong_check(problem, roster):
        score = true_check(problem, roster)
        return type(score)(
            score.broken, score.priced, {k: c + 1 for k, c in score.levels.items()}, 0
        )

    monkeypatch.setattr(judge_module, "check", wrong_check)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    with pytest.raises(ModelError, match="disagree") as caught:
        shiftplan.solve(problem, time_limit=None, workers=1)

    assert caught.value.saved is not None
    saved = (caught.value.saved / "problem.json").read_text(encoding="utf-8")
    assert Problem.model_validate_json(saved) == problem


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
    with pytest.raises(NoRosterError, match="capacity"):
        result.require_roster()


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
    members = {(m.rule, m.who, m.where) for m in result.conflict}
    assert ("available", who.volunteer_id, shift.shift_id) in members


@pytest.mark.parametrize(
    ("option", "value"),
    [("time_limit", 0), ("workers", 0), ("seed", -1), ("gap", 1), ("work_limit", 0)],
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


def test_result_json_holds_the_promised_fields():
    """result.json has status, stopped_by, seconds, total, levels and version."""
    result = shiftplan.solve(town(1, 5), time_limit=None, workers=1)

    content = json.loads(result.to_json())

    assert content["status"] == "OPTIMAL"
    assert content["stopped_by"] is None
    assert content["total"] == {
        "cost": result.total.cost,
        "bound": result.total.cost,
        "gap": 0.0,
    }
    assert content["levels"]["1"]["cost"] == result.levels[1].cost
    assert content["seconds"] >= 0
    assert content["version"].startswith("shiftplan ")


def test_a_result_names_the_problem_that_it_is_of():
    """The digest is that of the problem, the same for an equal one and another for any other."""
    problem = town(1, 4)

    result = shiftplan.solve(problem, workers=1)

    assert (
        result.problem_digest
        == problem.digest
        == Problem.model_validate(problem.model_dump()).digest
    )
    assert result.problem_digest != problem.model_copy(update={"name": "another"}).digest
    assert json.loads(result.to_json())["problem_digest"] == problem.digest
