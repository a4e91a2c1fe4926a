"""Timefold on the same week, and the table that compares what people would use instead."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from test_records import record, row
from towns import RULES, town

from benchmarks.baselines import Limits
from benchmarks.measure import Budget, Job, measure
from benchmarks.records import append
from benchmarks.rivals import main, table
from benchmarks.sources import Source
from benchmarks.timefold import facts, missing, run_timefold
from shiftplan import Roster, check, solve
from shiftplan.solving.building import build

with_timefold = pytest.mark.skipif(missing() is not None, reason=f"Timefold needs {missing()}")
FACTS = {"shiftplan": "0.2.0", "highspy": "1.16.0", "ortools": "9.15"}


def test_timefold_chooses_among_the_same_people() -> None:
    """For each shift its candidates are those whom the model has a decision for."""
    problem = town(3, 20)
    lines = [line.split() for line in facts(problem)]

    candidates = {(int(words[2]), int(words[1])) for words in lines if words[0] == "candidate"}

    pairs = build(problem).pairs
    assert candidates == set(zip(pairs.volunteer.tolist(), pairs.shift.tolist(), strict=True))


def test_timefold_is_told_what_nobody_costs() -> None:
    """Requirements without people and missed least numbers of shifts are the cost of no roster."""
    problem = town(3, 20)
    lines = [line.split() for line in facts(problem)]

    empty = sum(int(words[4]) for words in lines if words[0] == "need")
    (lacking,) = (int(words[3]) for words in lines if words[0] == "rules")
    due = sum(int(words[2]) for words in lines if words[0] == "volunteer")

    assert empty + lacking * due == check(problem, Roster()).total


def test_timefold_refuses_other_rules() -> None:
    """A week without one of the rules that its model states is not planned as if it had it."""
    with pytest.raises(ValueError, match="states one rule each of"):
        list(facts(town(1, 3, rules=RULES[:-1])))


@with_timefold
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_timefold_counts_like_the_checker(seed: int) -> None:
    """Its score is the checker's total of every roster, and its last roster costs the least."""
    problem = town(1, 4, seed)

    plans = run_timefold(problem, Limits(8.0, 1, 0, 0.0))

    for plan in plans:
        score = check(problem, plan.roster(problem))
        assert (score.is_feasible, score.total) == (True, plan.cost)
    assert plans[-1].cost == solve(problem, time_limit=60, workers=1).total.bound


@with_timefold
@pytest.mark.slow
def test_timefold_is_an_engine() -> None:
    """A run has a checked roster, and no bound."""
    source = Source(name="town", kind="week", paths=())
    job = Job(source=source, engine="timefold", budget=Budget(seconds=6))

    found = measure(town(1, 4), job)

    assert found.roster is not None
    assert (found.run.status, found.run.bound) == ("FEASIBLE", None)


def test_records_of_another_week_are_refused(tmp_path: Path, capsys: Any) -> None:
    """An empty table would say nothing: the message names both weeks."""
    append(tmp_path, record(instance="commune"))

    with pytest.raises(SystemExit, match="2"):
        main([str(tmp_path)])

    said = capsys.readouterr().err
    assert "the table is of the week an_giang; the folders have commune" in said


def test_rivals_are_compared_with_the_best_bound() -> None:
    """Bound 90 of one engine: the roster of cost 120 of another could be 25% cheaper at most."""
    runs = [
        record(100, 90, instance="an_giang", machine=FACTS, time_limit=60.0),
        record(120, None, instance="an_giang", machine=FACTS, time_limit=60.0, engine="timefold"),
    ]

    ours, other = row(table(runs)), row(table(runs), 1)

    assert (ours["gap at 60 s"], ours["own bound"]) == ("10.00%", "90")
    assert (other["gap at 60 s"], other["own bound"]) == ("25.00%", "none")
    assert (other["cost at 60 s"], other["cost at 300 s"]) == ("120", "")


def test_a_run_that_ends_at_a_moment_counts_there() -> None:
    """Longer runs are quoted at 60 s only where none was made for 60 s."""
    long = record(90, instance="an_giang", machine=FACTS, time_limit=300.0, costs=((50.0, 99),))
    short = record(95, instance="an_giang", machine=FACTS, time_limit=60.0)

    assert row(table([long]))["cost at 60 s"] == "99"
    assert row(table([long, short]))["cost at 60 s"] == "95"
    assert row(table([long, short]))["cost at 300 s"] == "90"
