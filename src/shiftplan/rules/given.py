"""What is given: known ids, windows of availability, pins, and the roster that was published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any, Literal

import numpy as np

from shiftplan.errors.message import AtShift, Message
from shiftplan.rules.base import (
    DECISION,
    PROMISE,
    Findings,
    Forbidding,
    Level,
    Priced,
    Rule,
    Weight,
    in_value,
)
from shiftplan.rules.registry import rule
from shiftplan.rules.scope import Scoped
from shiftplan.week.fields import Count
from shiftplan.week.scope import Which

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array, Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model

__all__ = ["Available", "Input", "NotOccupied", "Pins", "Stability"]


class Input(Forbidding):
    """A roster names only known shifts and volunteers, and nobody twice in one shift.

    Amount: assignments that are unknown or repeated.
    """

    rule: Literal["input"] = "input"
    worth = None
    unit = "assignments"

    def check(self, case: Case) -> Findings:
        for shift, who in case.unknown:
            yield self.violation(who, AtShift(shift), 1, "rules.input_unknown")
        for shift, who in case.repeated:
            yield self.violation(who, AtShift(shift), 1, "rules.input_repeated")


@rule(order=95)
class Available(Priced):
    """Nobody works more than `max_minutes` minutes of a shift outside the time they offered.

    It holds in every week, and without a row nobody works a minute outside. A soft row has a price
    for each minute outside, up to `max_minutes`; a shift that lies farther outside than every soft
    row allows stays impossible. Nobody works while absent, nor a shift that they declined, whatever
    the rows allow.

    Amount: shifts that lie more than `max_minutes` outside all windows; of a soft row, shifts with
    minutes that have a price. Cost: weight for each minute outside, up to `max_minutes` of a shift.

    Several soft rows add up: with one of `max_minutes` 30 and one of 60, the first half hour costs
    both weights, the second only the other one's.
    """

    rule: Literal["available"] = "available"
    max_minutes: Annotated[Count, in_value("max_minutes")] = 0
    """Most minutes of a shift outside the windows."""
    sees = "part"
    topic = "What a person can do"
    worth = PROMISE
    unit = "shifts"
    example = (
        "Offered until 11:00, a shift from 07:00 to 11:30: amount 1. With max_minutes 60 at level "
        "2, weight 1: cost 30."
    )

    @staticmethod
    def instead_of(level: object) -> str | Message:
        """Nothing: without a row this rule holds all the more."""
        return ""

    def check(self, case: Case) -> Findings:
        for volunteer in case.week.volunteers:
            for shift in case.worked(volunteer):
                if case.offers.state_inside(volunteer, shift) is not None:
                    continue
                outside = case.minutes_outside(volunteer, shift)
                priced = 0 if self.hard else min(outside, self.max_minutes)
                if priced or (self.hard and outside > self.max_minutes):
                    code = "rules.available" + "_minutes" * (self.max_minutes > 0)
                    cost = self.price(priced)
                    yield self.violation(volunteer, shift, 1, code, cost, minutes=outside)

    def forbid(self, arrays: Arrays) -> Array | None:
        if not self.hard:
            return None  # `windows_that_hold` has what holds even so
        is_outside = arrays.state_inside < 0
        if self.max_minutes:
            is_outside = is_outside & (arrays.outside > self.max_minutes)
        return np.asarray(is_outside[:, arrays.span])

    def post(self, model: Model) -> None:
        if self.hard:
            return  # what it forbids is not in the model
        arrays = model.arrays
        who, span = model.pairs.volunteer, arrays.span[model.pairs.shift]
        outside = np.where(arrays.state_inside[who, span] < 0, arrays.outside[who, span], 0)
        model.price_pairs(self, float(self.weight) * np.minimum(outside, self.max_minutes))


def windows_that_hold(rules: Iterable[Rule]) -> tuple[Available, ...]:
    """What holds of windows beside the rows of a week: nothing outside where there is none.

    Soft rows price minutes outside; so many as the most generous of them allows must hold.
    """
    rows = [rule for rule in rules if isinstance(rule, Available)]
    soft = [rule.max_minutes for rule in rows if not rule.hard]
    return () if rows and not soft else (Available(max_minutes=max(soft, default=0)),)


class NotOccupied(Forbidding):
    """Nobody works a shift at a time at which the table `occupied` has something else for them.

    Amount: shifts that share time with what occupies the person.
    """

    rule: Literal["occupied"] = "occupied"
    worth = PROMISE
    unit = "shifts"

    def check(self, case: Case) -> Findings:
        for volunteer in case.week.volunteers:
            for shift in case.worked(volunteer):
                for row in case.offers.occupying(volunteer, shift)[:1]:
                    code = "rules.occupied_by" if row.what else "rules.occupied"
                    facts: dict[str, Any] = {"what": row.what, "when": row.when}
                    yield self.violation(volunteer, shift, 1, code, **facts)

    def forbid(self, arrays: Arrays) -> Array | None:
        return arrays.occupied[:, arrays.span] if arrays.week.occupied else None


class Pins(Forbidding):
    """Pins are kept: whoever must work a shift does, and whoever must not does not.

    Amount: pins that are not kept.
    """

    rule: Literal["pins"] = "pins"
    worth = DECISION
    unit = "pins"

    def check(self, case: Case) -> Findings:
        for pin in case.week.pins:
            who = pin.volunteer_id
            works = any(v.volunteer_id == who for v in case.people_in[pin.shift_id])
            if works == (pin.state == "must_not"):
                yield self.violation(who, AtShift(pin.shift_id), 1, f"rules.pins_{pin.state}")

    def forbid(self, arrays: Arrays) -> Array:
        pins = [pin for pin in arrays.week.pins if pin.state == "must_not"]
        forbidden = np.zeros((arrays.num_volunteers, arrays.num_shifts), dtype=bool)
        forbidden[arrays.who(pins), arrays.where(pins)] = True
        return forbidden

    def post(self, model: Model) -> None:
        arrays = model.arrays
        pins = [pin for pin in arrays.week.pins if pin.state == "must"]
        if not pins:
            return
        who, where = arrays.who(pins), arrays.where(pins)
        pin_of = np.full((arrays.num_volunteers, arrays.num_shifts), -1)
        pin_of[who, where] = np.arange(len(pins))
        works = model.sum_pairs(pin_of[model.pairs.volunteer, model.pairs.shift], len(pins))
        model.at_least(self, works, 1, who=who, where=where, place="shift")


class _PerChange(Priced):
    weight: Weight = 100
    """Cost of a change; a hard rule ignores it."""
    told_weight: Weight = 100
    """Further cost of taking away a shift of which the person has been told; a hard rule ignores
    it."""


@rule(order=480)
class Stability(Scoped, _PerChange):
    """Whoever has a shift in the published roster keeps it, and nobody gets another one.

    A shift taken away and a shift added are a change each, so that whoever moves from one shift to
    another has two. Without the table `published` the rule says nothing.

    Amount: changes. Cost: weight for each, and told_weight more for a shift taken away from
    somebody who has been told.

    Several rows add up: one for all days, one more for the next days, on which a change is worse,
    and a hard one for the days that are frozen.
    """

    rule: Literal["stability"] = "stability"
    level: Level = 2
    """`hard`, or the number of the cost level: 1 comes before 2."""
    first_day: dt.date | None = None
    """First date concerned; blank for no first date."""
    last_day: dt.date | None = None
    """Last date concerned; blank for no last date."""
    sees = "part"
    topic = "What was published"
    worth = PROMISE
    unit = "changes"
    example = (
        "Weights 100 and 100: An falls ill and Bình comes instead: 100 for Bình, and 200 for An, "
        "unless An's assignment is no longer in the table `published`."
    )

    def check(self, case: Case) -> Findings:
        if not case.is_published:
            return
        told = {(p.volunteer_id, p.shift_id): p.told for p in case.week.published}
        worked = {(v.volunteer_id, s) for s, people in case.people_in.items() for v in people}
        members = {volunteer.volunteer_id for volunteer in case.members(self.group)}
        for who, where in sorted(worked ^ told.keys()):
            shift, is_new = case.shifts[where], (who, where) in worked
            if not case.is_meant(shift, self.which) or who not in members:
                continue
            cost = self.weight + (0 if is_new or not told[who, where] else self.told_weight)
            code = "rules.stability_new" if is_new else "rules.stability_taken"
            yield self.violation(who, shift, 1, code, 0 if self.hard else cost)

    def concerns_all(self, first: dt.date, last: dt.date) -> bool:
        """Whether all changes from one date to another count."""
        days = Which(first_day=self.first_day, last_day=self.last_day)
        is_limited = self.group or self.which != days
        return not is_limited and days.has_day(first) and days.has_day(last)

    def forbid(self, arrays: Arrays) -> Array | None:
        published = arrays.week.published
        if not self.hard or not published:
            return None
        forbidden = np.zeros((arrays.num_volunteers, arrays.num_shifts), dtype=bool)
        forbidden[np.ix_(arrays.in_group(self.group), arrays.in_set(self.which))] = True
        forbidden[arrays.who(published), arrays.where(published)] = False
        return forbidden

    def post(self, model: Model) -> None:
        arrays = model.arrays
        if not arrays.week.published:
            return
        rows = list(arrays.week.published)
        who, where = arrays.who(rows), arrays.where(rows)
        kept = arrays.in_group(self.group)[who] & arrays.in_set(self.which)[where]
        rows = [row for row, is_kept in zip(rows, kept, strict=True) if is_kept]
        who, where = who[kept], where[kept]
        number = np.full((arrays.num_volunteers, arrays.num_shifts), -1)
        number[who, where] = np.arange(len(rows))
        key = number[model.pairs.volunteer, model.pairs.shift]
        taken = model.sum_pairs(key, len(rows)).complement()
        price = self.weight + np.array([self.told_weight if p.told else 0 for p in rows])
        model.avoid(self, taken, who=who, where=where, place="shift", weight=price)
        if self.hard:
            return  # new pairs are forbidden by themselves
        new = np.flatnonzero((key < 0) & model.meant(self.which, self.group))
        model.avoid(self, model.columns(new))
