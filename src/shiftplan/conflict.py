"""Why no roster exists: hard rules and pins that cannot all hold.

(`Model`, `Program`) -> the least that would have to give way, with the rules and people involved.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from scipy import sparse

from shiftplan.model import Model, Program, RowTag
from shiftplan.result import ConflictMember

_SECONDS = 20.0


def find_conflict(model: Model, program: Program) -> tuple[ConflictMember, ...]:
    """Hard rows that must give way so that a roster exists, and the pins they touch.

    Every hard row may be broken at a price of 1 a unit, and the breaches are minimised. The
    result is empty when nothing has to give way: then the program is feasible after all.
    """
    from shiftplan.engines.search import Limits, minimise

    rows = [tag.first + np.arange(len(tag.who)) for tag in model.tags if tag.rule and tag.rule.hard]
    loose = np.concatenate([*rows, np.zeros(0, dtype=np.int64)])
    slack = sparse.csr_array(
        (-np.ones(len(loose)), (loose, np.arange(len(loose)))), shape=(program.num_rows, len(loose))
    )
    width = program.num_columns
    room = np.full(len(loose), 1e6)
    elastic = replace(
        program,
        matrix=sparse.csr_array(sparse.hstack([program.matrix, slack])),
        upper=np.concatenate([program.upper, room]),
        cost=np.concatenate([np.zeros(width), np.ones(len(loose))]),
        level_cost={},
        offset=0.0,
        level_offset={},
    )
    outcome = minimise(elastic, model.layout(), Limits(seconds=_SECONDS), lambda _: None)
    if outcome.values is None:
        return ()
    broken = loose[outcome.values[width:] > 0.5]
    members = [_member(model, int(row)) for row in broken]
    return tuple(dict.fromkeys([*members, *_pins_near(model, members)]))


def _member(model: Model, row: int) -> ConflictMember:
    tag: RowTag = next(t for t in reversed(model.tags) if t.first <= row)
    assert tag.rule is not None
    problem = model.arrays.problem
    who, where = int(tag.who[row - tag.first]), int(tag.where[row - tag.first])
    places: dict[str, Any] = {
        "shift": lambda: problem.shifts[where].shift_id,
        "day": lambda: problem.horizon.dates[where].isoformat(),
        "center": lambda: problem.centers[where].center_id,
    }
    return ConflictMember(
        tag.rule.rule,
        problem.volunteers[who].volunteer_id if who >= 0 else "",
        places[tag.place]() if where >= 0 and tag.place in places else "",
    )


def _pins_near(model: Model, members: list[ConflictMember]) -> list[ConflictMember]:
    """Pins that say `must` of the people or shifts concerned."""
    people = {m.who for m in members if m.who}
    shifts = {m.where for m in members if not m.who}
    return [
        ConflictMember("pins", pin.volunteer_id, pin.shift_id)
        for pin in model.arrays.problem.pins
        if pin.state == "must" and (pin.volunteer_id in people or pin.shift_id in shifts)
    ]
