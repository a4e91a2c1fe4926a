"""Rules about seats: the people that a shift's team needs, and the room of centers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, NamedTuple

import numpy as np

from shiftplan.case.arrays import one_by_one
from shiftplan.case.case import SeatKind, is_of_kind
from shiftplan.errors.message import AtShift
from shiftplan.rules.base import (
    SAFETY,
    SPARED,
    Findings,
    Level,
    Priced,
    SoftLevel,
    Weight,
    Weighted,
    rnd,
)
from shiftplan.rules.exclusive import seat_sets, seats_of
from shiftplan.rules.held import may_stay_away, with_spared
from shiftplan.rules.registry import rule
from shiftplan.rules.scope import OfShifts
from shiftplan.week.fields import NameSet

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array, Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.model.linear import Linear
    from shiftplan.week.records import Shift
    from shiftplan.week.requirements import Conditions, Requirement

__all__ = ["Capacity", "Coverage", "ExpectedShortage", "MinimumCoverage", "Shortage", "Surplus"]


class Presence(NamedTuple):
    """People who are there, or assignments, one by one, with what counts each."""

    there: Linear
    """Whether somebody is there, as `size` expressions from 0 to 1."""
    need: Array
    """Index of the requirement that counts each, int of shape (size,)."""
    volunteer: Array
    """Index of the person, int of shape (size,)."""


def pairs_counted(model: Model, requirements: Sequence[Requirement]) -> tuple[Array, Array]:
    """Index of a requirement, and id of a pair that it counts, int of one shape."""
    arrays, pairs = model.arrays, model.pairs
    order = np.argsort(pairs.shift, kind="stable")
    first = np.searchsorted(pairs.shift[order], np.arange(arrays.num_shifts + 1))
    number, shift = arrays.counted(requirements)
    owner, nth = one_by_one(np.diff(first)[shift])
    need, pair = number[owner], order[first[shift[owner]] + nth]
    sort_of: dict[Conditions, list[int]] = {}
    for i, one in enumerate(requirements):
        sort_of.setdefault(one.conditions, []).append(i)
    met = np.ones(len(pair), dtype=bool)
    for conditions, members in sort_of.items():
        asked = np.zeros(len(requirements), dtype=bool)
        asked[members] = bool(conditions)
        entries = np.flatnonzero(asked[need])
        who, where = pairs.volunteer[pair[entries]], pairs.shift[pair[entries]]
        for condition in conditions:
            met[entries] &= arrays.meets(condition)[who, where]
    return need[met], pair[met]


def presence(model: Model, requirements: Sequence[Requirement]) -> Presence:
    """Whom each requirement may count.

    Of those about a time of a date a person is counted once, whichever shift they work then; of
    all others each assignment is.
    """
    people, works = model.pairs.volunteer, len(model.pairs)
    need, pair = pairs_counted(model, requirements)
    at_once = np.array([one.start is not None for one in requirements], dtype=bool)
    whom = np.where(at_once[need], works + people[pair], pair)
    whom += need * (works + model.arrays.num_volunteers)
    _, of, key = np.unique(whom, return_index=True, return_inverse=True)
    there = model.any_of(np.asarray(key).reshape(-1), len(of), exact=True, pairs=pair)
    return Presence(there, need[of], people[pair[of]])


def people_counted(model: Model, requirements: Sequence[Requirement]) -> Linear:
    """People each requirement counts, as expressions in the order of the requirements."""
    if all(one.start is None for one in requirements):
        return model.sum_entries(*pairs_counted(model, requirements), len(requirements))
    found = presence(model, requirements)
    return found.there.sum_by(found.need, len(requirements))


def seats_empty(model: Model, kind: SeatKind = "all") -> Linear:
    """Empty seats of each requirement of the problem, as expressions that may also be larger.

    The first exclusive requirement of a kind has those of all such ones of its shift.
    """
    needs = model.arrays.week.requirements
    plain = [i for i, need in enumerate(needs) if not need.exclusive]
    own = [needs[i] for i in plain]
    target = np.array([need.target for need in own], dtype=np.int64)
    filled = with_spared(model, people_counted(model, own), model.arrays.own_shift(own), target)
    empty = model.below(filled, target, name="empty seats")
    apart = [i for i, need in enumerate(needs) if need.exclusive and is_of_kind(need, kind)]
    if len(plain) == len(needs):
        return empty
    sets = seat_sets(model, [needs[i] for i in apart])
    shifts, group = np.unique(sets.shift, return_inverse=True)
    lacking = sets.lacking(model, [needs[i].target for i in apart])
    together = model.largest(lacking, group, len(shifts), name=("empty exclusive seats", kind))
    _, first = np.unique(model.arrays.where(needs[i] for i in apart), return_index=True)
    others = empty.combine(np.array(plain, int), np.arange(len(plain)), len(needs))
    return others + together.combine(
        np.array(apart, int)[first], np.arange(len(shifts)), len(needs)
    )


class OnRequirements(OfShifts, Priced):
    """A rule about requirements, of all shifts or of some."""

    sees = "part"
    topic = "Seats"
    unit = "people"

    def _checked(self, case: Case) -> Iterator[tuple[Requirement, int]]:
        """Requirements concerned, of shifts that are held, each with the people it counts."""
        for need in case.asking:
            if case.concerns(need, self.which):
                yield need, case.coverage(need)

    def _named(self, arrays: Arrays, *, exclusive: bool = False) -> tuple[list[Requirement], Array]:
        """Requirements concerned, exclusive ones or others, and the index of each among all."""
        needs = arrays.week.requirements
        kind = np.array([need.exclusive == exclusive for need in needs], dtype=bool)
        where = np.flatnonzero(arrays.concerned(needs, self.which) & kind)
        return [needs[i] for i in where], where

    def helpers(self, arrays: Arrays) -> Array | None:
        """Who comes to an alternative spares the seats of a shift."""
        spare = may_stay_away(arrays)
        shape = arrays.num_volunteers, arrays.num_shifts
        return np.broadcast_to(spare, shape) if spare.any() else None

    def _price_exclusive(self, model: Model, prices: Callable[[Requirement], Array]) -> None:
        """Price the empty ones of exclusive seats, where the dearest can always be filled first.

        `prices`: what each seat of a requirement costs while it is empty. Of the seats above any
        price, as many are filled as can be: each step of prices costs for those that are not.
        """
        needs, _ = self._named(model.arrays, exclusive=True)
        if not needs:
            return
        sets, own = seat_sets(model, needs), [prices(need) for need in needs]
        rows: dict[int, list[int]] = {}
        for row, shift in enumerate(sets.shift.tolist()):
            rows.setdefault(shift, []).append(row)
        source: list[int] = []
        group: list[int] = []
        seats: list[Array] = []
        steps: list[float] = []
        for some in rows.values():
            members = [*sets.members[some[0]], *sets.outside[some[0]]]
            levels = np.unique(np.concatenate([[0.0], *(own[i] for i in members)]))
            for below, price in pairwise(levels.tolist()):
                count = {i: int((own[i] >= price).sum()) for i in members}
                source += some
                group += [len(steps)] * len(some)
                seats.append(np.array([sum(count[i] for i in sets.members[row]) for row in some]))
                steps.append(price - below)
        if steps:
            short = sets.short(model, np.array(source), np.concatenate(seats))
            empty = model.largest(short, np.array(group), len(steps), name=self)
            model.avoid(self, empty, weight=np.array(steps))


class OnSomeRequirements(OnRequirements):
    """The same, of rules that could always be limited to types or tags."""

    shifts: NameSet = ()
    """Shift types or tags concerned; empty for all shifts."""


@rule(order=10)
class Coverage(OnRequirements):
    """Empty seats cost by the priority of the center, the first seats of a team the most.

    Amount: empty seats up to the target. Cost: with n of t seats filled, each empty seat
    i = n+1..t costs rnd(weight x priority x (4 if i <= minimum else 1) x (1 + (t - i) / t)), in
    binary floating point from left to right.
    """

    rule: Literal["coverage"] = "coverage"
    level: SoftLevel = 1
    """Number of the cost level: 1 comes before 2."""
    weight: Weight = 100
    """Cost of the last seat of a team at a center of priority 1, when above the minimum."""
    serves = "seats"
    unit = "seats"
    example = (
        "Weight 100, priority 1, minimum 1, target 2: an empty shift costs 100 x 4 x 1.5 = 600 "
        "for the first seat and 100 x 1 x 1 = 100 for the second; with one person it costs 100. "
        "Weight 117, priority 0.5, target 3: the first seat costs rnd(117 x 0.5 x 1 x (1 + 2 / 3)) "
        "= 97, as the binary product is just below 97.5."
    )

    def check(self, case: Case) -> Findings:
        for need, filled in self._checked(case):
            target = need.target
            priority = case.centers[case.week.center_of(need)].priority
            cost, empty = 0, target - filled
            for seat in range(filled + 1, target + 1):
                factor = 4 if seat <= need.minimum else 1
                share = 1 + (target - seat) / target
                cost += rnd(float(self.weight) * priority * factor * share)
            if empty > 0:
                facts = {"filled": filled, "wanted": target, "least": need.minimum}
                yield self.violation("", need.place, empty, "rules.coverage", cost, **facts)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        needs, where = self._named(arrays)
        target = np.array([n.target for n in needs], dtype=np.int64)
        minimum = np.array([n.minimum for n in needs], dtype=np.int64)
        priority = np.array([c.priority for c in arrays.week.centers])[arrays.center_of(needs)]
        # Empty seats fill up from the last one, the cheapest: prices rise from step to step.
        owner, step = one_by_one(target)
        seat = target[owner] - step
        costs = self._prices(priority[owner], target[owner], minimum[owner], seat)
        own = arrays.own_shift(needs)
        missing = -with_spared(model, people_counted(model, needs), own, target)
        model.steps(self, missing, -target, target, costs, where=where, place="need")

        def prices(need: Requirement) -> Array:
            place = arrays.center_of([need])[0]
            one = arrays.week.centers[place].priority
            seat = np.arange(1, need.target + 1)
            return self._prices(np.full(len(seat), one), need.target, need.minimum, seat)

        self._price_exclusive(model, prices)

    def _prices(self, priority: Array, target: Any, minimum: Any, seat: Array) -> Array:
        """Prices of empty seats by the priority of the center, float of the shape of `seat`."""
        factor = np.where(seat <= minimum, 4, 1)
        share = 1 + (target - seat) / target
        costs: Array = np.floor(float(self.weight) * priority * factor * share + 0.5)
        return costs


class _OnTeams(OnSomeRequirements):
    """A limit, the minimum or the target, on the people that each requirement counts."""

    _limit: ClassVar[Literal["minimum", "target"]] = "target"
    _most: ClassVar[bool] = False

    def check(self, case: Case) -> Findings:
        named = "least" if self._limit == "minimum" else "wanted"
        apart: dict[str, list[tuple[int, int]]] = {}
        for need, count in self._checked(case):
            limit = getattr(need, self._limit)
            if need.exclusive:
                apart.setdefault(need.shift_id or "", []).append((count, limit))
                continue
            beyond = count - limit if self._most else limit - count
            if beyond > 0:
                yield self.violation("", need.place, beyond, **{"count": count, named: limit})
        for shift_id, seats in apart.items():
            limit = sum(most for _, most in seats)
            count = sum(min(filled, most) for filled, most in seats)
            beyond = limit - count
            if self._most:
                fit = [v for n in case.exclusive[shift_id] for v in case.fitting(n)]
                count, beyond = len({v.volunteer_id for v in fit}), -count
                beyond += count
            if beyond > 0:
                code, facts = f"rules.{self.rule}_exclusive", {"count": count, named: limit}
                yield self.violation("", AtShift(shift_id), beyond, code, **facts)

    def post(self, model: Model) -> None:
        self._post_exclusive(model)
        needs, where = self._named(model.arrays)
        counted = people_counted(model, needs)
        limit = np.array([getattr(need, self._limit) for need in needs], dtype=float)
        if not self._most:
            counted = with_spared(model, counted, model.arrays.own_shift(needs), limit)
        verb = model.at_most if self._most else model.at_least
        verb(self, counted, limit, where=where, place="need")

    def _post_exclusive(self, model: Model) -> None:
        """Limit the people for exclusive seats, set by set of the seats of a shift."""
        needs, _ = self._named(model.arrays, exclusive=True)
        if not needs:
            return
        sets, seats = seat_sets(model, needs), [getattr(need, self._limit) for need in needs]
        beyond = sets.lacking(model, seats)
        if self._most:
            beyond = sets.others.plus(-seats_of(sets.outside, seats))
        if self.hard:
            model.at_most(self, beyond, 0, where=sets.shift, place="shift")
            return
        shifts, group = np.unique(sets.shift, return_inverse=True)
        model.avoid(self, model.largest(beyond, group, len(shifts), name=self))


@rule(order=20)
class MinimumCoverage(_OnTeams):
    """A shift's team has at least the minimum of each of its requirements.

    Amount: people below the minimum.
    """

    rule: Literal["minimum_coverage"] = "minimum_coverage"
    serves = "seats"
    example = "Minimum 2 with 1 person there: amount 1."
    _limit: ClassVar[Literal["minimum", "target"]] = "minimum"


@rule(order=30)
class Shortage(_OnTeams):
    """People missing to the target cost the same each, whatever the center.

    Amount: people below the target.
    """

    rule: Literal["shortage"] = "shortage"
    level: Level = 1
    """`hard`, or the number of the cost level: 1 comes before 2."""
    serves = "seats"
    example = "Weight 30, target 4 with 2 people there: cost 60."


@rule(order=35)
class ExpectedShortage(OnSomeRequirements):
    """Empty seats cost by the chance that they are needed, and by the priority of the center.

    The column `needed_percent` of the requirements has these chances; `staff --scenarios` writes
    them from the spread of the forecast. Where it is empty, all seats up to the target are
    certain to be needed. Seats above the target count if there is a chance that they are needed.

    Amount: people missing on average, in percent of a person: the sum of the chances of the empty
    seats. Cost: rnd(weight x priority x chance) for each empty seat, in binary floating point from
    left to right, the chance last divided by 100.
    """

    rule: Literal["expected_shortage"] = "expected_shortage"
    level: SoftLevel = 1
    """Number of the cost level: 1 comes before 2."""
    weight: Weight = 100
    """Cost of a seat that is certain to be needed, at a center of priority 1."""
    serves = "seats"
    unit = "percent of a person"
    example = (
        "Chances `100|85|40`, priority 1, weight 100: with one person there, 0.85 + 0.4 people are "
        "missing on average: amount 125, cost 125."
    )

    def check(self, case: Case) -> Findings:
        for need, count in self._checked(case):
            chances = need.needed_percent or (100,) * need.target
            if need.exclusive:
                count = len(case.seating(need.shift_id or "", _chances)[need.conditions])
            missing = chances[count:]
            priority = case.centers[case.week.center_of(need)].priority
            cost = sum(rnd(float(self.weight) * priority * percent / 100) for percent in missing)
            if amount := sum(missing):
                facts = {"count": count, "short": amount / 100}
                code = "rules.expected_shortage"
                yield self.violation("", need.place, amount, code, cost, **facts)

    def post(self, model: Model) -> None:
        def of(need: Requirement) -> tuple[int, ...]:
            return need.needed_percent or (100,) * need.target

        arrays = model.arrays
        needs, where = self._named(arrays)
        chances = [of(need) for need in needs]
        seats = np.array([len(percents) for percents in chances], dtype=np.int64)
        priority = np.array([c.priority for c in arrays.week.centers])[arrays.center_of(needs)]
        # Empty seats fill up from the last one, the least likely to be needed: prices rise.
        owner, _ = one_by_one(seats)
        percent = np.array([p for percents in chances for p in reversed(percents)], dtype=float)
        costs = np.floor(float(self.weight) * priority[owner] * percent / 100 + 0.5)
        own = arrays.own_shift(needs)
        missing = -with_spared(model, people_counted(model, needs), own, seats)
        model.steps(self, missing, -seats, seats, costs, where=where, place="need")

        def prices(need: Requirement) -> Array:
            place = arrays.center_of([need])[0]
            one = float(self.weight) * arrays.week.centers[place].priority
            costs: Array = np.floor(one * np.array(of(need), dtype=float) / 100 + 0.5)
            return costs

        self._price_exclusive(model, prices)


def _chances(need: Requirement) -> Iterable[float]:
    """What exclusive seats are worth by the chance that they are needed."""
    return need.needed_percent or (100,) * need.target


@rule(order=40)
class Surplus(_OnTeams):
    """A shift's team has no more people than the target of its requirement for people.

    Requirements for a skill say how many of the team hold it at least, and more who hold it do no
    harm; with `seats` `skilled` or `all` their targets are limits too. Exclusive seats are always
    limits, for people and for skilled people together.

    Amount: people beyond the target of each requirement concerned.
    """

    rule: Literal["surplus"] = "surplus"
    seats: Annotated[SeatKind, SPARED] = "people"
    """Requirements concerned, beside exclusive ones: those for `people` (which count every head),
    those for `skilled` people (with or without a skill), or `all`."""
    example = (
        "Target 2 with 3 people there: amount 1. Two of them hold portal, where one is asked: with "
        "seats all, amount 2."
    )
    _most: ClassVar[bool] = True

    def _checked(self, case: Case) -> Iterator[tuple[Requirement, int]]:
        for need, count in super()._checked(case):
            is_meant = self.seats == "all" or need.is_of_heads == (self.seats == "people")
            if is_meant or need.exclusive:
                yield need, count

    def _named(self, arrays: Arrays, *, exclusive: bool = False) -> tuple[list[Requirement], Array]:
        needs, where = super()._named(arrays, exclusive=exclusive)
        place = {id(need): at for need, at in zip(needs, where.tolist(), strict=True)}
        kept = needs if exclusive else self._limiting(needs)
        return kept, np.array([place[id(need)] for need in kept], dtype=np.int64)

    def _limiting(self, needs: list[Requirement]) -> list[Requirement]:
        """Those of some requirements whose targets are limits."""
        if self.seats == "people":
            return [n for n in needs if n.is_of_heads]
        if self.seats == "skilled":
            return [n for n in needs if not n.is_of_heads]
        return needs


@rule(order=90)
class Capacity(Weighted):
    """At no moment are there more people at a center than it has room for.

    It holds in every week, unless a row gives it a level or switches it off. Shifts of a center
    that overlap share its room. A center without a capacity has no limit.

    Amount: people beyond the capacity, at each moment at which shifts of the center start.
    """

    rule: Literal["capacity"] = "capacity"
    sees = "part"
    topic = "Seats"
    worth = SAFETY
    unit = "people"
    example = "Capacity 3, two people from 07:00 to 12:00 and three from 11:00 to 14:00: amount 2."

    def check(self, case: Case) -> Findings:
        at: dict[str, list[Shift]] = {}
        for shift in case.week.shifts:
            at.setdefault(shift.center_id, []).append(shift)

        def start(shift: Shift) -> int:
            return case.span[shift.shift_id][0]

        for center_id, shifts in at.items():
            room = case.centers[center_id].capacity
            if room is None:
                continue
            present: list[Shift] = []
            shifts.sort(key=lambda s: (start(s), s.shift_id))
            for moment, starting in groupby(shifts, start):
                begun = list(starting)
                present = [s for s in present if case.span[s.shift_id][1] > moment] + begun
                count = len({v.volunteer_id for s in present for v in case.team(s)})
                if count > room:
                    code = "rules.capacity" + ("" if present == begun[:1] else "_beside")
                    yield self.violation("", begun[0], count - room, code, count=count, room=room)

    def post(self, model: Model) -> None:
        # People only come when a shift starts, so that rooms need no rows for other moments.
        arrays = model.arrays
        rooms = [c.capacity for c in arrays.week.centers]
        is_limited = np.array([r is not None for r in rooms], dtype=bool)[arrays.center]
        room = np.array([arrays.num_volunteers if r is None else r for r in rooms], dtype=np.int64)
        room = room[arrays.center]
        if self.hard and not model.alone:
            model.most_people = np.minimum(model.most_people, room)
        apart = int(arrays.end.max(initial=0)) + 1
        begin, end = (arrays.center * apart + minute for minute in (arrays.start, arrays.end))
        moments = np.unique(begin)
        first, last = np.searchsorted(moments, begin), np.searchsorted(moments, end)
        # A moment has the name of the first id among the shifts that start then.
        by_id = np.array([arrays.shift_index[name] for name in sorted(arrays.shift_index)], int)
        named = by_id[np.unique(first[by_id], return_index=True)[1]]
        where = np.sort(named)
        row_of = np.searchsorted(where, named)
        shift = model.pairs.shift
        count = np.where(is_limited, last - first, 0)[shift]
        pair, nth = one_by_one(count)
        row = row_of[first[shift[pair]] + nth]
        if not model.alone and any(rule.rule == "one_place" for rule in model.rules):
            present = model.sum_entries(row, pair, len(moments))
        else:
            people = arrays.num_volunteers
            keys, key = np.unique(row * people + model.pairs.volunteer[pair], return_inverse=True)
            there = model.any_of(np.asarray(key).reshape(-1), len(keys), exact=False, pairs=pair)
            present = there.sum_by(keys // people, len(moments))
        model.at_most(self, present, room[where], where=where, place="shift")
