"""Which requirements lack most.

`Case` -> `Requirement`s with empty seats, in order.
"""

from __future__ import annotations

from shiftplan.case.case import Case
from shiftplan.week.records import Requirement


def lacking(case: Case) -> tuple[Requirement, ...]:
    """Requirements with an empty seat: what lacks most below its minimum first, then its target.

    Seats count with the priority of their center, as they do in what they cost.
    """
    priority = {c.center_id: c.priority for c in case.problem.centers}
    found = []
    for place, need in enumerate(case.problem.requirements):
        count = case.coverage(need)
        if count < need.target:
            weight = priority[case.shifts[need.shift_id].center_id]
            below, empty = max(0, need.minimum - count), need.target - count
            found.append((-below * weight, -empty * weight, place))
    return tuple(case.problem.requirements[place] for *_, place in sorted(found))
