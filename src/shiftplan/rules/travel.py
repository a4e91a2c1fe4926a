"""Rules about ways from one center to another, between two shifts or all on a date."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np

from shiftplan.case.arrays import one_by_one
from shiftplan.case.reach import in_time, minutes_of
from shiftplan.errors.message import AtShift
from shiftplan.rules.base import SAFETY, Findings, Priced, in_value
from shiftplan.rules.place import exclude_each_other
from shiftplan.rules.registry import rule
from shiftplan.rules.scope import Scoped
from shiftplan.week.fields import Count
from shiftplan.week.travel import Speed

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.model.linear import Linear

__all__ = ["MaxTravel", "TravelTime"]


class _OnWays(Scoped, Priced):
    """A rule about the ways between shifts of a person."""

    sees = "part"
    topic = "Places and ways"
    measures_ways = True
    reads = ("travel",)

    def _in_order(self, model: Model) -> Array:
        """Pairs of whom and what is meant, by person and time as `Case.worked` has them."""
        arrays, pairs = model.arrays, model.pairs
        own = np.flatnonzero(model.meant(self.which, self.group))
        ids = [shift.shift_id for shift in arrays.week.shifts]
        rank = np.empty(len(ids), dtype=np.int64)
        rank[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
        shift = pairs.shift[own]
        order = np.lexsort(
            (rank[shift], arrays.end[shift], arrays.start[shift], pairs.volunteer[own])
        )
        return np.asarray(own[order])

    def _in_a_row(self, model: Model, own: Array, first: Array, second: Array) -> Linear:
        """Two works less those between them: 2 where a person goes from one to the other.

        `first`, `second`: places in `own`, the pairs by person and time.
        """
        # A shift between the two is no shift between them where it excludes one of them anyway.
        row, nth = one_by_one(second - first - 1)
        between = first[row] + 1 + nth
        out = exclude_each_other(model, own[between], own[first[row]])
        out |= exclude_each_other(model, own[between], own[second[row]])
        row, between = row[~out], between[~out]
        size = len(first)
        rows = np.arange(size)
        both = model.sum_entries(
            np.concatenate([rows, rows]), own[np.concatenate([first, second])], size
        )
        return both - model.sum_entries(row, own[between], size)


def _two_of_each(key: Array) -> tuple[Array, Array]:
    """Places of all two entries with the same key, the first before the second; `key` rises."""
    later = np.searchsorted(key, key, side="right") - np.arange(len(key)) - 1
    first, nth = one_by_one(later)
    return first, first + 1 + nth


@rule(order=145)
class TravelTime(_OnWays):
    """After a shift at one center, a person can reach the next one at another center in time.

    The table `travel` has how long ways take and when one can leave. Where it has no row for a way,
    the way is the great-circle distance at `speed_kmh`, in minutes rounded up.

    Amount: pairs of shifts in a row at different centers of which the second starts before the
    person can be there, for each person.
    """

    rule: Literal["travel_time"] = "travel_time"
    speed_kmh: Annotated[Speed, in_value("speed_kmh")] = 30
    """Kilometres in an hour, as the crow flies, on ways that the table `travel` does not have."""
    worth = SAFETY
    unit = "pairs of shifts"
    example = (
        "speed_kmh 30, a shift until 11:00 and one from 13:00 at a center 62 km away, 124 minutes: "
        "amount 1."
    )

    def check(self, case: Case) -> Findings:
        for volunteer in case.members(self.group):
            for first, second in pairwise(case.worked(volunteer, self.which)):
                ends = first.center_id, second.center_id
                leave, start = case.span[first.shift_id][1], case.span[second.shift_id][0]
                if ends[0] == ends[1]:
                    continue
                arrival = case.ways.arrival(ends, leave, start, case.horizon, self.speed_kmh)
                if arrival is None or arrival > start:
                    code = "rules.travel_time" + ("_none" if arrival is None else "")
                    facts = {"rest": max(0, start - leave), "way": (arrival or leave) - leave}
                    other = AtShift(first.shift_id)
                    yield self.violation(volunteer, second, 1, code, other=other, **facts)

    def post(self, model: Model) -> None:
        arrays, own = model.arrays, self._in_order(model)
        who, shift = model.pairs.volunteer[own], model.pairs.shift[own]
        first, second = _two_of_each(who)
        apart = arrays.center[shift[first]] != arrays.center[shift[second]]
        apart &= ~exclude_each_other(model, own[first], own[second])
        first, second = first[apart], second[apart]
        here, there = arrays.center[shift[first]], arrays.center[shift[second]]
        leave, start = arrays.end[shift[first]], arrays.start[shift[second]]
        late = ~in_time(arrays, here, there, leave, start, self.speed_kmh)
        first, second = first[late], second[late]
        both = self._in_a_row(model, own, first, second)
        model.at_most(self, both, 1, who=who[second], where=shift[second], place="shift")


@rule(order=147)
class MaxTravel(_OnWays):
    """A person travels between centers for at most `max_minutes` minutes on a date.

    The ways are those from one shift of the date to the next one. The table `travel` has how long
    ways take, of which the quickest counts, without waiting; where it has no row for a way, it is
    the great-circle distance at `speed_kmh`, in minutes rounded up. With `max_minutes` 0 a soft
    rule is a price of minutes on the way.

    Amount: minutes beyond `max_minutes`, for each person and date.
    """

    rule: Literal["max_travel"] = "max_travel"
    max_minutes: Annotated[Count, in_value("max_minutes")]
    """Most minutes on the way on a date."""
    tour: Literal["between", "home"] = "between"
    """`between` centers only, or also from `home` to the first one and from the last one back; the
    ways of people without a home center are those between centers."""
    speed_kmh: Speed = 30
    """Kilometres in an hour, as the crow flies, on ways that the table `travel` does not have."""
    unit = "minutes"
    example = (
        "max_minutes 60, tour home; 25 minutes from home to the first center, 30 to the next one "
        "and 25 home: amount 20."
    )

    def check(self, case: Case) -> Findings:
        for volunteer in case.members(self.group):
            home, most = volunteer.home_center_id, self.max_minutes
            ends = [home] if self.tour == "home" and home is not None else []
            for day, shifts in groupby(case.worked(volunteer, self.which), lambda s: s.day):
                places = [*ends, *(shift.center_id for shift in shifts), *ends]
                ways = [two for two in pairwise(places) if two[0] != two[1]]
                minutes = sum(case.ways.minutes(two, self.speed_kmh) or 0 for two in ways)
                if minutes > most:
                    yield self.violation(volunteer, day, minutes - most, count=minutes, most=most)

    def post(self, model: Model) -> None:
        arrays, pairs, own = model.arrays, model.pairs, self._in_order(model)
        center, who = pairs.center[own], pairs.volunteer[own]
        days, day = np.unique(pairs.person_day[own], return_inverse=True)
        first, second = _two_of_each(day)
        can_be = center[first] != center[second]
        can_be &= ~exclude_each_other(model, own[first], own[second])
        first, second = first[can_be], second[can_be]
        several = np.zeros(len(days), dtype=bool)
        several[day[first]] = True
        people, date = np.divmod(days, arrays.num_days)
        from_home = self.tour == "home"
        if from_home:
            self._post_there_and_back(model, own[~several[day]])
        if not several.any():
            return
        minutes = minutes_of(arrays, center[first], center[second], self.speed_kmh)
        gone = model.columns(model.new_columns(len(first)))
        model.define_at_most(self._in_a_row(model, own, first, second) - gone, 1)
        on_the_way = gone.sum_by(day[first], len(days), minutes)
        if from_home:
            home = arrays.home[who]
            away = np.flatnonzero((home >= 0) & (home != center) & several[day])
            for is_back in (False, True):
                here, there = (center, home) if is_back else (home, center)
                minutes = minutes_of(arrays, here[away], there[away], self.speed_kmh)
                gone = self._at_an_end(model, own, day, away, is_back)
                on_the_way += gone.sum_by(day[away], len(days), minutes)
        tours = np.flatnonzero(several)
        who, where = people[tours], date[tours]
        on_the_way = on_the_way.take(tours)
        model.at_most(self, on_the_way, self.max_minutes, who=who, where=where, place="day")

    def _post_there_and_back(self, model: Model, works: Array) -> None:
        """Limit the ways of days on which nobody can be at two centers: from home and back."""
        arrays, pairs = model.arrays, model.pairs
        visits, number = np.unique(
            pairs.person_day[works] * arrays.num_centers + pairs.center[works], return_inverse=True
        )
        days, there = np.divmod(visits, arrays.num_centers)
        who, date = np.divmod(days, arrays.num_days)
        home = arrays.home[who]
        beyond = np.full(len(visits), -self.max_minutes, dtype=float)
        away = np.flatnonzero((home >= 0) & (home != there))
        for start, end in ((home, there), (there, home)):
            beyond[away] += minutes_of(arrays, start[away], end[away], self.speed_kmh)
        far = np.flatnonzero(beyond > 0)
        chosen = np.full(len(visits), -1)
        chosen[far] = np.arange(len(far))
        key = np.full(len(pairs), -1)
        key[works] = chosen[number]
        visited = model.any_of(key, len(far), exact=False) * beyond[far]
        model.avoid(self, visited, who=who[far], where=date[far], place="day")

    def _at_an_end(
        self, model: Model, own: Array, day: Array, meant: Array, is_back: bool
    ) -> Linear:
        """Whether works are the first ones of their day, or with `is_back` the last ones.

        `meant`: their places in `own`, the pairs by person and time; `day`: the day of each pair.
        """
        one, other = _two_of_each(day)
        own_end, beyond = (one, other) if is_back else (other, one)
        number = np.full(len(own), -1)
        number[meant] = np.arange(len(meant))
        kept = number[own_end] >= 0
        kept &= ~exclude_each_other(model, own[own_end], own[beyond])
        others = model.sum_entries(number[own_end[kept]], own[beyond[kept]], len(meant))
        gone = model.columns(model.new_columns(len(meant)))
        model.define_at_most(model.columns(own[meant]) - others - gone, 0)
        return gone
