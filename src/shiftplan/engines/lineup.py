"""Which engines search side by side, and why.

`Program` -> `Choice`s, one for each worker.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shiftplan.engines.personal.blocks import COUPLING, Blocks
from shiftplan.engines.task import Engine
from shiftplan.model import Layout, Program
from shiftplan.options import SearchParams


@dataclass(frozen=True, slots=True)
class Choice:
    """An engine for a worker."""

    engine: Engine
    """Who works."""
    why: str
    """What it is there for."""


_GUIDED = Choice("neighborhoods", "rosters near the relaxation, improved part by part")
_EXACT = Choice("proof", "the bound, and proof where it can be had; then better rosters")
_PRICING = Choice("pricing", "the bound of whole personal schedules, and rosters near it")
_SCHEDULES = Choice("schedules", "whole personal schedules, chosen anew part by part")
_FIRST = Choice("cpsat", "a first roster, where none could be built work by work")


def personal(program: Program, layout: Layout, params: SearchParams) -> bool:
    """Whether rows about one person over several days decide what a good roster is."""
    wanted = params.line_up
    people, volunteer = np.unique(layout.volunteer, return_inverse=True)
    if not 0 < len(people) <= wanted.schedule_people:
        return False
    dates = np.unique(np.stack([volunteer, layout.day]), axis=1)[0]
    if np.median(np.bincount(dates)) < wanted.schedule_days:
        return False
    blocks = Blocks(program, layout)
    whole = np.array_equal(program.matrix.data, np.round(program.matrix.data))
    if not (blocks.follows and whole):
        return False
    matrix = program.matrix
    row = np.repeat(np.arange(program.num_rows), np.diff(matrix.indptr))
    kept = matrix.indices < program.num_pairs
    row, day = row[kept], layout.day[matrix.indices[kept]]
    first, last = np.full(program.num_rows, np.inf), np.full(program.num_rows, -np.inf)
    np.minimum.at(first, row, day)
    np.maximum.at(last, row, day)
    long = (blocks.row_owner != COUPLING) & (last > first)
    return bool(np.count_nonzero(long[row]) >= wanted.schedule_entries * program.num_pairs)


def line_up(
    program: Program,
    workers: int,
    params: SearchParams,
    *,
    started: bool,
    by_person: bool = False,
    endless: bool = False,
) -> list[Choice]:
    """Engines for a program: one for the bound, and what finds rosters beside it.

    `started` tells whether a roster is known, or certain to be; `by_person` whether personal rows
    decide; `endless` that nothing but a proof ends the search, so that somebody must look for one.
    """
    if by_person:
        return [_PRICING, *[_SCHEDULES] * (workers - 1)]
    many = program.num_pairs > params.line_up.many_pairs
    if started:
        alone = many and workers == 1 and not endless
        chosen = [_GUIDED] if alone else [_EXACT, _GUIDED]
    else:
        chosen = [_FIRST, _GUIDED] if many else [_EXACT, _FIRST]
    return [*chosen, *[_GUIDED] * (workers - len(chosen))][:workers]
