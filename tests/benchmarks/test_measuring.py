"""Runs from end to end: each sub-command on something tiny, and what a run refuses."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest
from fuzz.corpus import CURTOIS
from provinces import later, province
from test_inrc2 import HISTORY, SCENARIO, week
from towns import town

from benchmarks import baselines, records
from benchmarks.baselines import Trail
from benchmarks.cli import main
from benchmarks.measure import USUAL, Budget, Job, measure
from benchmarks.registry import SUITES
from benchmarks.sources import Source
from benchmarks.trial import attempt
from shiftplan import ModelError, Problem
from shiftplan.files import write_week

HERE = Path(baselines.__file__).parent
TINY = "c0001-balanced-full-h"


def text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


COMMANDS = sorted(f.stem for f in HERE.glob("*.py") if " = argparse.ArgumentParser(" in text(f))


def job(engine: str, **budget: float) -> Job:
    source = Source(name="town", kind="week", paths=(Path("town"),))
    return Job(source=source, engine=engine, budget=Budget(**budget), workers=1, marks=(5.0,))


# ---- in this process


@pytest.mark.parametrize("engine", ["highs", "cpsat", "cbc", "scip"])
def test_baselines_prove_a_small_optimum(engine: str) -> None:
    """Exact solvers end where shiftplan ends, with a roster of that cost."""
    problem = town(1, 3)

    ours = measure(problem, job("shiftplan", seconds=300)).run
    run = measure(problem, job(engine, seconds=300)).run

    assert (ours.status, run.status) == ("OPTIMAL", "OPTIMAL")
    assert run.cost == run.bound == ours.cost


def test_costs_fall_and_bounds_rise() -> None:
    """Steps of a run are in order of time, and end with the run's cost and bound."""
    for engine in ("shiftplan", "highs", "cpsat"):
        run = measure(town(2, 8), job(engine, seconds=60)).run

        assert list(run.costs) == sorted(run.costs, key=lambda s: (s[0], -s[1]))
        assert [c for _, c in run.costs] == sorted((c for _, c in run.costs), reverse=True)
        assert [b for _, b in run.bounds] == sorted(b for _, b in run.bounds)
        assert (run.costs[-1][1], run.bounds[-1][1]) == (run.cost, run.bound)


def test_the_greedy_roster_has_no_bound() -> None:
    """The start alone proves nothing."""
    found = measure(town(2, 6), job("greedy", seconds=60))

    assert found.run.status == "FEASIBLE"
    assert (found.run.bound, found.run.bounds) == (None, ())
    assert found.roster is not None


def test_a_wrong_cost_of_a_baseline_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """A baseline that claims less than its roster costs is found out."""

    def liar(program: Any, limits: Any, trail: Trail) -> None:
        trail.solution(program.offset, np.zeros(program.num_pairs))

    monkeypatch.setattr("benchmarks.measure.BASELINES", {"greedy": liar})

    with pytest.raises(ModelError, match="the solver says 0"):
        measure(town(1, 3), job("greedy", seconds=60))


def test_a_bound_above_a_roster_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bound that a roster undercuts was not proven."""

    def liar(program: Any, limits: Any, trail: Trail) -> None:
        baselines.run_greedy(program, limits, trail)
        trail.bound(1e9)

    monkeypatch.setattr("benchmarks.measure.BASELINES", {"greedy": liar})

    with pytest.raises(ModelError, match="below the proven bound"):
        measure(town(1, 3), job("greedy", seconds=60))


@pytest.mark.parametrize(
    ("budget", "seconds"),
    [
        (Budget(seconds=7), 7),
        (Budget(per_volunteer=0.5), 4),  # 8 people
        (Budget(per_week=3), 3),  # 7 days
        (Budget(per_volunteer=0.5, least=5), 5),
        (Budget(per_volunteer=0.5, least=1, most=2), 2),
    ],
)
def test_budgets_follow_the_size(budget: Budget, seconds: float) -> None:
    """Limits grow with people or weeks, within a least and a most."""
    assert budget.of(town(3, 8)) == seconds


# ---- the command


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def run(out: Path, *arguments: object) -> list[records.Record]:
    main([*map(str, arguments), "--workers", "1", "--out", str(out)])
    return records.read([out])


def a_week(folder: Path, problem: Problem) -> Path:
    write_week(problem, folder)
    return folder


def test_week_measures_the_usual_engines(tmp_path: Path, out: Path, capsys: Any) -> None:
    """The usual engines have a run, a row and a picture; the report makes the same tables again."""
    folder = a_week(tmp_path / "small", town(1, 4))

    done = run(out, "week", folder, "--time-limit", 300)
    printed = capsys.readouterr().out
    main(["report", str(out)])

    assert [r.engine for r in done] == list(USUAL)
    assert len({r.cost for r in done if r.engine != "greedy"}) == 1
    assert all(r.peak_bytes > 10_000_000 for r in done)
    assert all(f"| small    | {engine}" in printed for engine in USUAL)
    assert (out / "week-small.png").stat().st_size > 10_000
    assert capsys.readouterr().out.strip() in printed
    assert str(tmp_path) not in (out / "tables.md").read_text(encoding="utf-8")
    assert str(tmp_path) not in (out / records.FILE).read_text(encoding="utf-8")


@pytest.mark.shared
def test_curtois_writes_what_the_scorer_reads(
    tmp_path: Path, out: Path, load_scorer: Callable[[str], Any]
) -> None:
    """The cost of the table is the objective that an independent scorer finds in the file."""
    (tmp_path / "Tiny.txt").write_text(CURTOIS, encoding="utf-8")
    (tmp_path / "best_known.csv").write_text("instance,UB\nTiny,1\n", encoding="utf-8")

    (record,) = run(out, "curtois", tmp_path / "Tiny.txt", "--time-limit", 120)

    assert record.best_known == 1
    scorer = load_scorer("curtois/score_curtois.py")
    instance = scorer.parse_instance(str(tmp_path / "Tiny.txt"))
    hard, _, total = scorer.score(instance, scorer.read_solution(str(out / "Tiny.json")))
    assert not any(hard.values())
    assert total == record.cost


@pytest.mark.shared
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_inrc2_writes_what_the_scorer_reads(
    tmp_path: Path, out: Path, load_scorer: Callable[[str], Any], capsys: Any
) -> None:
    """The cost of the table is the objective that an independent scorer prints for the file."""
    files = {
        "Sc-n002w1": SCENARIO,
        "H0-n002w1-0": HISTORY | {"week": 0, "scenario": "n002w1"},
        "WD-n002w1-0": week({("Early", "Nurse"): (0, 1)}, [("ana", "Night", "Monday")]),
    }
    for stem, data in files.items():
        (tmp_path / f"{stem}.json").write_text(json.dumps(data), encoding="utf-8")

    (record,) = run(out, "inrc2", tmp_path, "n002w1_0_0", "--seconds-per-week", 120)

    assert record.time_limit == 120
    scorer = load_scorer("inrc2/score_inrc2.py")
    capsys.readouterr()
    place = ["--dir", str(tmp_path), "--instance", "n002w1_0_0"]
    assert scorer.main([*place, str(out / "n002w1_0_0.json"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["objective"] == record.cost


def test_a_missing_table_is_named_before_anything_runs(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    """A run of minutes would be lost otherwise."""
    (tmp_path / "Tiny.txt").write_text(CURTOIS, encoding="utf-8")
    started: list[Job] = []
    monkeypatch.setattr("benchmarks.campaign.attempt", started.append)
    missing = ["--best-known", str(tmp_path / "missing.csv"), "--out", str(out)]

    assert main(["curtois", str(tmp_path / "Tiny.txt"), *missing]) == 2

    assert "missing.csv" in capsys.readouterr().err
    assert not started


def test_nation_plans_each_province(tmp_path: Path, out: Path, capsys: Any) -> None:
    """Each folder is a row, with a time limit of its own, and the whole is the last one."""
    for number in (1, 2):
        a_week(tmp_path / "land" / f"p{number}", province(number))

    done = run(out, "nation", tmp_path / "land", "--seconds-per-volunteer", "3/2", "--least", 1)

    assert [(r.instance, r.time_limit) for r in done] == [("p1", 6.0), ("p2", 6.0)]
    assert "all (worst gap)" in capsys.readouterr().out
    assert (out / "nation-gaps.png").exists()


def test_month_joins_and_plans(tmp_path: Path, out: Path) -> None:
    """Two weeks become one problem of fourteen days, which can be kept."""
    first = town(1, 3)
    paths = [a_week(tmp_path / "w1", first), a_week(tmp_path / "w2", later(first, 1))]

    (record,) = run(out, "month", *paths, "--time-limit", 5, "--out-week", tmp_path / "kept")

    assert record.size["days"] == 14
    assert record.cost is not None
    assert (tmp_path / "kept" / "rules.csv").exists()


def test_growth_plans_parts_and_wholes(tmp_path: Path, out: Path) -> None:
    """A part of the first province and both together are measured and drawn."""
    for number in (1, 2):
        a_week(tmp_path / f"p{number}", province(number))

    done = run(out, "growth", tmp_path, "--sizes", 1, 4, 9, "--time-limit", 2)

    assert [r.size["centers"] for r in done] == [1, 4]
    assert 0 < done[0].size["decisions"] < done[1].size["decisions"]
    assert (out / "growth.png").exists()


@pytest.mark.parametrize("command", ["", *SUITES, "gate", "list", "report"])
def test_every_command_explains_itself(command: str, capsys: Any) -> None:
    """Help is there for all sub-commands."""
    with pytest.raises(SystemExit, match="0"):
        main([*command.split(), "--help"])

    assert "usage: python -m benchmarks" in capsys.readouterr().out


def refused(capsys: Any, *arguments: object) -> str:
    """What the command says of a mistake, without a traceback."""
    assert main([*map(str, arguments)]) == 2
    said = capsys.readouterr().err
    assert "Traceback" not in said
    return str(said)


def test_two_instances_of_one_name_are_refused(tmp_path: Path, out: Path, capsys: Any) -> None:
    """Their runs would be taken for runs of one."""
    weeks = [tmp_path / "a" / "same", tmp_path / "b" / "same"]
    for week_folder in weeks:
        week_folder.mkdir(parents=True)

    said = refused(capsys, "week", *weeks, "--out", out)

    assert said == "two instances are called 'same'\n"


def test_a_missing_week_is_refused_before_anything_runs(
    tmp_path: Path, out: Path, capsys: Any
) -> None:
    """Also where others are there: one line, and no record."""
    here = a_week(tmp_path / "here", town(1, 3))

    said = refused(capsys, "week", here, tmp_path / "nowhere", "--out", out)

    assert said == f"{tmp_path / 'nowhere'}: no such file or folder\n"
    assert not out.exists()


def test_a_week_that_cannot_be_read_says_why(tmp_path: Path, out: Path, capsys: Any) -> None:
    """What a child says of the input reaches the person."""
    (tmp_path / "none").mkdir()

    said = refused(capsys, "week", tmp_path / "none", "--engines", "greedy", "--out", out)

    assert said.startswith("none: ")
    assert "centers.csv: no such file" in said


def test_timefold_is_refused_where_it_is_missing(
    tmp_path: Path, out: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line says what it needs, before anything runs."""
    monkeypatch.setattr("benchmarks.cli.missing", lambda: "a JDK")
    folder = a_week(tmp_path / "here", town(1, 3))

    said = refused(capsys, "week", folder, "--engines", "greedy", "timefold", "--out", out)

    assert said == "Timefold needs a JDK; benchmarks/METHOD.md says how to run it\n"
    assert not out.exists()


@pytest.mark.parametrize(
    "arguments", ["benchmarks week x", "benchmarks.family table", "benchmarks.family solve " + TINY]
)
def test_without_packages_a_line_says_what_to_install(arguments: str, tmp_path: Path) -> None:
    """A Python without site packages has none of those that are needed."""
    done = subprocess.run(
        [sys.executable, "-S", "-m", *arguments.split()],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
        env={"PYTHONPATH": ""},
    )

    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("No module named ")
    assert "pip install '.[benchmarks]'" in done.stderr


@pytest.mark.parametrize(
    "module", sorted(f.stem for f in HERE.glob("*.py") if " = argparse.ArgumentParser(" in text(f))
)
def test_commands_call_themselves_by_their_module(module: str) -> None:
    """Help of a measurement starts with the command as the pages write it."""
    source = text(HERE / f"{module}.py")

    name = "benchmarks" if module == "cli" else f"benchmarks.{module}"
    assert f'prog="python -m {name}"' in source


def test_a_killed_process_leaves_a_run_with_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Want of memory is a result like any other."""

    def kill(child: Any, question: bytes) -> list[tuple[float, int]]:
        child.kill()
        child.communicate()
        return [(0.0, 5)]

    monkeypatch.setattr("benchmarks.trial._watch", kill)

    trial = attempt(job("greedy", seconds=1))

    assert (trial.run.status, trial.run.cost, trial.roster) == ("KILLED", None, None)
    assert trial.peak_bytes == 5


@pytest.mark.skipif(sys.platform == "win32", reason="a process there keeps its parent's number")
def test_runs_end_with_the_command_that_began_them(tmp_path: Path) -> None:
    """A killed benchmark leaves no process at work, which would slow down the next one."""
    write_week(town(20, 300), tmp_path / "week")  # nobody is done with it soon
    given = ["week", str(tmp_path / "week"), "--time-limit", "600", "--out", str(tmp_path / "out")]
    command = subprocess.Popen([sys.executable, "-m", "benchmarks", *given], stdout=subprocess.PIPE)
    started = time.monotonic()
    below: list[psutil.Process] = []
    while len(below) < 2 and time.monotonic() - started < 120:  # the run, and workers of its engine
        time.sleep(0.1)
        below = psutil.Process(command.pid).children(recursive=True)

    command.kill()
    command.communicate()

    assert len(below) >= 2
    _, left = psutil.wait_procs(below, timeout=120)
    assert left == []
