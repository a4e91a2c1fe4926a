"""A contradiction looked at again, from the week itself and with another solver.

(`Problem`, `Grounds`, `Contradiction`) -> whether a week of nothing but its members says the same.
"""

from __future__ import annotations

import numpy as np

from shiftplan.engines.task import Deadline, Limits
from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.solving.conflict.grounds import Grounds, only
from shiftplan.solving.conflict.holding import Holding, OutOfTimeError
from shiftplan.solving.conflict.search import Contradiction
from shiftplan.solving.judge import disagreement


def is_confirmed(
    problem: Problem,
    grounds: Grounds,
    found: Contradiction,
    deadline: Deadline,
    limits: Limits,
) -> bool:
    """Whether the week with nothing but the members says the same; False without time for it.

    The rules of the members are posted anew; whatever else keeps people away is given up. CP-SAT
    finds no roster, and what was to show that each member is needed does.

    Raises
    ------
    ModelError
        If one of the two is not so; the problem is saved for a report.
    """
    arrays = grounds.model.arrays
    whole = arrays.num_volunteers * arrays.num_shifts <= limits.params.conflict.whole_pairs
    alone = only(arrays, grounds, found.members, whole=whole)
    holding = Holding(alone, deadline, limits)
    number = {member: i for i, member in enumerate(alone.members)}
    kept = np.array([number[member] for member in found.members], dtype=np.int64)
    column = alone.model.pairs.table()
    try:
        agrees = holding.confirm_impossible(kept)
        for member, pairs in (found.shown or {}).items():
            works = np.zeros(len(alone.model.pairs))
            works[column[pairs[:, 0], pairs[:, 1]]] = 1
            agrees = agrees and holding.keeps(works, kept[kept != number[member]])
    except OutOfTimeError:
        return False
    if not agrees:
        kinds = sorted({grounds.rules[member.rule].rule for member in found.members})
        what = Message("model.second_finds_roster", rules=kinds)
        raise disagreement(problem, what, None, between="model.highs_and_cpsat")
    return True


def is_impossible(grounds: Grounds, deadline: Deadline, limits: Limits) -> bool | None:
    """Whether CP-SAT finds that not all members can hold together; None if it is not known."""
    in_a_second = limits.params.conflict.entries_a_second
    if grounds.program.matrix.nnz > deadline.left() * in_a_second:
        return None
    holding = Holding(grounds, deadline, limits)
    try:
        return holding.confirm_impossible(np.arange(len(grounds.members)))
    except OutOfTimeError:
        return None
