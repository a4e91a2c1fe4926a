"""How many seats people can fill: the fewest new ones, or the most by those who are there.

People of a `Problem` -> works of new ones; a `Model` -> `Reach`, by a largest flow from people over
times to seats.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import maximum_flow

from shiftplan.engines.highs import has_solution, load, settled
from shiftplan.engines.restriction import Restriction
from shiftplan.model import Model, Program
from shiftplan.problem import Problem
from shiftplan.rules import Shortage, is_priced, without
from shiftplan.solving.building import build
from shiftplan.week.roster import Assignment, Roster

Array = np.ndarray[Any, Any]
_NO_BOUND = 1e30


def fewest(
    problem: Problem, roster: Roster, shifts: set[str], new: int, *, seconds: float, seed: int
) -> list[Assignment]:
    """Works of the new people, the last ones of the problem, in some shifts: they fill most seats.

    Among those that fill as many, works of as few people as can be found in time. Who works none
    of them need not keep rules that ask for work, for they are not there then.
    """
    # Only hard rules and seats count here: what the new people would like is not known.
    rules = (*without(problem.rules, is_priced), Shortage(level=1, weight=1))
    # A copy would keep the levels of the old rules.
    fields = {**dict(problem), "rules": rules, "rates": (), "order": "total"}
    model = build(Problem.model_construct(**fields))
    program, arrays = model.program(), model.arrays
    first = arrays.num_volunteers - new
    owner = _owner(model, program, first)
    values = np.zeros(program.num_columns)
    values[model.pairs.of(roster)] = 1.0
    bounds = np.where(owner >= 0, _NO_BOUND, program.row_upper)
    held = settled(replace(program, row_upper=bounds), values)
    if held is None:
        return []
    activity = program.matrix @ held
    # By how much a row is broken by its person alone, who does not work.
    beyond = np.where(owner >= 0, np.maximum(activity - program.row_upper, 0.0), 0.0)
    wanted = np.array([s.shift_id in shifts for s in arrays.week.shifts])
    free = np.flatnonzero((model.pairs.volunteer >= first) & wanted[model.pairs.shift])
    restriction = Restriction(program)
    columns = restriction.free_columns(free)
    part = restriction.program_of(columns, held, activity)
    works = columns < program.num_pairs
    person = np.full(len(columns), -1)
    person[works] = model.pairs.volunteer[columns[works]] - first
    rows = np.unique(restriction.by_column[:, columns].indices)
    part = _counting_people(part, person, owner[rows], beyond[rows], new)
    highs = load(part, whole=True, seed=seed)
    highs.setOptionValue("time_limit", seconds)
    highs.run()
    if not has_solution(highs):
        return []
    found = np.round(np.array(highs.getSolution().col_value))[: len(columns)]
    return [
        Assignment(
            problem.shifts[model.pairs.shift[i]].shift_id,
            problem.volunteers[model.pairs.volunteer[i]].volunteer_id,
        )
        for i in columns[works & (found > 0.5)]
    ]


def _owner(model: Model, program: Program, first: int) -> Array:
    """Number of the new person whom a row of a rule concerns, -1 for other rows."""
    owner = np.full(program.num_rows, -1)
    for tag in model.tags:
        run = slice(tag.first, tag.first + len(tag.who))
        owner[run] = np.where(tag.who >= first, tag.who - first, -1)
    return owner


def _counting_people(
    part: Program, person: Array, owner: Array, beyond: Array, new: int
) -> Program:
    """A program that also counts who works: a seat costs more than all people together.

    `person`: number of the person whose work a column is, -1 for other columns. `owner`: number of
    the person whom a row concerns; as long as they do not work it may be exceeded by `beyond`.
    """
    works, lenient = np.flatnonzero(person >= 0), np.flatnonzero(beyond > 0)
    own = _entries(np.arange(len(works)), works, 1.0, (len(works), len(person)))
    anybody = _entries(np.arange(len(works)), person[works], -1.0, (len(works), new))
    there = _entries(lenient, owner[lenient], beyond[lenient], (part.num_rows, new))
    matrix = sparse.vstack(
        [sparse.hstack([part.matrix, there]), sparse.hstack([own, anybody])], format="csr"
    )
    return replace(
        part,
        matrix=sparse.csr_array(matrix),
        row_upper=np.concatenate([part.row_upper + beyond, np.zeros(len(works))]),
        upper=np.concatenate([part.upper, np.ones(new)]),
        cost=np.concatenate([part.cost * (new + 1), np.ones(new)]),
        num_pairs=part.num_pairs + new,
    )


def _entries(
    rows: Array, columns: Array, values: Array | float, shape: tuple[int, int]
) -> sparse.csr_array:
    return sparse.csr_array((np.broadcast_to(values, len(rows)), (rows, columns)), shape=shape)


@dataclass(frozen=True, slots=True)
class Reach:
    """Seats of one skill and level, and how many of them can be filled at once."""

    seats: int
    """Seats up to the targets."""
    filled: int
    """Proven: no roster fills more of them."""

    @property
    def missing(self) -> int:
        """Seats that stay empty in every roster."""
        return self.seats - self.filled


def most_filled(model: Model, skill_id: str | None, min_level: int) -> Reach:
    """How many seats of one skill and level people can fill if nothing else is asked of them.

    Each person works the shifts that no rule forbids to them by itself, no more than hard limits
    let them, and one at a time where a rule says so. Other rules are left out, so that no roster
    fills more.
    """
    arrays = model.arrays
    target = np.zeros(arrays.num_shifts, dtype=np.int64)
    for need in arrays.week.requirements:
        if need.skill_id == skill_id and (need.min_level or 0) == min_level:
            target[arrays.shift_index[need.shift_id]] = need.target
    who, where = model.pairs.volunteer, model.pairs.shift
    counted = target[where] > 0
    if skill_id is not None:
        counted &= arrays.holds(skill_id, min_level)[who, where]
    who, where = who[counted], where[counted]
    classes = model.pairs.exclusive
    kinds = int(classes.max(initial=0)) + 1
    times, part = np.unique(who * kinds + classes[where], return_inverse=True)
    # Nodes: source, people, times of people, shifts, sink.
    people, shifts = 1, 1 + arrays.num_volunteers + len(times)
    slots = 1 + arrays.num_volunteers
    sink = shifts + arrays.num_shifts
    everybody, every = np.arange(arrays.num_volunteers), np.arange(arrays.num_shifts)
    tails = [np.zeros(arrays.num_volunteers), people + times // kinds, slots + part, shifts + every]
    heads = [people + everybody, slots + np.arange(len(times)), shifts + where]
    heads.append(np.full(arrays.num_shifts, sink))
    widths = [model.most_shifts, np.ones(len(times)), np.ones(len(part)), target]
    graph = sparse.csr_array(
        (
            np.concatenate(widths).astype(np.int32),
            (np.concatenate(tails).astype(np.int32), np.concatenate(heads).astype(np.int32)),
        ),
        shape=(sink + 1, sink + 1),
    )
    flow = maximum_flow(graph, 0, sink).flow_value
    return Reach(int(target.sum()), int(flow))
