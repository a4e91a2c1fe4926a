"""The rule on weeks that are alike: work as in the week before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from shiftplan.rules.base import PROMISE, Findings, Level
from shiftplan.rules.registry import rule
from shiftplan.rules.scope import Personal
from shiftplan.week.fields import WEEKDAYS

if TYPE_CHECKING:
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.week.records import Shift

__all__ = ["AsLastWeek"]


@rule(order=465)
class AsLastWeek(Personal):
    """People work on the weekdays, at the times and at the centers of their last week.

    The column `last_week` of `history` tells that week, and `new-week` fills it in. In a longer
    horizon each week is compared with it. The rule does not concern people without such a row.

    Amount: shifts unlike each one of the last week, for each person.
    """

    rule: Literal["as_last_week"] = "as_last_week"
    level: Level = 2
    """`hard`, or the number of the cost level: 1 comes before 2."""
    same: Literal["all", "time", "center", "day"] = "all"
    """What is the same as in a shift of the last week on this weekday: time of start and center,
    only one of them, or only the `day` itself."""
    topic = "Regular work"
    worth = PROMISE
    unit = "shifts"
    example = (
        "Weight 5, last_week mon 07:00 C12, and shifts on Monday at 07:00 and at 13:00: amount 1, "
        "cost 5."
    )

    def check(self, case: Case) -> Findings:
        for volunteer in case.members(self.group):
            history = case.history(volunteer)
            known = () if history is None else history.last_week
            for shift in case.worked(volunteer, self.which) if known else ():
                if not any(self._is_like(shift, start) for start in known):
                    yield self.violation(volunteer, shift, 1)

    def _is_like(self, shift: Shift, start: str) -> bool:
        """Whether a shift is the same as one that starts so."""
        weekday, time, center = start.split(" ", 2)
        hour, minute = time.split(":")
        if WEEKDAYS.index(weekday) != shift.day.weekday():
            return False
        if self.same in ("all", "time") and (shift.start.hour, shift.start.minute) != (
            int(hour),
            int(minute),
        ):
            return False
        return self.same in ("time", "day") or shift.center_id == center

    def post(self, model: Model) -> None:
        week, pairs = model.arrays.week, model.pairs
        of = {"all": (0, 1, 2), "time": (0, 1), "center": (0, 2), "day": (0,)}[self.same]
        told = [
            (WEEKDAYS[s.start.weekday()], s.start.strftime("%H:%M"), s.center_id)
            for s in week.shifts
        ]
        names = [tuple(one[i] for i in of) for one in told]
        other = np.zeros((model.arrays.num_volunteers, model.arrays.num_shifts), dtype=bool)
        for row in (row for row in week.history if row.last_week):
            known = {tuple(start.split(" ", 2)[i] for i in of) for start in row.last_week}
            person = model.arrays.volunteer_index[row.volunteer_id]
            other[person] = [name not in known for name in names]
        concerned = model.meant(self.which, self.group)
        unlike = np.flatnonzero(concerned & other[pairs.volunteer, pairs.shift])
        who, where = pairs.volunteer[unlike], pairs.shift[unlike]
        model.avoid(self, model.columns(unlike), who=who, where=where, place="shift")
