"""Which requirements lack most.

`Case` -> `Requirement`s with empty seats, in order.
"""

from __future__ import annotations

from shiftplan.problem.records import Requirement
from shiftplan.scoring.case import Case


def lacking(case: Case) -> tuple[Requirement, ...]:
    """Requirements with an empty seat: what lacks most below its minimum first, then its target."""
    found = sorted(
        (-max(0, need.minimum - count), count - need.target, place)
        for place, need in enumerate(case.problem.requirements)
        if (count := case.coverage(need)) < need.target
    )
    return tuple(case.problem.requirements[place] for *_, place in found)
