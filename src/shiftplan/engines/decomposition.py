"""The bound lifted above the relaxation: a program in parts, each with the least whole solution.

`Program`, its relaxation -> `Subproblem`s -> the sum of what each costs at least, a bound; then
again in fewer and larger parts, while that pays.

Every row is in one part at most, every part has all columns of its rows, and a column's cost is
split between the parts that it is in: each gets what the duals of its own rows make of the column,
and the part at home also gets the reduced cost. With the duals of the relaxation, parts that need
not be whole cost as much together as the relaxation does. Whole ones cost more, and no solution of
the program costs less, as it is one of each part too (Lagrangian decomposition: Guignard and Kim
1987). On a large week branch and cut on the parts gets further in seconds than on the whole in
minutes, most of all where mentors are scarce: the whole is too large for branching.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from scipy import sparse

from shiftplan.engines.highs import costs_what_it_claims, load, part_of
from shiftplan.engines.params import SearchParams
from shiftplan.engines.partition import Places
from shiftplan.engines.restriction import Restriction
from shiftplan.engines.task import Array, Deadline, Link, Relaxation, Task
from shiftplan.model import Layout, Program

_SURE, _SURE_SHARE = 0.01, 1e-7
"""What the arithmetic of the solver may be off in each part, and as a share of its cost. Costs of
parts are no whole numbers, so that rounding up does not make up for it."""
_LIMITS = (highspy.HighsModelStatus.kTimeLimit, highspy.HighsModelStatus.kInterrupt)
"""How a run may end that proves no optimum but a bound."""
_NEAR = 0.5
"""Distance from its least cost at which a part is done."""
_LITTLE = 0.01
"""Use of a pair that the relaxation does not use."""


@dataclass(frozen=True, slots=True)
class Subproblem:
    """Some rows of a program, all columns in them, and their share of the costs."""

    columns: Array
    """Its columns in the whole program, pairs first, int."""
    program: Program
    """Its rows and columns, at its share of the costs; without offset."""
    least: float
    """What it costs at least by the relaxation."""
    doubt: float
    """Uses of its pairs that the relaxation leaves between 0 and 1, added up."""


def lift(
    task: Task,
    relaxation: Relaxation,
    link: Link,
    deadline: Deadline,
    *,
    hurried: bool = False,
) -> float:
    """Report higher and higher bounds while larger parts pay, and return the last.

    It is no less than that of the relaxation. `hurried` ends amid parts that do not pay.
    """
    program, own = task.program, task.params.decomposition
    bound, pairs, seconds = relaxation.bound, float(own.pairs), own.seconds
    while (count := round(program.num_pairs / pairs)) > 1:
        before, began = bound, time.monotonic()
        parts, rest = split(program, task.layout, relaxation, task.params, count)
        for done, found in enumerate(_bounds(parts, rest, seconds, link, deadline, task.seed), 1):
            if found > bound:
                bound = found
                link.bound(bound)
            share = done / len(parts)
            if hurried and share >= own.tried and bound - before < own.pays * share * abs(bound):
                return bound  # those that promised most come first
        passed = time.monotonic() - began
        is_vain = bound - before < own.pays * abs(bound)
        if is_vain or own.longer * passed > deadline.left() or link.stopped():
            break
        pairs, seconds = pairs * own.larger, seconds * own.longer
        if round(program.num_pairs / pairs) == count:
            break
    return bound


def split(
    program: Program, layout: Layout, relaxation: Relaxation, params: SearchParams, count: int
) -> tuple[list[Subproblem], float]:
    """About `count` parts, and the least that all costs come to which no part has.

    Rows about one center go together, and so do all rows that other columns than pairs tie
    together; each goes where most of its pairs are. Where so many hang together that parts would
    not be smaller than the whole, rows are in no part.
    """
    region = Places(layout, params.decomposition).regions(count)
    row_part = _parts_of_rows(program, relaxation, region, params)
    dual, matrix = np.minimum(relaxation.duals, 0.0), program.matrix
    reduced, use = program.reduced(dual), relaxation.values
    open_use = np.minimum(use, 1.0 - use)[: program.num_pairs]
    members = [np.flatnonzero(row_part == number) for number in range(region.max(initial=0) + 1)]
    inside = [np.unique(matrix[rows].indices) for rows in members]
    times = np.bincount(np.concatenate(inside), minlength=program.num_columns)
    parts: list[Subproblem] = []
    rest = program.cost.copy()
    for number, (rows, columns) in enumerate(zip(members, inside, strict=True)):
        if not len(columns):
            continue
        at_home = times[columns] == 1
        pairs = columns[columns < program.num_pairs]
        at_home[: len(pairs)] |= region[pairs] == number
        part = part_of(program, rows, columns)
        cost = part.matrix.T @ dual[rows] + reduced[columns] * at_home
        rest[columns] -= cost
        part = part.with_cost(cost, 0.0)
        doubt = float(open_use[pairs].sum())
        parts.append(Subproblem(columns, part, part.least(dual[rows]), doubt))
    dual[row_part >= 0] = 0.0
    return parts, program.with_cost(rest, program.offset).least(dual)


def _parts_of_rows(
    program: Program, relaxation: Relaxation, region: Array, params: SearchParams
) -> Array:
    """The part of each row, int (num_rows,); -1 where it is in none."""
    restriction = Restriction(program)
    bundle, pairs = restriction.row_bundle, slice(0, program.num_pairs)
    weight = relaxation.values[pairs] + _LITTLE
    shape = (program.num_pairs, int(region.max(initial=0)) + 1)
    home = sparse.csr_array((weight, (np.arange(shape[0]), region)), shape=shape)
    touches = abs(program.matrix[:, pairs]).sign()
    rows_there = sparse.csr_array(touches @ home)
    bundles = int(bundle.max(initial=0)) + 1
    ones = np.ones(program.num_rows)
    gather = sparse.csr_array(
        (ones, (bundle, np.arange(program.num_rows))), shape=(bundles, program.num_rows)
    )
    part: Array = np.asarray((gather @ rows_there).argmax(axis=1)).reshape(-1)[bundle]
    most = max(params.decomposition.largest_share, 2 / shape[1]) * len(bundle)
    too_many = np.bincount(bundle) > most
    part[too_many[bundle] | ~restriction.tying] = -1
    return part


def _bounds(
    parts: list[Subproblem], rest: float, seconds: float, link: Link, deadline: Deadline, seed: int
) -> Iterator[float]:
    """The sum of what parts cost at least, after each of them.

    Those come first of which the relaxation leaves most open.
    """
    least = [part.least for part in parts]
    for number in sorted(range(len(parts)), key=lambda n: -parts[n].doubt):
        left = min(seconds, deadline.left())
        if link.stopped() or left <= 0:
            return
        part, known = parts[number], link.best()
        most = np.inf if known is None else part.program.total(known[part.columns])
        found = least_whole(part.program, most, left, link.stopped, seed)
        if least[number] < found <= most:  # no bound is above what a solution costs
            least[number] = found
        yield rest + sum(least)


def least_whole(
    program: Program, most: float, seconds: float, stopped: Callable[[], bool], seed: int
) -> float:
    """What every whole solution of a part costs at least, as far as it is known in time.

    Where one is known that costs `most`, there is no more to prove than that.
    """
    highs = load(program, whole=True, seed=seed)
    highs.setOptionValue("time_limit", seconds)
    highs.setOptionValue("mip_abs_gap", _NEAR)
    highs.setOptionValue("mip_heuristic_effort", 0.0)
    highs.setOptionValue("mip_heuristic_run_feasibility_jump", False)

    def checked(event: Any) -> None:
        is_done = event.data_out.mip_dual_bound >= most - _NEAR
        event.interrupt(is_done or stopped())

    highs.cbMipInterrupt += checked
    highs.run()
    status, found = highs.getModelStatus(), float(highs.getInfo().mip_dual_bound)
    is_sound = status in _LIMITS or (
        status == highspy.HighsModelStatus.kOptimal and costs_what_it_claims(highs, program)
    )
    if not is_sound:  # also where it finds no solution: those of the whole are some of a part
        return -np.inf
    return found - _SURE - _SURE_SHARE * abs(found)
