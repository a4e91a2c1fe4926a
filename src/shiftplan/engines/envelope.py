"""Rows that make the relaxation of small teams tight: all that is priced about one, at once.

`Program` -> the same with further rows, which every solution keeps. Each rule about a small team
has a relaxation that is tight for itself, but not together with others: half of everybody pays for
no pair who must not meet. Of a block of few pairs and the columns that hang on nothing else, the
costs of all patterns of works are known. No relaxation of it is tighter than their lower convex
envelope; where a solution of the relaxation lies below that, its facet there joins as a row
(Balas, Projection and lifting in combinatorial optimization, 2001).
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import NamedTuple

import highspy
import numpy as np
from scipy import sparse

from shiftplan.engines.highs import Follow, load
from shiftplan.engines.task import EPS, Array, Deadline
from shiftplan.model import Program, tied


class _Block(NamedTuple):
    """A few pairs and what they cost together."""

    pairs: Array
    """Columns of the pairs, int."""
    others: Array
    """Columns whose cost they decide, int."""


class _Envelope(NamedTuple):
    """The costs of a block, pattern by pattern."""

    block: _Block
    patterns: Array
    """Works of each pattern, float (patterns, pairs)."""
    costs: Array
    """Cost of each, float (patterns,)."""


def tightened(
    program: Program,
    most_pairs: int,
    rounds: int,
    seconds: float,
    stopped: Callable[[], bool] = lambda: False,
) -> Program:
    """The program with rows that follow from blocks of up to `most_pairs` pairs.

    They keep every solution of the program. Rows are looked for in so many rounds at most, none of
    which begins after `seconds`, or once `stopped`.
    """
    deadline, core = Deadline(seconds), program.core()
    follow = Follow(core)
    envelopes = _envelopes(core, follow, _blocks(core, follow, most_pairs))
    for _ in range(rounds if envelopes else 0):
        if stopped() or deadline.left() <= 0:
            break
        values = _relaxed(program, deadline.left())
        if values is None:
            break
        rows = [row for each in envelopes if (row := _facet(program, each, values)) is not None]
        if not rows:
            break
        more = sparse.csr_array(sparse.vstack([row for row, _ in rows]))
        upper = np.array([bound for _, bound in rows])
        program = program.with_rows(more, upper, implied=True)
    return program


def _blocks(program: Program, follow: Follow, most_pairs: int) -> list[_Block]:
    """Blocks without a common pair, each of what several kinds of columns are tied to."""
    pairs = program.num_pairs
    _, part, parts = tied(follow.others)
    by_column = program.matrix.tocsc()
    unsure = follow.unsure()
    concerned: list[set[int]] = [set() for _ in range(parts)]
    matrix = program.matrix
    is_good = np.ones(parts, dtype=bool)
    is_good[part[unsure]] = False
    for column, number in enumerate(part.tolist()):
        if not is_good[number] or len(concerned[number]) > most_pairs:
            continue
        start, end = by_column.indptr[pairs + column : pairs + column + 2]
        for row in by_column.indices[start:end].tolist():
            entries = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
            concerned[number] |= {*entries[entries < pairs].tolist()}
    small = [i for i in range(parts) if is_good[i] and 0 < len(concerned[i]) <= most_pairs]
    small.sort(key=lambda i: (-len(concerned[i]), i))
    taken: set[int] = set()
    found: list[_Block] = []
    for number in small:
        whole = concerned[number]
        if whole & taken:
            continue
        inside = [i for i in small if concerned[i] <= whole]
        if len(inside) > 1:
            taken |= whole
            others = pairs + np.flatnonzero(np.isin(part, inside))
            found.append(_Block(np.array(sorted(whole)), others))
    return found


def _envelopes(program: Program, follow: Follow, blocks: list[_Block]) -> list[_Envelope]:
    """What each block costs at least, pattern by pattern."""
    if not blocks:
        return []
    pairs = program.num_pairs
    most = max(len(block.pairs) for block in blocks)
    cost: list[list[float]] = [[] for _ in blocks]
    patterns = np.array(list(product((0.0, 1.0), repeat=most)))
    for pattern in patterns:
        works = np.zeros(program.num_columns)
        for block in blocks:
            works[block.pairs] = pattern[: len(block.pairs)]
        others = follow.fill(program.matrix @ works)
        for number, block in enumerate(blocks):
            cost[number].append(float(program.cost[block.others] @ others[block.others - pairs]))
    found = []
    for block, each in zip(blocks, cost, strict=True):
        own, first = np.unique(patterns[:, : len(block.pairs)], axis=0, return_index=True)
        found.append(_Envelope(block, own, np.array(each)[first]))
    return found


def _relaxed(program: Program, seconds: float) -> Array | None:
    """Values of the relaxation; None where time was too short."""
    if seconds <= 0:
        return None
    highs = load(program, whole=False, seed=0)
    if np.isfinite(seconds):
        highs.setOptionValue("time_limit", seconds)
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return np.array(highs.getSolution().col_value)


def _facet(
    program: Program, envelope: _Envelope, values: Array
) -> tuple[sparse.csr_array, float] | None:
    """A row that the envelope keeps and values break, in whole numbers; None where they keep it."""
    block, patterns, costs = envelope
    at, paid = np.clip(values[block.pairs], 0, 1), program.cost[block.others]
    # The cheapest mixture of patterns that comes to these works; its duals are the facet.
    sums = np.vstack([patterns.T, np.ones(len(patterns))])
    right = np.append(at, 1.0)
    mixture = Program.part(
        sparse.csr_array(np.vstack([sums, -sums])),
        np.concatenate([right + EPS, EPS - right]),
        np.ones(len(patterns)),
        cost=costs,
    )
    highs = load(mixture, whole=False, seed=0)
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    dual = np.array(highs.getSolution().row_dual)
    slope = np.round(dual[: len(at)] - dual[len(right) : len(right) + len(at)])
    least = np.floor((costs - patterns @ slope).min())
    if least + slope @ at <= paid @ values[block.others] + 1.0:
        return None
    columns = np.concatenate([block.pairs, block.others])
    entries = np.concatenate([slope, -paid])
    row = sparse.csr_array(
        (entries, (np.zeros(len(columns), dtype=int), columns)), shape=(1, program.num_columns)
    )
    return row, -least
