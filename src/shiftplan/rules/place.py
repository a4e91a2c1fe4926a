"""Rules about where a person works: distance, few centers."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

import numpy as np

from shiftplan.case.reach import driven
from shiftplan.errors.message import AtCenter
from shiftplan.rules.base import PROMISE, SPARED, Findings, ForPeople, Priced, Weight, in_value, rnd
from shiftplan.rules.registry import rule
from shiftplan.rules.scope import Scoped
from shiftplan.week.fields import Count
from shiftplan.week.scope import Which, is_at
from shiftplan.week.travel import Speed

if TYPE_CHECKING:
    from shiftplan.case.arrays import Array, Arrays
    from shiftplan.case.case import Case
    from shiftplan.model import Model
    from shiftplan.model.linear import Linear
    from shiftplan.week.records import Shift, Volunteer

__all__ = ["Continuity", "MaxCenters", "MaxDistance", "OneCenterPerDay", "Travel"]


def km_from_home(
    case: Case, volunteer: Volunteer, shift: Shift, speed_kmh: int | None = None
) -> float:
    """Distance from home to a shift; problems with rules about distance know all places.

    With a speed, it is what is driven in the quickest time that the table travel has, if any.
    """
    home, there, km = volunteer.home_center_id, shift.center_id, case.km(volunteer, shift) or 0.0
    if speed_kmh is None or home is None or home == there:
        return km
    rows = case.ways.between(home, there)
    return min((row.minutes * speed_kmh / 60 for row in rows), default=km)


def _told_km(km: float, limit: float) -> float:
    """A distance beyond a limit with one decimal, or two where it would not be beyond with one."""
    told = round(km, 1)
    return told if told > round(limit, 2) else math.ceil(100 * km) / 100


class _OnCenters(Scoped):
    """What limits the centers at which a person works."""

    def _centers(self, case: Case) -> Iterator[tuple[Volunteer, set[str]]]:
        """Each person concerned, and the centers at which they work."""
        for volunteer in case.members(self.group):
            yield volunteer, {s.center_id for s in case.worked(volunteer, self.which)}

    def _visited(self, model: Model) -> tuple[Linear, Array, Array]:
        """Indicators, shared between rules, of a person at a center; both by index."""
        arrays = model.arrays
        meant = np.flatnonzero(model.meant(self.which))
        key = model.pairs.volunteer * arrays.num_centers + model.pairs.center
        visits, number = np.unique(key[meant], return_inverse=True)
        where = np.full(len(model.pairs), -1)
        where[meant] = np.asarray(number).reshape(-1)
        name = "centers of a person", self.which
        visited = model.any_of(where, len(visits), exact=False, name=name)
        who, center = np.divmod(visits, arrays.num_centers)
        return visited, who, center


class _FromHome(Scoped):
    """A rule about how far people are sent."""

    speed_kmh: Annotated[Speed | None, SPARED] = None
    """Kilometres in an hour; where given, a way from home that the table `travel` has is as long as
    what is driven in its minutes at this speed, so that 30 means half a km a minute. Empty for
    great-circle distances."""

    def _km(self, model: Model, border: Array) -> Array:
        """Kilometres from home of each pair, exact near a border; float of shape (num_pairs,)."""
        arrays, there = model.arrays, model.pairs.center
        home = arrays.home[model.pairs.volunteer]
        return self._told(arrays, home, there, arrays.km_beside(home, there, border))

    def _told(self, arrays: Arrays, home: Array, there: Array, km: Array) -> Array:
        """Kilometres, but as driven where the table travel tells the way."""
        if self.speed_kmh is None:
            return km
        told = driven(arrays, home, there, self.speed_kmh)
        return np.where(np.isnan(told), km, told)


@rule(order=110)
class MaxDistance(_FromHome, Priced):
    """Nobody is sent farther from home than they said; the home center is always allowed.

    Mobile people may be sent anywhere.

    Amount: shifts at centers farther than the person's max_distance_km. Cost: weight for each km
    beyond, begun ones whole.
    """

    rule: Literal["max_distance"] = "max_distance"
    weight: Annotated[Weight, SPARED] = 1
    """Cost of each km beyond; a hard rule ignores it."""
    sees = "part"
    topic = "Places and ways"
    worth = PROMISE
    reads = ("max_distance_km",)
    unit = "shifts"
    measures_distance = True
    example = (
        "max_distance_km 8, a shift 12.4 km from home: amount 1, and with weight 10 at level 2 "
        "cost 50."
    )

    def check(self, case: Case) -> Findings:
        for volunteer in case.members(self.group):
            limit = None if volunteer.mobile else volunteer.max_distance_km
            if limit is None:
                continue
            for shift in case.worked(volunteer, self.which):
                if shift.center_id == volunteer.home_center_id:
                    continue
                km = km_from_home(case, volunteer, shift, self.speed_kmh)
                if km > limit:
                    cost = 0 if self.hard else self.weight * math.ceil(km - limit)
                    told = _told_km(km, limit)
                    yield self.violation(volunteer, shift, 1, cost=cost, km=told, most=limit)

    def forbid(self, arrays: Arrays) -> Array | None:
        if not self.hard:
            return None
        limits = [None if v.mobile else v.max_distance_km for v in arrays.week.volunteers]
        limit = np.array([np.inf if km is None else km for km in limits])
        home, there = arrays.home[:, None], np.arange(arrays.num_centers)[None, :]
        km = self._told(arrays, home, there, arrays.km_beside(home, there, limit[:, None]))
        too_far = (home != there) & (km > limit[:, None])
        concerned = arrays.in_group(self.group)[:, None] & arrays.in_set(self.which)[None, :]
        return np.asarray(too_far[:, arrays.center] & concerned, dtype=bool)

    def post(self, model: Model) -> None:
        if self.hard:
            return  # what it forbids is not in the model
        arrays, who, there = model.arrays, model.pairs.volunteer, model.pairs.center
        limits = [None if v.mobile else v.max_distance_km for v in arrays.week.volunteers]
        limit = np.array([np.inf if km is None else km for km in limits])[who]
        home = arrays.home[who]
        near = np.where(np.isfinite(limit), limit, 0.0)
        whole = near + np.round(arrays.km[home, there] - near)
        beyond = np.ceil(self._km(model, whole) - limit)
        concerned = model.meant(self.which, self.group)
        model.price_pairs(self, self.weight * np.where(concerned, np.maximum(beyond, 0.0), 0.0))


@rule(order=140)
class OneCenterPerDay(Scoped, Priced):
    """All shifts of a person on one date are at one center.

    Amount: centers beyond the first, for each person and date.
    """

    rule: Literal["one_center_per_day"] = "one_center_per_day"
    sees = "part"
    topic = "Places and ways"
    unit = "centers"
    example = "A morning at one center and the afternoon at another: amount 1."

    def check(self, case: Case) -> Findings:
        for volunteer in case.members(self.group):
            centers: dict[dt.date, set[str]] = {}
            for shift in case.worked(volunteer, self.which):
                centers.setdefault(shift.day, set()).add(shift.center_id)
            for day, there in sorted(centers.items()):
                if len(there) > 1:
                    yield self.violation(volunteer, day, len(there) - 1, count=len(there))

    def post(self, model: Model) -> None:
        arrays = model.arrays
        meant = np.flatnonzero(model.meant(self.which, self.group))
        visit = model.pairs.person_day * arrays.num_centers + model.pairs.center
        visits, number = np.unique(visit[meant], return_inverse=True)
        where = np.full(len(model.pairs), -1)
        where[meant] = np.asarray(number).reshape(-1)
        visited = model.any_of(where, len(visits), exact=False)
        days, day = np.unique(visits // arrays.num_centers, return_inverse=True)
        centers = visited.sum_by(day, len(days))
        who, where = np.divmod(days, arrays.num_days)
        model.at_most(self, centers, 1, who=who, where=where, place="day")


def exclude_each_other(model: Model, first: Array, second: Array) -> Array:
    """Whether nobody may work both of two pairs, as hard rules say; bool of their shape.

    `first`, `second`: ids of pairs of one person, two at a time, int of one shape. They may not
    where their shifts overlap, or lie on one date at two centers of which a person sees one.
    """
    pairs = model.pairs
    kind = pairs.exclusive[pairs.shift]
    found = kind[first] == kind[second]
    if model.alone:
        return np.zeros_like(found)
    apart = pairs.center[first] != pairs.center[second]
    apart &= pairs.person_day[first] == pairs.person_day[second]
    for one in model.rules:
        if isinstance(one, OneCenterPerDay) and one.hard:
            meant = model.meant(one.which, one.group)
            found |= apart & meant[first] & meant[second]
    return np.asarray(found)


class _MaxCenters(Priced):
    max_centers: Annotated[Count, in_value("max_centers")]
    """Most centers."""


@rule(order=150)
class MaxCenters(_OnCenters, _MaxCenters):
    """A person works at no more than `max_centers` centers in the horizon.

    Amount: centers beyond `max_centers`, for each person.
    """

    rule: Literal["max_centers"] = "max_centers"
    sees = "part"
    topic = "Places and ways"
    unit = "centers"
    example = "max_centers 2, shifts at three centers in the week: amount 1."

    def check(self, case: Case) -> Findings:
        for volunteer, there in self._centers(case):
            count, most = len(there), self.max_centers
            if count > most:
                yield self.violation(volunteer, None, count - most, count=count, most=most)

    def post(self, model: Model) -> None:
        visited, who, _ = self._visited(model)
        people = np.flatnonzero(model.arrays.in_group(self.group))
        centers = visited.sum_by(who, model.arrays.num_volunteers).take(people)
        model.at_most(self, centers, self.max_centers, who=people)


@rule(order=460)
class Continuity(_OnCenters, ForPeople):
    """People come back to the same center; each further center costs.

    The history's last_center, of weeks before the horizon, is one of a person's centers if it is
    among those of `where`, and nothing else limits shifts or days.

    Amount: different centers beyond the first, for each person who works.
    """

    rule: Literal["continuity"] = "continuity"
    sees = "part"
    topic = "Places and ways"
    unit = "centers"
    example = "Weight 10, shifts at three centers: cost 20."

    @property
    def remembers(self) -> bool:
        """Whether centers of earlier weeks count, since no more than places is limited."""
        return replace(self.which, where=()).is_all

    def check(self, case: Case) -> Findings:
        for volunteer, there in self._centers(case):
            last = self._last(case, volunteer)
            if last is not None and there - {last}:
                more, code = len(there - {last}), "rules.continuity_last"
                yield self.violation(volunteer, None, more, code, other=AtCenter(last))
            elif len(there) > 1:
                yield self.violation(volunteer, None, len(there) - 1, count=len(there))

    def _last(self, case: Case, volunteer: Volunteer) -> str | None:
        """The last center of earlier weeks, if it counts."""
        history = case.history(volunteer)
        last = None if history is None or not self.remembers else history.last_center
        center = case.centers.get(last or "")
        if center is None or (self.where and not any(is_at(center, name) for name in self.where)):
            return None
        return last

    def post(self, model: Model) -> None:
        arrays = model.arrays
        visited, who, center = self._visited(model)
        last = np.full(arrays.num_volunteers, -1)
        known = arrays.week.history if self.which == Which(where=self.where) else ()
        for row in known:
            before = arrays.center_index.get(row.last_center or "", -1)
            last[arrays.volunteer_index[row.volunteer_id]] = before
        last[~np.append(arrays.at(self.where), False)[last]] = -1
        people = np.flatnonzero(arrays.in_group(self.group))
        away = np.where(center == last[who], -1, who)
        centers = visited.sum_by(away, arrays.num_volunteers).take(people)
        model.at_most(self, centers, np.where(last[people] < 0, 1, 0), who=people)


@rule(order=450)
class Travel(_FromHome, ForPeople):
    """Kilometres from home cost.

    Those of mobile people cost nothing.

    Amount: km from the home center to the shift's center, rounded half up, for each shift.
    """

    rule: Literal["travel"] = "travel"
    sees = "part"
    topic = "Places and ways"
    unit = "km"
    measures_distance = True
    example = "Weight 1, two shifts 7.6 km from home: cost 8 + 8 = 16."

    def check(self, case: Case) -> Findings:
        for volunteer in case.members(self.group):
            for shift in () if volunteer.mobile else case.worked(volunteer, self.which):
                km = rnd(km_from_home(case, volunteer, shift, self.speed_kmh))
                if km > 0:
                    yield self.violation(volunteer, shift, km)

    def post(self, model: Model) -> None:
        arrays = model.arrays
        home, there = arrays.home[model.pairs.volunteer], model.pairs.center
        km = self._km(model, np.floor(arrays.km[home, there]) + 0.5)
        mobile = np.array([v.mobile for v in arrays.week.volunteers], dtype=bool)
        priced = model.meant(self.which, self.group) & ~mobile[model.pairs.volunteer]
        km = np.where(priced, km, 0.0)
        model.price_pairs(self, self.weight * np.floor(km + 0.5))
