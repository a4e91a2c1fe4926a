"""Rules about what people wish: undesired times, and shifts and days they asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Literal

import numpy as np

from shiftplan.case.arrays import NOT_AVAILABLE, PREFERRED, UNDESIRED
from shiftplan.rules.base import PROMISE, Findings, ForPeople, Level, Priced, Weight, rnd
from shiftplan.rules.evenness import price_each
from shiftplan.rules.registry import rule
from shiftplan.rules.scope import OfDays, OfPeople, Scoped
from shiftplan.week.fields import NameSet

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array, Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.model.linear import Linear
    from shiftplan.week.scope import Which
    from shiftplan.week.wishes import Preference

__all__ = ["Preferences", "Wish", "WishEquality"]


def _granted(model: Model) -> Linear:
    """Whether each preference's shift, or its date, is worked, in the order of the preferences."""
    arrays, in_set = model.arrays, cache(model.arrays.in_set)
    wishes: Sequence[Preference] = arrays.week.preferences
    first = np.searchsorted(model.pairs.volunteer, np.arange(arrays.num_volunteers + 1))
    entries = [np.zeros((2, 0), dtype=np.int64)]
    for i, wish in enumerate(wishes):
        who = arrays.volunteer_index[wish.volunteer_id]
        own = slice(first[who], first[who + 1])
        shift = model.pairs.shift[own]
        if wish.shift_id is not None:
            meant = shift == arrays.shift_index[wish.shift_id]
        else:
            assert wish.date is not None
            day = (wish.date - arrays.week.horizon.start).days
            meant = (model.pairs.day[own] == day) & in_set(wish.shifts)[shift]
        pairs = first[who] + np.flatnonzero(meant)
        entries.append(np.stack([np.full(len(pairs), i), pairs]))
    keys, pairs = np.concatenate(entries, axis=1)
    return model.any_of(keys, len(wishes), exact=True, name="preferences", pairs=pairs)


@rule(order=420)
class Wish(Scoped, Priced):
    """Shifts in undesired windows cost, and those in merely available ones a fifth as much.

    As a hard rule it keeps people out of their undesired windows, and asks for nothing else.

    Amount: shifts that cost anything; of a hard rule, shifts in undesired windows. Cost: weight in
    an undesired window, rnd(weight / 5) in an available one, 0 in a preferred one; for a person
    with a wish_percent, that percentage of it, rounded once.
    """

    rule: Literal["wish"] = "wish"
    level: Level = 2
    """`hard`, or the number of the cost level: 1 comes before 2."""
    weight: Weight = 10
    """Cost of a shift in an undesired window; a hard rule ignores it."""
    sees = "part"
    topic = "Wishes"
    worth = PROMISE
    unit = "shifts"
    example = "Weight 10: undesired 10, available 2, preferred 0."

    def check(self, case: Case) -> Findings:
        for volunteer in case.members(self.group):
            for shift in case.worked(volunteer, self.which):
                state = case.offers.state(volunteer, shift)
                factor = {"undesired": 1.0, "available": 0.2}.get(state or "", 0.0)
                cost = rnd(factor * self.weight * (volunteer.wish_percent / 100))
                if self.hard and state == "undesired":
                    yield self.violation(volunteer, shift, 1, "rules.wish_undesired")
                elif cost > 0 and not self.hard:
                    yield self.violation(volunteer, shift, 1, f"rules.wish_{state}", cost)

    def forbid(self, arrays: Arrays) -> Array | None:
        if not self.hard:
            return None
        undesired = arrays.state[:, arrays.span] == UNDESIRED
        concerned = arrays.in_group(self.group)[:, None] & arrays.in_set(self.which)[None, :]
        return np.asarray(undesired & concerned)

    def post(self, model: Model) -> None:
        if self.hard:
            return  # what it forbids is not in the model
        arrays = model.arrays
        state = arrays.state[model.pairs.volunteer, arrays.span[model.pairs.shift]]
        factor = np.where(state == UNDESIRED, 1.0, np.where(state == PREFERRED, 0.0, 0.2))
        concerned = model.meant(self.which, self.group) & (state != NOT_AVAILABLE)
        factor = np.where(concerned, factor, 0.0)
        own = arrays.wish_share[model.pairs.volunteer]
        model.price_pairs(self, np.floor(factor * self.weight * own + 0.5))


def _days_of_wishes(model: Model, which: Which) -> Array:
    """Whether each preference is about a day that is meant, bool of shape (preferences,)."""
    shifts, wishes = model.arrays.week.shift_by_id, model.arrays.week.preferences
    days = [w.date if w.shift_id is None else shifts[w.shift_id].day for w in wishes]
    return np.array([day is not None and which.has_day(day) for day in days], dtype=bool)


@rule(order=430)
class Preferences(OfDays, OfPeople, Priced):
    """Wishes for and against shifts or days are met; a refused one costs its own weight.

    Limits on days apply to the days that wishes are about.

    Amount: refused wishes, each times its own weight. Cost: weight times that; for a person with a
    wish_percent, that percentage of it, rounded half up.
    """

    rule: Literal["preferences"] = "preferences"
    level: Level = 2
    """`hard`, or the number of the cost level: 1 comes before 2."""
    sees = "part"
    topic = "Wishes"
    worth = PROMISE
    reads = ("preferences",)
    unit = "weighted wishes"
    example = "Weight 1, a wish against a Sunday with weight 3, worked: cost 3."

    def check(self, case: Case) -> Findings:
        for wish in case.week.preferences:
            volunteer = case.volunteers[wish.volunteer_id]
            if not self.which.has_day(case.day_of(wish)) or not case.is_member(
                volunteer, self.group
            ):
                continue
            if case.refused(wish):
                code = f"rules.preferences_{wish.state}"
                cost = rnd(self.price(wish.weight) * (volunteer.wish_percent / 100))
                yield self.violation(volunteer, wish.place, wish.weight, code, cost)

    def post(self, model: Model) -> None:
        wishes = model.arrays.week.preferences
        if not wishes:
            return
        worked, people = _granted(model), model.arrays.who(wishes)
        concerned = model.arrays.in_group(self.group)[people] & _days_of_wishes(model, self.which)
        against = np.array([w.state == "against" for w in wishes])
        weight = self.weight * np.array([w.weight for w in wishes], dtype=float)
        weight = np.floor(weight * model.arrays.wish_share[people] + 0.5)
        for refused, kept in ((worked, against), (worked.complement(), ~against)):
            where = np.flatnonzero(kept & concerned)
            who, price = people[where], weight[where]
            some = refused.take(where)
            model.avoid(self, some, who=who, where=where, place="wish", weight=price)


@rule(order=440)
class WishEquality(OfDays, OfPeople, ForPeople):
    """Everybody gets about the same share of what they wish.

    A person's wishes are the rows of preferences and the shift times inside undesired windows; a
    shift time worked there is a wish refused. Limits on days apply to both; without them, wishes
    and wishes_refused of history count.

    Amount: refused wishes of a person. Cost: with n wishes and r refused before, history included,
    the k-th refused one costs rnd(weight x (2 (r + k) - 1) / n^2), the growth of the squared share,
    so that everybody counts the same however many wishes they have; for a person with a
    wish_percent, that percentage of it, rounded once.
    """

    rule: Literal["wish_equality"] = "wish_equality"
    weight: Weight = 100
    """Cost of a person all of whose wishes are refused, but for rounding."""
    group: NameSet = ()
    """People concerned: names of groups, volunteer ids, skills such as `portal:2`, home centers or
    areas of them; empty for everybody."""
    sees = "part"
    topic = "Wishes"
    reads = ("preferences",)
    unit = "wishes"
    example = (
        "Weight 100: of four wishes the first refused costs rnd(100 x 1 / 16) = 6, the second "
        "rnd(100 x 3 / 16) = 19; the only wish of a person costs 100."
    )

    def check(self, case: Case) -> Findings:
        for volunteer in case.members(self.group):
            n, refused = case.wishes(volunteer, self.which)
            if refused:
                remembers = self.which.is_all
                before = case.past(volunteer, "wishes_refused") if remembers else 0
                of = n + (case.past(volunteer, "wishes") if remembers else 0)
                nth = (before + k for k in range(1, refused + 1))
                own = volunteer.wish_percent / 100
                cost = sum(rnd(self.weight * (2 * k - 1) / of**2 * own) for k in nth)
                yield self.violation(volunteer, None, refused, cost=cost, wishes=n)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        everybody, spans = arrays.num_volunteers, len(arrays.span_times)
        undesired = (arrays.state == UNDESIRED) & arrays.inside(self.which)
        who, span = model.pairs.volunteer, arrays.span[model.pairs.shift]
        is_refusal = undesired[who, span] & model.meant(self.which)
        key = np.where(is_refusal, who * spans + span, -1)
        times, number = np.unique(key[key >= 0], return_inverse=True)
        key[key >= 0] = number
        refused = model.any_of(key, len(times), exact=False).sum_by(times // spans, everybody)
        wishes = arrays.week.preferences
        people = arrays.who(wishes)
        against = np.array([w.state == "against" for w in wishes], dtype=bool)
        worked, meant = _granted(model), _days_of_wishes(model, self.which)
        refused += worked.sum_by(np.where(against & meant, people, -1), everybody)
        refused += worked.complement().sum_by(np.where(meant & ~against, people, -1), everybody)
        stated = np.bincount(people[meant], minlength=everybody)
        n = stated + undesired.sum(axis=1)
        most = stated + np.minimum(undesired.sum(axis=1), model.most_shifts)
        most = np.where(arrays.in_group(self.group), most, 0)
        names = ("wishes_refused", "wishes") if self.which.is_all else ("", "")
        before, stated_before = (arrays.past(name) for name in names)
        of = n + stated_before

        def price(v: Array, k: Array) -> Array:
            shares = self.weight * (2 * (before[v] + k) - 1) / of[v] ** 2
            return np.asarray(shares * arrays.wish_share[v])

        price_each(self, model, refused, most, price)
