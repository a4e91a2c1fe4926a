"""Rows that make small teams tight: they keep every roster, and lift the relaxation."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from links import Recorder
from pace import costly
from scipy import sparse
from tasks import task_of

from shiftplan.engines.envelope import tightened
from shiftplan.engines.highs import load, settle
from shiftplan.engines.worker import run_engine
from shiftplan.model import Model, Program
from shiftplan.solving.building import build
from shiftplan.testing.pictures import plan
from shiftplan.week.requirements import Requirement

PEOPLE = ("ana", "bob", "cleo", "dan")
ROUNDS = 30


def team(kinds: str, wanted: int = 2) -> Model:
    """A shift for four people of whom each two stay together, apart or neither."""
    couples = [(a, b) for i, a in enumerate(PEOPLE) for b in PEOPLE[i + 1 :]]
    groups: dict[str, list[str]] = {name: [] for name in PEOPLE}
    rules: list[dict[str, object]] = [{"rule": "coverage"}]
    for (a, b), kind in zip(couples, kinds, strict=True):
        if kind != "-":
            name = f"{a}-{b}"
            groups[a].append(name)
            groups[b].append(name)
            rule = "together" if kind == "t" else "apart"
            rules.append({"rule": rule, "group": name, "level": 1, "weight": 50})
    return build(
        plan(
            "M",
            " ".join(PEOPLE),
            1,
            each={name: {"group": frozenset(of)} for name, of in groups.items()},
            requirements=(Requirement(shift_id="M0", minimum=1, target=wanted),),
            rules=tuple(rules),
        )
    )


def relaxed(program: Program) -> float:
    highs = load(program, whole=False, seed=0)
    highs.run()
    return float(highs.getInfo().objective_function_value)


def best(program: Program) -> float:
    """The least cost, over all works."""
    return min(program.total(values) for values in rosters(program))


def rosters(program: Program) -> list[np.ndarray]:
    """All works, with other columns as cheap as they can be."""
    found = []
    for works in product((0.0, 1.0), repeat=program.num_pairs):
        values = np.zeros(program.num_columns)
        values[: program.num_pairs] = works
        found.append(settle(program, values))
    return found


@costly(0.3)
@given(st.text("ta-", min_size=6, max_size=6), st.integers(1, 4))
def test_further_rows_keep_every_roster(kinds: str, wanted: int):
    program = team(kinds, wanted).program()
    tight = tightened(program, 4, ROUNDS, np.inf)

    for values in rosters(program):
        assert (tight.matrix @ values <= tight.row_upper + 1e-6).all()


@costly(0.3)
@given(st.text("ta", min_size=6, max_size=6))
def test_the_relaxation_of_one_team_is_its_best_roster(kinds: str):
    """Two or more rules about it: nothing is left to branch on."""
    program = team(kinds, 3).program()

    assert relaxed(tightened(program, 4, ROUNDS, np.inf)) == pytest.approx(best(program), abs=3)


def test_the_relaxation_was_lower_before():
    """All apart from each other, and two wanted: half of everybody would cost nothing."""
    program = team("aaaaaa").program()

    assert relaxed(program) < best(program) - 10


@pytest.mark.parametrize(("pairs", "rounds", "seconds"), [(3, 9, 9), (4, 0, 9), (4, 9, 0)])
def test_nothing_is_added_beyond_limits(pairs, rounds, seconds):
    """A team too large, no rounds, or no time."""
    program = team("aaaaaa").program()

    assert tightened(program, pairs, rounds, seconds).num_rows == program.num_rows


def test_nothing_is_added_once_stopped():
    """Whoever asks to stop waits for no further round; otherwise rows are found."""
    program = team("aaaaaa").program()

    assert tightened(program, 4, 9, 9, lambda: True).num_rows == program.num_rows
    assert tightened(program, 4, 9, 9, lambda: False).num_rows > program.num_rows


def test_columns_that_pay_are_in_no_team():
    """What nobody has to claim may be claimed all the same, so that the least is not known."""
    matrix = sparse.csr_array(np.array([[-1.0, -1.0, 1.0, 0.0], [1.0, 1.0, 0.0, -1.0]]))
    cost = np.array([0.0, 0.0, -5.0, 3.0])
    program = Program.part(matrix, np.array([0.0, 1.0]), np.ones(4), cost=cost, num_pairs=2)

    assert tightened(program, 2, ROUNDS, np.inf).num_rows == 2


def test_branch_and_cut_proves_it_at_the_root():
    """In the first node; the cost is that of the best roster."""
    model = team("aaatta", 3)
    program, link = model.program(), Recorder()

    assert run_engine(task_of("mip", model, program), link) == "proven"
    assert round(link.bounds[-1]) == round(best(program))
