"""Rules about the part of a team, or of all work, that a group of people does."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

import numpy as np

from shiftplan.errors.message import AtShift, CenterDay, Place
from shiftplan.rules.base import Findings, Priced, in_value
from shiftplan.rules.registry import rule
from shiftplan.rules.scope import OfShifts
from shiftplan.week.fields import SomeNames

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array, Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model, Where
    from shiftplan.week.records import Shift

__all__ = ["MaxGroupShare", "MinGroupShare"]


class _GroupShare(OfShifts, Priced):
    """A limit, the rule's parameter, on the part of people that a group has in each team."""

    group: SomeNames
    """People whose share is limited, all together: names of groups, volunteer ids, skills such as
    `portal:2`, home centers or areas of them."""
    per: Literal["shift", "center_day", "horizon"] = "shift"
    """Of what it is a share: the team of each shift, all assignments of a center on a date, or all
    assignments of the horizon."""
    topic = "Who works with whom"
    unit = "assignments"
    _least: ClassVar[bool] = False

    # ---- on values

    def _place(self, shift: Shift) -> Place | None:
        """Of what a shift is a part."""
        if self.per == "shift":
            return AtShift(shift.shift_id)
        return CenterDay(shift.center_id, shift.day) if self.per == "center_day" else None

    def check(self, case: Case) -> Findings:
        members = {volunteer.volunteer_id for volunteer in case.members(self.group)}
        total: Counter[Place | None] = Counter()
        of_group: Counter[Place | None] = Counter()
        for shift in case.meant(self.which):
            people, place = case.people_in[shift.shift_id], self._place(shift)
            total[place] += len(people)
            of_group[place] += sum(v.volunteer_id in members for v in people)
        for place, people_in_all in total.items():
            count, share = of_group[place], self.parameter * people_in_all
            limit = -(-share // 100) if self._least else share // 100
            beyond = limit - count if self._least else count - limit
            if beyond > 0:
                code = f"rules.{self.rule}" + ("" if place is None else "_in")
                facts: dict[str, Any] = {"count": count, "all": people_in_all, "group": self.group}
                yield self.violation("", place, beyond, code, percent=self.parameter, **facts)

    # ---- on the model

    def post(self, model: Model) -> None:
        arrays, pairs = model.arrays, model.pairs
        day = pairs.center * arrays.num_days + pairs.day
        keys: dict[str, tuple[Array, int, Where]] = {
            "shift": (pairs.shift, arrays.num_shifts, "shift"),
            "center_day": (day, arrays.num_centers * arrays.num_days, "center_day"),
            "horizon": (np.zeros(len(pairs), dtype=np.int64), 1, ""),
        }
        key, size, place = keys[self.per]
        key = np.where(model.meant(self.which), key, -1)
        # In parts of a person that are whole numbers: such as thirds, or hundredths.
        common = math.gcd(self.parameter, 100)
        part, person = self.parameter // common, 100 // common
        sign = 1 if self._least else -1
        of_group = arrays.in_group(self.group)[pairs.volunteer]
        beyond = model.sum_pairs(key, size, sign * (part - person * of_group))
        most = model.greatest(beyond)
        live = np.flatnonzero(most > 0)
        beyond, where = beyond.take(live), live if place else np.full(len(live), -1)
        if self.hard:
            model.at_most(self, beyond, 0, where=where, place=place)
            return
        people = model.columns(model.new_columns(len(live), np.ceil(most[live] / person)))
        model.define_at_most(beyond - people * person, 0)
        model.avoid(self, people, where=where, place=place)

    def helpers(self, arrays: Arrays) -> Array:
        of_group = arrays.in_group(self.group)
        concerned = of_group if self._least else ~of_group
        return np.asarray(concerned[:, None] & arrays.in_set(self.which)[None, :])


@rule(order=322)
class MinGroupShare(_GroupShare):
    """At least `min_percent` percent of each team are people of a group.

    With `per`, of all assignments of a center on a date, or of the horizon. An empty team is fine.

    Amount: assignments of the group below `min_percent` percent of all, rounded up.
    """

    rule: Literal["min_group_share"] = "min_group_share"
    min_percent: Annotated[int, in_value("min_percent", ge=1, le=100)]
    """Smallest part of the group, in percent, 1 to 100."""
    example = "min_percent 33, a team of four with one of the group: 1.32, so two: amount 1."
    _least: ClassVar[bool] = True


@rule(order=324)
class MaxGroupShare(_GroupShare):
    """At most `max_percent` percent of each team are people of a group.

    With `per`, of all assignments of a center on a date, or of the horizon.

    Amount: assignments of the group beyond `max_percent` percent of all, rounded down.
    """

    rule: Literal["max_group_share"] = "max_group_share"
    max_percent: Annotated[int, in_value("max_percent", ge=0, le=99)]
    """Largest part of the group, in percent, 0 to 99."""
    example = "max_percent 50, a team of five with four of the group: 2.5, so two: amount 2."
