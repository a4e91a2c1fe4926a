"""Why no roster exists: hard rules and pins that cannot all hold.

(`Model`, `Program`) -> the least that would have to give way, with the rules and people involved.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from scipy import sparse

from shiftplan.engines.search import Limits, minimise
from shiftplan.model import Model, Program
from shiftplan.result import ConflictMember

Array = np.ndarray[Any, Any]
_ROUND_SECONDS = 10.0
_ROUNDS = 4


def find_conflict(model: Model, program: Program) -> tuple[ConflictMember, ...]:
    """Hard rules and pins that contradict each other, with the people and places concerned.

    Every hard row may be broken at a price of 1 a unit, and the breaches are minimised: their
    rules are one way out. Then these rules must hold and the others may be broken: the next way
    out names what they stand against, and so on. Empty when nothing has to give way.
    """
    kind = np.full(program.num_rows, "", dtype=object)
    for tag in model.tags:
        if tag.rule is not None and tag.rule.hard:
            kind[tag.first : tag.first + len(tag.who)] = tag.rule.rule
    members: dict[ConflictMember, None] = {}
    held: set[str] = {""}
    for _ in range(_ROUNDS):
        loose = np.flatnonzero([name not in held for name in kind])
        broken = _least_broken(model, program, loose)
        if not len(broken):
            break
        members |= dict.fromkeys(_member(model, int(row)) for row in broken)
        held |= set(kind[broken])
    for member in list(members):
        if member.rule == "pins":
            members |= dict.fromkeys(_forbidden_by(model, member))
    return tuple(members)


def _least_broken(model: Model, program: Program, loose: Array) -> Array:
    """Rows among `loose` that are broken when as little as possible is; empty when none helps."""
    if not len(loose):
        return loose
    slack = sparse.csr_array(
        (-np.ones(len(loose)), (loose, np.arange(len(loose)))), shape=(program.num_rows, len(loose))
    )
    width = program.num_columns
    elastic = replace(
        program,
        matrix=sparse.csr_array(sparse.hstack([program.matrix, slack])),
        upper=np.concatenate([program.upper, np.full(len(loose), 1e6)]),
        cost=np.concatenate([np.zeros(width), np.ones(len(loose))]),
        level_cost={},
        offset=0.0,
        level_offset={},
    )
    limits = Limits(seconds=_ROUND_SECONDS)
    outcome = minimise(elastic, model.layout(), limits, lambda _: None)
    if outcome.values is None:
        return loose[:0]
    return loose[outcome.values[width:] > 0.5]


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
