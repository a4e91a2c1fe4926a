"""What engines claim to be proven, on small programs that once led them astray."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from shiftplan.engines import exact
from shiftplan.engines.chooser import Alternation
from shiftplan.engines.params import DEFAULTS
from shiftplan.engines.personal import ways
from shiftplan.engines.personal.blocks import Blocks
from shiftplan.engines.personal.part import Part
from shiftplan.engines.task import Array, Deadline, Limits, Outcome, Task
from shiftplan.engines.worker import run_here
from shiftplan.model import Layout, Program


def layout_of(people: int, days: int) -> Layout:
    """Each person with a pair on each day."""
    pairs = people * days
    return Layout(
        np.repeat(np.arange(people), days), np.zeros(pairs, int), np.tile(np.arange(days), people)
    )


def program_of(rows: Array, bound: Array, cost: Array, pairs: int, offset: float = 0.0) -> Program:
    """A program whose columns go up to 1."""
    upper = np.ones(len(cost))
    return Program(sparse.csr_array(rows), bound, upper, cost, {}, offset, {}, pairs)


def outcome_of(engine: str, program: Program, layout: Layout) -> Outcome:
    """What an engine finds and proves in a few seconds."""
    found = Outcome(program, least=0.0)
    task = Task(engine, program, layout, None, 0, 10.0, None)
    run_here(task, found, Limits(seconds=10.0, workers=1), lambda: None, by=engine)
    return found


@pytest.mark.parametrize(("people", "days"), [(1, 3), (2, 7), (3, 5)])
def test_a_column_of_several_days_is_paid_once(people: int, days: int) -> None:
    """Whoever works at all costs 30, however often; each day without anybody costs 10."""
    pairs, rows = people * days, []
    for pair in range(pairs):
        row = np.zeros(pairs + people + days)
        row[pair], row[pairs + pair // days] = 1, -1
        rows.append(row)
    for day in range(days):
        row = np.zeros(pairs + people + days)
        row[day:pairs:days] = row[pairs + people + day] = -1
        rows.append(row)
    bound = np.repeat([0.0, -1.0], [pairs, days])
    cost = np.repeat([0.0, 30.0, 10.0], [pairs, people, days])
    program, layout = program_of(np.array(rows), bound, cost, pairs), layout_of(people, days)

    found = outcome_of("pricing", program, layout)

    assert Blocks(program, layout).follows
    assert found.cost == found.bound == min(30, 10 * days)


def test_a_column_that_pays_is_a_choice() -> None:
    """Ten are saved by whoever works both days; nothing else raises the column."""
    rows = np.array(
        [[-1.0, 0, 0, 0, 1], [0, -1.0, 0, 0, 1], [-1.0, 0, -1.0, 0, 0]],
    )
    cost = np.array([1.0, 1, 1, 1, -10])
    program = program_of(rows, np.array([0.0, 0, -1]), cost, 4, offset=10.0)
    layout = layout_of(2, 2)

    found = outcome_of("pricing", program, layout)

    assert not Blocks(program, layout).follows
    assert found.cost == outcome_of("mip", program, layout).cost == 2
    assert found.bound is None or found.bound <= 2


def test_a_column_without_rows_that_pays_is_a_choice() -> None:
    """It belongs to nobody, and to no row of several people either."""
    rows = np.array([[-1.0, -1.0, 0.0]])
    program = program_of(rows, np.array([-1.0]), np.array([2.0, 3.0, -1.0]), 2, offset=1.0)

    assert not Blocks(program, layout_of(2, 1)).follows


@pytest.mark.parametrize("unit", [1e3, 1e6, 1e9, 1e12])
def test_large_costs_are_proven_in_a_few_steps(
    unit: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bound is rounded down by a part of itself, which is more than 1 from 10^9 on."""
    cost = np.full(40, 50 * unit)
    cost[:3], cost[3:8] = unit, 0
    rows = np.zeros((3, 40))
    for row, pair in zip(rows, ([0, 1], [1, 2], [0, 2]), strict=True):
        row[pair] = -1
    program = Program.part(sparse.csr_array(rows), -np.ones(3), np.ones(40), cost=cost)
    calls, run = [], exact.run_here

    def counted(*given: object, **named: object) -> object:
        calls.append(given)
        assert len(calls) < 20
        return run(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(exact, "run_here", counted)
    values, is_proven = exact.solve_exactly(program, None, Limits(seconds=60.0))

    assert values is not None
    assert program.total(values) == 2 * unit
    assert is_proven
    assert len(calls) <= 4


def test_a_neighborhood_without_pairs_counts_for_nothing() -> None:
    """Whatever was counted before it; a work limit counts pairs."""
    chooser = Alternation(DEFAULTS.neighborhoods)
    chooser.count(0.0, 0.0, 0, days=False)
    chooser.count(5.0, 0.0, 0, days=True)
    chooser.count(5.0, 10.0, 10, days=False)
    chooser.count(0.0, 0.0, 0, days=False)

    assert not chooser.is_for_days(0.0)


class _Stuck:
    """A choice that has whole schedules for nobody once works are held."""

    def __init__(self) -> None:
        self.relaxed = 0

    def whole(self) -> None:
        """Never."""

    def relax(self, _: float) -> bool:
        """Nothing has all that is held."""
        self.relaxed += 1
        return False


class _StuckPart(Part):
    def __init__(self) -> None:
        self.master = _Stuck()  # type: ignore[assignment]
        self.fixed = np.zeros(2, dtype=bool)

    def hold(self, held: Array) -> None:
        """As it is."""

    def price(self, held: Array, *, every: bool = False) -> list[int]:
        """The best schedules with what is held."""
        assert every
        return [0]

    def worked(self, chosen: list[int]) -> Array:
        """Those."""
        return np.array([True, False])


def test_a_descent_ends_where_no_choice_has_what_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also without a limit of time: everybody then takes the best schedule with it."""
    monkeypatch.setattr(ways, "_hold", lambda *_: None)
    part = _StuckPart()

    found = ways.descend(part, Deadline(np.inf), lambda: part.master.relaxed > 50, 3, 0.2)  # type: ignore[attr-defined]

    assert found is not None
    assert found.tolist() == [True, False]
