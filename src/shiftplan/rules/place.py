"""Rules about where a person works: distance, one place at a time, few centers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

import numpy as np

from shiftplan.errors.message import AtShift, OnDay
from shiftplan.rules.base import (
    PROMISE,
    BoolArray,
    ForPeople,
    IntArray,
    Priced,
    Rule,
    Violation,
    in_value,
    rnd,
)
from shiftplan.rules.registry import rule
from shiftplan.week.fields import Count

if TYPE_CHECKING:
    from shiftplan.case.arrays import Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.model.linear import Linear
    from shiftplan.week.records import Shift, Volunteer

__all__ = ["Continuity", "MaxCenters", "MaxDistance", "OneCenterPerDay", "OnePlace", "Travel"]


def km_from_home(case: Case, volunteer: Volunteer, shift: Shift) -> float:
    """Distance from home to a shift; problems with rules about distance know all places."""
    return case.km(volunteer, shift) or 0.0


def _centers_of(model: Model) -> tuple[Linear, np.ndarray]:
    """Number of centers of each person as expressions, from indicators shared between rules."""
    arrays = model.arrays
    key = model.pairs.volunteer * arrays.num_centers + model.pairs.center
    pairs, where = np.unique(key, return_inverse=True)
    visits = model.any_of(where, len(pairs), exact=False, name="centers of a person")
    centers = visits.sum_by(pairs // arrays.num_centers, arrays.num_volunteers)
    return centers, np.arange(arrays.num_volunteers)


@rule(order=110)
class MaxDistance(Rule):
    """Nobody is sent farther from home than they said; the home center is always allowed.

    Mobile people may be sent anywhere.

    Amount: shifts at centers farther than the person's max_distance_km.
    """

    rule: Literal["max_distance"] = "max_distance"
    level: Literal["hard"] = "hard"
    sees = "part"
    topic = "Places and ways"
    worth = PROMISE
    reads = ("max_distance_km",)
    unit: ClassVar[str] = "shifts"
    measures_distance: ClassVar[bool] = True
    example: ClassVar[str] = "max_distance_km 8, a shift 12.4 km from home: amount 1."

    def check(self, case: Case) -> Iterator[Violation]:
        for volunteer in case.week.volunteers:
            limit = volunteer.max_distance_km
            if limit is None or volunteer.mobile:
                continue
            for shift in case.worked(volunteer):
                if shift.center_id == volunteer.home_center_id:
                    continue
                km = km_from_home(case, volunteer, shift)
                if km > limit:
                    who, where = volunteer.volunteer_id, AtShift(shift.shift_id)
                    yield self.violation(who, where, 1, "rules.max_distance", km=km, most=limit)

    def forbid(self, arrays: Arrays) -> BoolArray:
        limits = [None if v.mobile else v.max_distance_km for v in arrays.week.volunteers]
        limit = np.array([np.inf if km is None else km for km in limits])
        home, there = arrays.home[:, None], np.arange(arrays.num_centers)[None, :]
        too_far = (home != there) & (arrays.km_beside(home, there, limit[:, None]) > limit[:, None])
        return np.asarray(too_far[:, arrays.center], dtype=bool)

    def post(self, model: Model) -> None:
        """Nothing to post: pairs that are too far are not in the model."""


@rule(order=130)
class OnePlace(Rule):
    """Nobody works two shifts that overlap in time.

    It holds in every week, unless a row switches it off.

    Amount: pairs of overlapping shifts of a person.
    """

    rule: Literal["one_place"] = "one_place"
    level: Literal["hard", "off"] = "hard"
    """`hard`, or `off` where people may well work two shifts at once."""
    sees = "part"
    topic = "What a person can do"
    worth = None
    unit: ClassVar[str] = "pairs of shifts"
    example: ClassVar[str] = "07:00-11:00 and 10:00-14:00 on one date: amount 1."

    def check(self, case: Case) -> Iterator[Violation]:
        for volunteer in case.week.volunteers:
            shifts = case.worked(volunteer)
            for i, first in enumerate(shifts):
                for second in shifts[i + 1 :]:
                    if case.span[second.shift_id][0] < case.span[first.shift_id][1]:
                        who, where = volunteer.volunteer_id, AtShift(second.shift_id)
                        other = AtShift(first.shift_id)
                        yield self.violation(who, where, 1, "rules.one_place", other=other)

    def exclusive(self, arrays: Arrays) -> IntArray:
        return arrays.span

    def post(self, model: Model) -> None:
        # Intervals overlap pairwise exactly if all are running when the last of them starts.
        arrays = model.arrays
        starts = np.unique(arrays.start)
        first = np.searchsorted(starts, arrays.start[model.pairs.shift], side="left")
        last = np.searchsorted(starts, arrays.end[model.pairs.shift], side="left")
        pair = np.repeat(np.arange(len(model.pairs)), last - first)
        before = np.cumsum(last - first) - (last - first)
        moment = np.arange(len(pair)) - before[pair] + first[pair]
        key = model.pairs.volunteer[pair] * len(starts) + moment
        begins = np.unique(model.pairs.volunteer * len(starts) + first)
        kept = np.isin(key, begins)
        rows, pair, moment = np.searchsorted(begins, key[kept]), pair[kept], moment[kept]
        if model.alone:
            rows, pair, owner = _one_by_one(rows, pair, first[pair] == moment, len(begins))
            begins = begins[owner]
        running = model.sum_entries(rows, pair, len(begins))
        who, day = begins // len(starts), starts[begins % len(starts)] // 1440
        model.at_most(self, running, 1, who=who, where=day, place="day")


def _one_by_one(
    rows: np.ndarray, pair: np.ndarray, starts: np.ndarray, size: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows in which at most one shift does not start at their moment; their pairs and owners.

    Two shifts that were begun before a moment overlap, but not on its date. Each of them shares a
    row with those that start then.
    """
    begun, own = np.flatnonzero(~starts), np.flatnonzero(starts)
    alone = np.setdiff1d(np.arange(size), rows[begun])
    owner = np.concatenate([rows[begun], alone])
    own = own[np.argsort(rows[own], kind="stable")]
    count = np.bincount(rows[own], minlength=size)
    each = count[owner]
    row = np.repeat(np.arange(len(owner)), each)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(each) - each, each)
    starting = pair[own[(np.cumsum(count) - count)[owner][row] + nth]]
    joined = np.concatenate([row, np.arange(len(begun))])
    return joined, np.concatenate([starting, pair[begun]]), owner


@rule(order=140)
class OneCenterPerDay(Priced):
    """All shifts of a person on one date are at one center.

    Amount: centers beyond the first, for each person and date.
    """

    rule: Literal["one_center_per_day"] = "one_center_per_day"
    sees = "part"
    topic = "Places and ways"
    unit: ClassVar[str] = "centers"
    example: ClassVar[str] = "A morning at one center and the afternoon at another: amount 1."

    def check(self, case: Case) -> Iterator[Violation]:
        for volunteer in case.week.volunteers:
            centers: dict[dt.date, set[str]] = {}
            for shift in case.worked(volunteer):
                centers.setdefault(shift.day, set()).add(shift.center_id)
            for day, there in sorted(centers.items()):
                if len(there) > 1:
                    who, beyond = volunteer.volunteer_id, len(there) - 1
                    code = "rules.one_center_per_day"
                    yield self.violation(who, OnDay(day), beyond, code, count=len(there))

    def post(self, model: Model) -> None:
        arrays = model.arrays
        person_day = model.pairs.volunteer * arrays.num_days + model.pairs.day
        visits, where = np.unique(
            person_day * arrays.num_centers + model.pairs.center, return_inverse=True
        )
        visited = model.any_of(where, len(visits), exact=False)
        days, day = np.unique(visits // arrays.num_centers, return_inverse=True)
        centers = visited.sum_by(day, len(days))
        model.at_most(
            self,
            centers,
            1,
            who=days // arrays.num_days,
            where=days % arrays.num_days,
            place="day",
        )


@rule(order=150)
class MaxCenters(Priced):
    """A person works at few different centers in the horizon.

    Amount: centers beyond `max_centers`, for each person.
    """

    rule: Literal["max_centers"] = "max_centers"
    max_centers: Annotated[Count, in_value("max_centers")]
    """Most centers."""
    sees = "part"
    topic = "Places and ways"
    unit: ClassVar[str] = "centers"
    example: ClassVar[str] = "max_centers 2, shifts at three centers in the week: amount 1."

    def check(self, case: Case) -> Iterator[Violation]:
        for volunteer in case.week.volunteers:
            count = len({s.center_id for s in case.worked(volunteer)})
            if count > self.max_centers:
                who, most = volunteer.volunteer_id, self.max_centers
                facts = {"count": count, "most": most}
                yield self.violation(who, None, count - most, "rules.max_centers", **facts)

    def post(self, model: Model) -> None:
        centers, everybody = _centers_of(model)
        model.at_most(self, centers, self.max_centers, who=everybody)


@rule(order=460)
class Continuity(ForPeople):
    """People come back to the same center; each further center costs.

    Amount: different centers beyond the first, for each person.
    """

    rule: Literal["continuity"] = "continuity"
    sees = "part"
    topic = "Places and ways"
    unit: ClassVar[str] = "centers"
    example: ClassVar[str] = "Weight 10, shifts at three centers: cost 20."

    def check(self, case: Case) -> Iterator[Violation]:
        for volunteer in case.week.volunteers:
            further = len({s.center_id for s in case.worked(volunteer)}) - 1
            if further > 0:
                who, count = volunteer.volunteer_id, further + 1
                yield self.violation(who, None, further, "rules.continuity", count=count)

    def post(self, model: Model) -> None:
        centers, everybody = _centers_of(model)
        model.at_most(self, centers, 1, who=everybody)


@rule(order=450)
class Travel(ForPeople):
    """Kilometres from home cost.

    Those of mobile people cost nothing.

    Amount: km from the home center to the shift's center, rounded half up, for each shift.
    """

    rule: Literal["travel"] = "travel"
    sees = "part"
    topic = "Places and ways"
    unit: ClassVar[str] = "km"
    measures_distance: ClassVar[bool] = True
    example: ClassVar[str] = "Weight 1, two shifts 7.6 km from home: cost 8 + 8 = 16."

    def check(self, case: Case) -> Iterator[Violation]:
        for volunteer in case.week.volunteers:
            if volunteer.mobile:
                continue
            for shift in case.worked(volunteer):
                km = rnd(km_from_home(case, volunteer, shift))
                if km > 0:
                    who, where = volunteer.volunteer_id, AtShift(shift.shift_id)
                    yield self.violation(who, where, km, "rules.travel")

    def post(self, model: Model) -> None:
        arrays = model.arrays
        home, there = arrays.home[model.pairs.volunteer], model.pairs.center
        km = arrays.km_beside(home, there, np.floor(arrays.km[home, there]) + 0.5)
        mobile = np.array([v.mobile for v in arrays.week.volunteers], dtype=bool)
        km = np.where(mobile[model.pairs.volunteer], 0.0, km)
        model.price_pairs(self, self.weight * np.floor(km + 0.5))
