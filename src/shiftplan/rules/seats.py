"""Seats of requirements: whom each counts, and which are empty; the base of rules about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from shiftplan.case.arrays import one_by_one
from shiftplan.case.case import SeatKind, is_of_kind
from shiftplan.rules.base import Priced
from shiftplan.rules.exclusive import seat_sets
from shiftplan.rules.held import may_stay_away, with_spared
from shiftplan.rules.scope import OfShifts
from shiftplan.week.fields import NameSet

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array, Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.model.linear import Linear
    from shiftplan.week.requirements import Conditions, Requirement


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
