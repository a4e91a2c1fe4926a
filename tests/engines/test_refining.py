"""A roster improved part by part beside other engines."""

from __future__ import annotations

import numpy as np
import pytest
from links import Recorder
from tasks import task_of
from towns import town

from shiftplan.engines.first_order import approach, rounded
from shiftplan.engines.greedy import greedy
from shiftplan.engines.highs import nobody_works
from shiftplan.engines.neighborhoods import refine
from shiftplan.engines.params import DEFAULTS, SearchParams
from shiftplan.engines.proof import _awaited
from shiftplan.engines.task import Deadline
from shiftplan.solving.building import build


@pytest.fixture(scope="module")
def made():
    model = build(town(5, 40))
    return model, model.program()


@pytest.mark.parametrize("apart", [True, False])
def test_a_roster_apart_takes_over_nothing_while_it_is_dearer(made, apart):
    """Another engine's roster joins from the start, or once this one is cheaper."""
    model, program = made
    *_, guide = approach(program, Deadline(60.0), DEFAULTS)
    link = Recorder(8)
    link.found = rounded(program, guide, DEFAULTS)
    theirs, worse = program.total(link.found), nobody_works(program)
    task = task_of("neighborhoods", model, program)
    effort = DEFAULTS.neighborhoods.quick.model_copy(update={"pairs": 20})

    ours = refine(task, link, effort, guide, worse, apart=apart)

    first = program.total(link.solutions[0])
    assert (first > theirs) is apart
    assert program.total(ours) < program.total(worse)


def test_a_roster_apart_joins_the_others_once_it_is_cheaper(made):
    """From then on it takes over what another engine finds, however small its own steps."""
    model, program = made
    *_, guide = approach(program, Deadline(60.0), DEFAULTS)
    dear, cheap = greedy(program, DEFAULTS), rounded(program, guide, DEFAULTS)
    quick = DEFAULTS.neighborhoods.quick
    task = task_of("neighborhoods", model, program)
    best = refine(task, Recorder(10), quick, guide, cheap)
    found = iter([dear, best])
    link = Recorder(2)
    link.best = lambda: next(found)

    ours = refine(task, link, quick.model_copy(update={"pairs": 1}), guide, cheap, apart=True)

    assert program.total(best) < program.total(cheap) < program.total(dear)
    assert program.total(ours) <= program.total(best)


@pytest.mark.parametrize(("seconds", "is_used"), [(60.0, True), (0.9, False)])
def test_a_large_program_is_approached_beside_others_where_there_is_time(made, seconds, is_used):
    """What it comes to is nearer than what the others said, and its roster is offered."""
    model, program = made
    coarse = SearchParams(opening={"distance": 0.3, "last_distance": 0.3})
    (told,) = approach(program, Deadline(60.0), coarse)
    params = SearchParams(opening={"entries": 0, "pace": 2 * program.matrix.nnz})
    link = Recorder(30)
    link.guides = [told]
    start = nobody_works(program)
    task = task_of(
        "proof", model, program, start=start, seconds=seconds, patience=seconds, params=params
    )

    guide, values = _awaited(task, link)

    assert (guide.bound > told.bound) is is_used
    assert (link.bounds != []) is is_used
    assert program.total(values) < program.total(start)
    assert np.all(program.matrix @ values <= program.row_upper + 1e-6)
