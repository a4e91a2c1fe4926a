"""Why no roster exists: hard rules and pins that cannot all hold.

(`Model`, `Program`) -> the least that would have to give way, with the rules and people involved.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from scipy import sparse

from shiftplan.engines.search import minimise
from shiftplan.engines.task import Deadline, Limits, Outcome
from shiftplan.model import Model, Program
from shiftplan.result import ConflictMember

Array = np.ndarray[Any, Any]
_ROUNDS = 4


def find_conflict(
    model: Model, program: Program, limits: Limits
) -> tuple[ConflictMember, ...] | None:
    """Hard rules and pins that contradict each other, with the people and places concerned.

    Every hard row may be broken at a price of 1 a unit, and the breaches are minimised: their
    rules are one way out. Then these rules must hold and the others may be broken: the next way
    out names what they stand against, and so on. Soft rules stay out of it.

    Returns
    -------
    tuple or None
        Empty when it is proven that nothing has to give way; None when the limits ended the
        search before a way out was found and shown to be needed.
    """
    kind = np.full(program.num_rows, "", dtype=object)
    soft = np.zeros(program.num_rows, dtype=bool)
    for tag in model.tags:
        rows = slice(tag.first, tag.first + len(tag.who))
        if tag.rule is not None and tag.rule.hard:
            kind[rows] = tag.rule.rule
        soft[rows] = tag.rule is not None and not tag.rule.hard
    members: dict[ConflictMember, None] = {}
    held: set[str] = {""}
    deadline = Deadline(limits.seconds)
    for turn in range(_ROUNDS):
        loose = np.array([name not in held for name in kind])
        outcome = _least_broken(
            model, program, ~soft, loose, replace(limits, seconds=deadline.left(), gap=0.0)
        )
        if turn == 0 and outcome.ending == "proven" and outcome.cost == 0:
            return ()
        if turn == 0 and (outcome.values is None or not outcome.bound):
            return None
        if outcome.values is None:
            break
        broken = np.flatnonzero(loose)[outcome.values[program.num_columns :] > 0.5]
        members |= dict.fromkeys(_member(model, int(row)) for row in broken)
        held |= set(kind[broken])
        if limits.cancelled or deadline.left() <= 0:
            break
    for member in list(members):
        if member.rule == "pins":
            members |= dict.fromkeys(_forbidden_by(model, member))
    return tuple(members)


def _least_broken(
    model: Model, program: Program, kept: Array, loose: Array, limits: Limits
) -> Outcome:
    """Break as little as possible of the loose rows; only the kept rows count at all.

    The columns after those of the program are the amounts by which the loose rows are broken.
    """
    rows = np.flatnonzero(loose)
    slack = sparse.csr_array(
        (-np.ones(len(rows)), (rows, np.arange(len(rows)))), shape=(program.num_rows, len(rows))
    )
    width = program.num_columns
    elastic = replace(
        program,
        matrix=sparse.csr_array(sparse.hstack([program.matrix, slack], format="csr")[kept]),
        row_upper=program.row_upper[kept],
        upper=np.concatenate([program.upper, np.full(len(rows), 1e6)]),
        cost=np.concatenate([np.zeros(width), np.ones(len(rows))]),
        level_cost={},
        offset=0.0,
        level_offset={},
    )
    return minimise(elastic, model.layout(), limits, lambda _: None)


def _member(model: Model, row: int) -> ConflictMember:
    tag = next(t for t in reversed(model.tags) if t.first <= row)
    problem = model.arrays.problem
    who, where = int(tag.who[row - tag.first]), int(tag.where[row - tag.first])
    place = ""
    if where >= 0 and tag.place == "shift":
        place = problem.shifts[where].shift_id
    elif where >= 0 and tag.place == "day":
        place = problem.horizon.dates[where].isoformat()
    person = problem.volunteers[who].volunteer_id if who >= 0 else ""
    return ConflictMember("" if tag.rule is None else tag.rule.rule, person, place)


def _forbidden_by(model: Model, pin: ConflictMember) -> list[ConflictMember]:
    """The rules for which a pinned pair can never be."""
    arrays = model.arrays
    who, where = arrays.volunteer_index[pin.who], arrays.shift_index[pin.where]
    found = []
    for rule in arrays.problem.active_rules:
        forbidden = rule.forbid(arrays)
        if forbidden is not None and forbidden[who, where]:
            found.append(ConflictMember(rule.rule, pin.who, pin.where))
    return found
