"""The gate tells what got worse against accepted figures, and only that."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks import gate, yardstick
from benchmarks.accepted import (
    FILE,
    TOLERANCES,
    Accepted,
    Look,
    Tolerance,
    look,
    read_accepted,
    write_accepted,
)
from benchmarks.cli import main
from benchmarks.measure import Job
from benchmarks.records import Record, Run
from benchmarks.trial import Trial
from shiftplan import ModelError

COSTS = ((1.5, 140), (8.0, 104), (15.0, 101))
"""A roster 40% above the bound of 100 at first, then 4%, then 1%."""


def run(costs: tuple[tuple[float, int], ...] = COSTS, bound: int | None = 100) -> Run:
    return Run(
        status="FEASIBLE",
        time_limit=24.0,
        cost=costs[-1][1] if costs else None,
        bound=bound,
        costs=costs,
        bounds=() if bound is None else ((7.0, bound),),
    )


def record(costs: tuple[tuple[float, int], ...] = COSTS, bound: int | None = 100) -> Record:
    asked = {"suite": "gate", "instance": "s2", "engine": "shiftplan", "seed": 0, "workers": 2}
    more = {"peak_bytes": 500_000_000, "machine": {}}
    return Record.model_validate(dict(run(costs, bound)) | asked | more)


def later(times: float) -> tuple[tuple[float, int], ...]:
    """The same costs, each later by this factor."""
    return tuple((seconds * times, cost) for seconds, cost in COSTS)


def accepted(seen: Look | None = None) -> Accepted:
    """A run, accepted on a machine with a yardstick of one second."""
    seen = seen or look(record(), None)
    return Accepted("s2", gate._digest("s2"), seen.bound, 1.0, 0.0, "one", seen.figures())


# ---- what is compared


def test_gaps_are_against_the_best_bound_known():
    """With a bound of 96 from elsewhere, 104 at ten seconds is 8 of 104 above it, not 4."""
    own = look(record(bound=90), 96).figures()

    assert own["gap_at_10"] == pytest.approx(8 / 104)
    assert own["first_gap"] == pytest.approx(44 / 140)
    assert own["gap_at_1"] is None
    assert own["peak_mb"] == 500


def test_a_cost_below_the_bound_is_an_error():
    """Either the roster or the bound is wrong."""
    with pytest.raises(ModelError, match="s2: cost 101 is below the bound 102"):
        look(record(), 102)


def test_gaps_need_a_bound_from_somewhere():
    """Without any bound there is nothing to compare."""
    with pytest.raises(ValueError, match="without a bound"):
        look(record(bound=None), None)


@pytest.mark.parametrize(
    ("now", "accepted", "good"),
    [(1.35, 1.0, True), (1.36, 1.0, False), (None, 1.0, False), (9.9, None, True)],
)
def test_tolerance(now, accepted, good):
    """A quarter and a tenth more are allowed; a figure that is lost never is, a new one always."""
    assert Tolerance(1.25, 0.1).allows(now, accepted) is good


@pytest.mark.parametrize(
    ("costs", "worse"),
    [
        (COSTS, set()),
        (later(1.15), set()),
        # The roster of 104 now comes after 12.8 s, too late for 10 s even on a clock of 12 s.
        (later(1.6), {"first_seconds", "gap_at_10"}),
        (((1.5, 140), (8.0, 110), (15.0, 101)), {"gap_at_10"}),
        ((), {"first_seconds", "first_gap", "gap_at_3", "gap_at_5", "gap_at_10", "gap_at_20"}),
    ],
)
def test_worse_figures_are_named(costs, worse):
    """A little later is tolerated; much later, dearer, or nothing at all is not."""
    found = look(record(costs), 100).worse_than(accepted())

    assert found == worse


def test_more_memory_is_worse():
    """600 MB are beyond 500 MB and 15%."""
    heavy = record().model_copy(update={"peak_bytes": 600_000_000})

    assert look(heavy, 100).worse_than(accepted()) == {"peak_mb"}


def test_a_slower_machine_has_more_time():
    """On a machine that takes twice as long, everything may come twice as late."""
    slow = record(later(2))

    assert look(slow, 100, scale=2).worse_than(accepted()) == set()
    assert look(slow, 100).worse_than(accepted()) != set()
    assert look(slow, 100, scale=2).figures() == pytest.approx(accepted().figures, nan_ok=True)


def test_accepted_figures_survive_the_file(tmp_path):
    """Rows read back equal, missing figures included; no file means nothing accepted."""
    row = accepted(look(record(((4.0, 125),)), None))

    write_accepted([row], tmp_path / "a.csv")

    assert read_accepted(tmp_path / "a.csv") == {"s2": row}
    assert row.figures["gap_at_3"] is None
    assert read_accepted(tmp_path / "b.csv") == {}


def test_the_yardstick_is_always_the_same_program(monkeypatch):
    """A small one of its kind costs what it cost at first, and takes time."""
    monkeypatch.setattr(yardstick, "PEOPLE", 60)
    monkeypatch.setattr(yardstick, "SEATS", 60)

    assert yardstick.least_cost() == pytest.approx(19_782)
    assert yardstick.yardstick() > 0


# ---- the command


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run the gate on one week, each run as told, on a machine with a yardstick of one second."""
    limits: list[float] = []

    def asked(*runs: Run, clock: float = 1.0, options: tuple[str, ...] = ()) -> int:
        left = list(runs)

        def attempt(job: Job) -> Trial:
            limits.append(job.budget.seconds)
            return Trial(left.pop(0), None, 500_000_000)

        monkeypatch.setattr(gate, "attempt", attempt)
        monkeypatch.setattr(gate, "yardstick", lambda: clock)
        monkeypatch.setattr(
            gate, "make", lambda recipe, folder: folder.mkdir(parents=True, exist_ok=True) or folder
        )
        places = ["--accepted", str(tmp_path / "a.csv"), "--out", str(tmp_path / f"{len(limits)}")]
        code = main(["gate", "--weeks", "s2", *places, *options])
        assert left == []
        return code

    asked.limits, asked.file = limits, tmp_path / "a.csv"
    return asked


def test_the_same_again_passes(ask, capsys):
    """What was accepted is not worse than itself; ratios are one."""
    write_accepted([accepted()], ask.file)

    assert ask(run()) == 0

    said = capsys.readouterr().out
    assert "Worse" not in said
    assert "Gaps are 1.00 times the accepted ones" in said


def test_what_is_worse_twice_fails(ask, capsys):
    """The figure is named, with its value and the accepted one, and the exit code is 1."""
    write_accepted([accepted()], ask.file)
    dear = run(((1.5, 140), (8.0, 110), (15.0, 101)))

    assert ask(dear, dear) == 1

    assert "Worse: s2, gap at 10 s: 9.09%, accepted 3.85%" in capsys.readouterr().out


def test_what_is_worse_once_passes(ask):
    """One slow run may be chance."""
    write_accepted([accepted()], ask.file)

    assert ask(run(later(1.6)), run()) == 0


def test_slow_machines_get_longer_limits(ask):
    """Twice the yardstick, twice the time."""
    write_accepted([accepted()], ask.file)

    assert ask(run(later(2)).model_copy(update={"time_limit": 48.0}), clock=2.0) == 0
    assert ask.limits == [48.0]


def test_accepting_takes_the_middle_of_two_runs(ask):
    """First rosters after 1 and 2 s make 1.5 s; the better bound is kept, here an older one."""
    write_accepted([replace(accepted(), bound=100)], ask.file)

    assert ask(run(((1.0, 140),), 90), run(((2.0, 140),), 95), options=("--accept",)) == 0

    row = read_accepted(ask.file)["s2"]
    assert row.figures["first_seconds"] == 1.5
    assert (row.bound, row.yardstick) == (100, 1.0)


def test_both_runs_are_seen_beside_the_better_bound(ask):
    """A run that proved less has no larger gap for that."""
    costs = ((1.0, 125),)

    assert ask(run(costs, 80), run(costs, 100), options=("--accept",)) == 0

    row = read_accepted(ask.file)["s2"]
    assert (row.bound, row.figures["first_gap"]) == (100, 0.2)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [replace(accepted(), digest="of other files")],
        [replace(accepted(), figures=dict.fromkeys(TOLERANCES))],
    ],
)
def test_unknown_weeks_are_not_judged(ask, rows, capsys):
    """A week without figures, or that has changed since, ends with exit code 2 before any run."""
    write_accepted(rows, ask.file)

    assert ask() == 2

    assert "Nothing is accepted for s2" in capsys.readouterr().out


def test_the_committed_table_is_of_the_weeks_as_they_are():
    """Each week has a row, with the digest that its recipe gives."""
    rows = read_accepted(FILE)

    assert list(rows) == list(gate.WEEKS)
    assert {name: row.digest for name, row in rows.items()} == {
        name: gate._digest(name) for name in gate.WEEKS
    }
