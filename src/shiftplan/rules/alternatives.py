"""Alternative shifts, of which one is held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from shiftplan.errors.message import AtShift
from shiftplan.rules.base import DECISION, Findings, Forbidding
from shiftplan.rules.held import first_of, with_people

if TYPE_CHECKING:
    from shiftplan.case.case import Case
    from shiftplan.model import Model

__all__ = ["OneAlternative"]


class OneAlternative(Forbidding):
    """Of the shifts that share a name in the column `alternative`, at most one has people.

    It is the one that is held. Where none has people, the earliest is held; of those that start
    together, the first id. For every rule about seats, those of the others count as filled. A shift
    that is cancelled later is no alternative any more.

    Amount: shifts with people beyond one, for each name.
    """

    rule: Literal["one_alternative"] = "one_alternative"
    worth = DECISION
    unit = "shifts"
    example = "A talk on Monday or Tuesday, with a person on each: amount 1."

    def check(self, case: Case) -> Findings:
        for first, group in {ids[0]: ids for ids in case.week.alternatives.values()}.items():
            held = [shift for shift in group if case.people_in[shift]]
            if len(held) > 1:
                name = case.shifts[first].alternative
                yield self.violation("", AtShift(first), len(held) - 1, count=len(held), name=name)

    def post(self, model: Model) -> None:
        first = first_of(model.arrays)
        where = np.unique(first[first >= 0])
        if len(where):
            of_group = with_people(model).sum_by(first, model.arrays.num_shifts)
            model.at_most(self, of_group.take(where), 1, where=where, place="shift")
