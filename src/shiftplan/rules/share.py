"""Rules about each person's share of the work, and what people wish."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np

from shiftplan.arrays import PREFERRED, UNDESIRED
from shiftplan.rules.base import Names, Priced, SoftRule, Violation, Weight, rnd

if TYPE_CHECKING:
    from shiftplan.case import Case
    from shiftplan.model import Model


class MaxShifts(Priced):
    """Nobody works more shifts than their own max_shifts.

    Amount: shifts beyond the person's max_shifts.
    """

    rule: Literal["max_shifts"] = "max_shifts"
    unit: ClassVar[str] = "shifts"
    example: ClassVar[str] = "max_shifts 3, five shifts in the horizon: amount 2."

    def check(self, case: Case) -> Iterator[Violation]:
        for volunteer in case.problem.volunteers:
            count, limit = len(case.worked(volunteer)), volunteer.max_shifts
            if limit is not None and count > limit:
                who = volunteer.volunteer_id
                text = f"{who} works {count} shifts, at most {limit} are allowed"
                yield self.violation(who, "", count - limit, text)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        shifts = model.sum_pairs(model.pair_volunteer, arrays.num_volunteers)
        if self.hard:
            model.most_shifts = np.minimum(model.most_shifts, arrays.max_shifts)
        model.at_most(self, shifts, arrays.max_shifts, who=np.arange(arrays.num_volunteers))


class MinShifts(SoftRule):
    """Who asked for a few shifts at least and offered that many gets them.

    Amount: shifts below the smaller of the person's min_shifts and what the person offered.
    """

    rule: Literal["min_shifts"] = "min_shifts"
    unit: ClassVar[str] = "shifts"
    example: ClassVar[str] = "Weight 40, min_shifts 2, five shifts offered, none given: cost 80."

    def check(self, case: Case) -> Iterator[Violation]:
        for volunteer in case.problem.volunteers:
            if volunteer.min_shifts == 0:
                continue
            due = min(volunteer.min_shifts, case.offered(volunteer))
            lacking = due - len(case.worked(volunteer))
            if lacking > 0:
                who = volunteer.volunteer_id
                text = f"{who} gets {due - lacking} shifts, {due} are due"
                yield self.violation(who, "", lacking, text)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        asked = np.array([v.min_shifts for v in arrays.problem.volunteers], dtype=np.int64)
        shifts = model.sum_pairs(model.pair_volunteer, arrays.num_volunteers)
        due = np.minimum(asked, arrays.offered)
        model.at_least(self, shifts, due, who=np.arange(arrays.num_volunteers))


class Fairness(SoftRule):
    """Work is shared in proportion to the time people offer, weeks before included.

    Amount: shifts of a person. Cost: with q shifts offered and w worked, history included, the
    person's i-th shift costs rnd(weight x (2 (w + i) - 1) / q): the growth of the squared load.
    """

    rule: Literal["fairness"] = "fairness"
    weight: Weight = 50
    """Cost of the first shift of a person who offered one shift and has no history."""
    unit: ClassVar[str] = "shifts"
    example: ClassVar[str] = (
        "Weight 50, 12 offered before and 4 now (q = 16), 9 worked before: the first shift costs "
        "rnd(50 x 19 / 16) = 59, the second rnd(50 x 21 / 16) = 66."
    )

    def check(self, case: Case) -> Iterator[Violation]:
        for volunteer in case.problem.volunteers:
            count = len(case.worked(volunteer))
            history = case.history(volunteer)
            before = 0.0 if history is None else history.shifts_worked
            offered = 0.0 if history is None else history.shifts_offered
            if count == 0:
                continue
            q = offered + case.offered(volunteer)
            if q <= 0:
                continue
            cost = sum(rnd(self.weight * (2 * (before + i) - 1) / q) for i in range(1, count + 1))
            who = volunteer.volunteer_id
            text = f"{who}: {before + count:g} shifts of {q:g} offered, earlier weeks included"
            yield self.violation(who, "", count, text, cost)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        before, q = np.zeros(arrays.num_volunteers), arrays.offered.astype(float)
        for history in arrays.problem.history:
            who = arrays.volunteer_index[history.volunteer_id]
            before[who] = history.shifts_worked
            q[who] = history.shifts_offered + arrays.offered[who]
        most = np.where(q > 0, model.most_shifts, 0)
        owner = np.repeat(np.arange(arrays.num_volunteers), most)
        nth = np.arange(len(owner)) - np.repeat(np.cumsum(most) - most, most) + 1
        costs = np.floor(self.weight * (2 * (before[owner] + nth) - 1) / q[owner] + 0.5)
        key = np.where(q > 0, np.arange(arrays.num_volunteers), -1)[model.pair_volunteer]
        shifts = model.sum_pairs(key, arrays.num_volunteers)
        model.steps(self, shifts, 0, most, costs, who=np.arange(arrays.num_volunteers))


class Wish(SoftRule):
    """Shifts in undesired windows cost, shifts in plainly available ones a fifth of it.

    Amount: shifts that cost anything. Cost: weight in an undesired window, rnd(weight / 5) in an
    available one, 0 in a preferred one.
    """

    rule: Literal["wish"] = "wish"
    weight: Weight = 10
    """Cost of a shift in an undesired window."""
    unit: ClassVar[str] = "shifts"
    example: ClassVar[str] = "Weight 10: undesired 10, available 2, preferred 0."

    def check(self, case: Case) -> Iterator[Violation]:
        for volunteer in case.problem.volunteers:
            for shift in case.worked(volunteer):
                state = case.state(volunteer, shift)
                factor = {"undesired": 1.0, "available": 0.2}.get(state or "", 0.0)
                cost = rnd(factor * self.weight)
                if cost > 0:
                    who, where = volunteer.volunteer_id, shift.shift_id
                    yield self.violation(who, where, 1, f"{who} in {where}: {state}", cost)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        state = arrays.state[model.pair_volunteer, arrays.span[model.pair_shift]]
        factor = np.where(state == UNDESIRED, 1.0, np.where(state == PREFERRED, 0.0, 0.2))
        model.price_pairs(self, np.floor(factor * self.weight + 0.5))


class FullDay(Priced):
    """Nobody works more than one shift on a date.

    Amount: dates with more than one shift, for each person.
    """

    rule: Literal["full_day"] = "full_day"
    unit: ClassVar[str] = "days"
    example: ClassVar[str] = "Weight 5, morning and afternoon on two dates: cost 10."

    def check(self, case: Case) -> Iterator[Violation]:
        for volunteer in case.problem.volunteers:
            per_day = Counter(s.day for s in case.worked(volunteer))
            for day, count in sorted(per_day.items()):
                if count > 1:
                    who = volunteer.volunteer_id
                    text = f"{who} works {count} shifts on {day}"
                    yield self.violation(who, day.isoformat(), 1, text)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        days, day = np.unique(
            model.pair_volunteer * arrays.num_days + model.pair_day, return_inverse=True
        )
        shifts = model.sum_pairs(day, len(days))
        more = np.maximum(model.most_together(day, len(days)) - 1, 1)
        full = model.columns(model.new_columns(len(days)))
        model.define_at_most(shifts - full * more, 1)
        who, where = days // arrays.num_days, days % arrays.num_days
        model.avoid(self, full, who=who, where=where, place="day")


class Preferences(Priced):
    """Wishes for and against shifts or days are met; a refused one costs its own weight.

    Amount: refused wishes, each times its own weight.
    """

    rule: Literal["preferences"] = "preferences"
    unit: ClassVar[str] = "weighted wishes"
    example: ClassVar[str] = "Weight 1, a wish against a Sunday with weight 3, worked: cost 3."

    def check(self, case: Case) -> Iterator[Violation]:
        for wish in case.problem.preferences:
            volunteer = case.volunteers[wish.volunteer_id]
            if wish.shift_id is not None:
                worked = any(s.shift_id == wish.shift_id for s in case.worked(volunteer))
                where = wish.shift_id
            else:
                there = case.worked(volunteer, wish.shifts)
                worked = any(s.day == wish.date for s in there)
                where = " ".join([str(wish.date), *wish.shifts])
            if worked == (wish.state == "against"):
                who = wish.volunteer_id
                text = f"{who} wished {wish.state} {where}"
                yield self.violation(who, where, wish.weight, text)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        wishes = arrays.problem.preferences
        first = np.searchsorted(model.pair_volunteer, np.arange(arrays.num_volunteers + 1))
        sets: dict[Names, np.ndarray] = {}
        key: list[np.ndarray] = []
        entry: list[np.ndarray] = []
        people = [arrays.volunteer_index[wish.volunteer_id] for wish in wishes]
        for i, (wish, who) in enumerate(zip(wishes, people, strict=True)):
            own = slice(first[who], first[who + 1])
            shift = model.pair_shift[own]
            if wish.shift_id is not None:
                meant = shift == arrays.shift_index[wish.shift_id]
            else:
                if wish.shifts not in sets:
                    sets[wish.shifts] = arrays.in_set(wish.shifts)
                assert wish.date is not None
                day = (wish.date - arrays.problem.horizon.start).days
                meant = (model.pair_day[own] == day) & sets[wish.shifts][shift]
            pairs = first[who] + np.flatnonzero(meant)
            key.append(np.full(len(pairs), i))
            entry.append(pairs)
        if not wishes:
            return
        worked = model.any_of(
            np.concatenate(key), len(wishes), exact=True, pairs=np.concatenate(entry)
        )
        against = np.array([w.state == "against" for w in wishes])
        weight = self.weight * np.array([w.weight for w in wishes], dtype=float)
        for refused, kept in ((worked, against), (worked.complement(), ~against)):
            who = np.array(people)[kept]
            model.avoid(self, refused.take(kept), who=who, weight=weight[kept])
