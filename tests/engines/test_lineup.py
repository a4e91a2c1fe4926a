"""Which engines search: a proof is looked for where nothing else would end the search."""

from __future__ import annotations

import pytest
from commands import make_problem

from shiftplan.engines.params import DEFAULTS
from shiftplan.engines.search import line_up
from shiftplan.model import Program
from shiftplan.solving.building import build


@pytest.fixture(scope="module")
def many() -> Program:
    """A program of 3,600 pairs, for which an exact search alone is not enough."""
    return build(make_problem(60, 5, 6)).program()


@pytest.fixture(scope="module")
def few() -> Program:
    return build(make_problem(6, 2, 2)).program()


def engines(program: Program, workers: int, **told: bool) -> list[str]:
    return [choice.engine for choice in line_up(program, workers, DEFAULTS, **told)]


def test_one_worker_alone_improves_where_a_limit_ends_the_search(many: Program) -> None:
    """Without any limit it looks for the proof, or the search would never end."""
    assert many.num_pairs > 3_000
    assert engines(many, 1, started=True) == ["neighborhoods"]
    assert engines(many, 1, started=True, endless=True) == ["proof"]


@pytest.mark.parametrize("endless", [False, True])
def test_two_workers_prove_and_improve(many: Program, few: Program, endless: bool) -> None:
    """So they do with a limit and without one."""
    for program in (many, few):
        found = engines(program, 2, started=True, endless=endless)
        assert found == ["proof", "neighborhoods"]
    assert engines(few, 1, started=True) == ["proof"]


def test_a_first_roster_is_looked_for_where_none_could_be_built(
    many: Program, few: Program
) -> None:
    """With many pairs it is what counts; with few the proof comes first."""
    assert engines(many, 3, started=False) == ["cpsat", "neighborhoods", "neighborhoods"]
    assert engines(few, 3, started=False) == ["proof", "cpsat", "neighborhoods"]
