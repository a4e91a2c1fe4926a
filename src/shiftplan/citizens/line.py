"""Citizens who wait in one line in a shift, and the team that serves them.

Loads of a center by slot -> a `Line` -> the smallest `StaffedTeam`.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from shiftplan.citizens.load import CenterLoad
from shiftplan.citizens.queue import MOST_SERVERS, Floats
from shiftplan.citizens.queues import shares_in_time
from shiftplan.citizens.visits.counts import Ints
from shiftplan.citizens.ways import HelpTime
from shiftplan.week.demand import Policy, Service

_NOTHING = 1e-9
"""Citizens an hour below which nobody comes: their loads would lose digits."""
_UNLIKELY = 1e-9
"""Chance below which a number of people who come is left out."""


@dataclass(frozen=True, slots=True)
class StaffedTeam:
    """People who serve a line, and how well."""

    people: int  # people in the team
    in_time: float  # share of citizens served in time, 0 to 1; see `Line.in_time`


@dataclass(frozen=True)
class Line:
    """Citizens of one or more services in one shift, slot by slot. Arrays of shape (slots,).

    They take ways through a center, for one service or more (`CitizenWays`); the line has the
    steps that its people help with.
    """

    start: Floats  # first minute of each slot, from the horizon's first midnight
    minutes: Floats  # length of each slot in minutes
    arrivals_per_hour: Floats  # by way, (ways, slots); 0 for ways of other lines
    part: Floats  # part of all citizens of these ways who stand in this line, 0 to 1
    work: Floats  # people busy with those who come, if all came at the same rate for ever
    busy: Floats  # modified offered load: people busy if nobody had to wait; it lags behind `work`
    service_minutes: Floats  # mean minutes of a service, mixed as their loads are
    cv2: Floats  # squared coefficient of variation of these minutes, all services mixed
    sizes: Line | None = None  # slots of all sizes of the forecast, if it has a spread; their
    # minutes are weighted by the chance of the size
    show_rate: float = 1.0  # chance that a person of the team comes, above 0
    officials: Floats | None = None  # officials who serve the line too, by slot, and always come;
    # None for nobody
    taken_from: tuple[Line, slice | Ints] | None = None  # the line of which it is a part, and its
    # slots there; None for one that is no part

    @classmethod
    def of(
        cls,
        load: CenterLoad,
        slots: slice,
        times: Sequence[Service | HelpTime],
        members: Sequence[int],
        share: float,
        beside: Floats | None = None,
    ) -> Line:
        """The line of a shift for a share of the citizens of some ways.

        Where shifts of a center overlap, each has an equal part of the citizens, and of the
        officials who serve the line `beside` its people, by slot of the load. `times` stand in the
        order of the load's ways, `members` are the indexes of those in this line.
        """
        shifts = np.maximum(load.shifts[slots], 1.0)
        part = share / shifts
        officials = None if beside is None else np.floor(beside[slots] / shifts)
        start, minutes = load.edges[:-1][slots], np.diff(load.edges)[slots]
        given = (load.arrivals_per_hour[:, slots], load.busy[:, slots])
        line = cls._mixed(start, minutes, part, given, times, [*members])
        line = replace(line, officials=officials)
        if load.sizes is None:
            return line
        chance, *found = load.sizes
        arrivals, busy = (np.concatenate([*size[:, :, slots]], axis=1) for size in found)
        start, part = (np.tile(values, len(chance)) for values in (start, part))
        minutes = np.outer(chance, minutes).ravel()
        sizes = cls._mixed(start, minutes, part, (arrivals, busy), times, [*members])
        if officials is not None:
            sizes = replace(sizes, officials=np.tile(officials, len(chance)))
        return replace(line, sizes=sizes)

    @classmethod
    def _mixed(
        cls,
        start: Floats,
        minutes: Floats,
        part: Floats,
        given: tuple[Floats, Floats],
        times: Sequence[Service | HelpTime],
        chosen: list[int],
    ) -> Line:
        """The line of some ways; `given` are arrivals an hour and people busy with each."""
        mean = np.array([times[i].minutes_per_citizen for i in chosen])[:, None]
        square = mean**2 * (1 + np.array([[times[i].cv ** 2] for i in chosen]).reshape(-1, 1))
        arrivals = np.zeros((len(times), len(part)))
        arrivals[chosen] = given[0][chosen] * part
        arrivals[arrivals < _NOTHING] = 0.0
        busy = given[1][chosen] * part
        under_way = busy / mean
        total = under_way.sum(axis=0)
        many = np.maximum(total, np.finfo(float).tiny)
        mixed = busy.sum(axis=0) / many
        cv2 = (under_way * square).sum(axis=0) / many / np.maximum(mixed, 1e-9) ** 2 - 1
        return cls(
            start,
            minutes,
            arrivals,
            part,
            (arrivals[chosen] * mean).sum(axis=0) / 60,
            busy.sum(axis=0),
            mixed,
            np.maximum(cv2, 0.0),
        )

    def during(self, slots: slice) -> Line:
        """The same line in some of its slots."""
        found = self._at(slots)
        if self.sizes is None:
            return found
        places = np.arange(len(self.sizes.minutes)).reshape(-1, len(self.minutes))
        return replace(found, sizes=self.sizes._at(places[:, slots].ravel()))

    def _at(self, slots: slice | Ints) -> Line:
        return Line(
            self.start[slots],
            self.minutes[slots],
            self.arrivals_per_hour[:, slots],
            self.part[slots],
            self.work[slots],
            self.busy[slots],
            self.service_minutes[slots],
            self.cv2[slots],
            officials=None if self.officials is None else self.officials[slots],
            taken_from=(self, slots),
        )

    @property
    def citizens(self) -> float:
        """Citizens expected in the shift."""
        return float((self.arrivals_per_hour @ self.minutes).sum()) / 60

    @property
    def spread(self) -> float:
        """Standard deviation over mean of the citizens in the shift that the sizes are for."""
        if self.sizes is None:
            return 0.0
        slots = len(self.minutes)
        came = (self.sizes.arrivals_per_hour.sum(axis=0) * self.sizes.minutes).reshape(-1, slots)
        chance = self.sizes.minutes.reshape(-1, slots).sum(axis=1) / self.minutes.sum()
        total = came.sum(axis=1) / chance
        mean = float(chance @ total)
        return math.sqrt(chance @ (total - mean) ** 2) / mean if mean else 0.0

    @cached_property
    def peak(self) -> int:
        """Index of the slot in which the people of the shift have most to do."""
        return int(np.argmax(self.busy - self._beside))

    @property
    def _counted(self) -> Line:
        """The slots in which citizens count: those of all sizes where the forecast has a spread."""
        return self if self.sizes is None else self.sizes

    @property
    def _beside(self) -> Floats:
        """Officials who serve the line, by slot."""
        return np.zeros(len(self.minutes)) if self.officials is None else self.officials

    def beside(self, slot: int) -> int:
        """Officials who serve the line in a slot."""
        return int(self._beside[slot])

    def in_time(self, people: int, policy: Policy) -> float:
        """Share of citizens who so many people serve within the time promised, 0 to 1; 1 of none.

        It is that of the way whose citizens wait longest: many quick visits in quiet hours cannot
        make up for a few long ones at the busiest. Each slot counts with the citizens who come this
        way in it, and is a queue in its steady state. Where the forecast has a spread, the slots of
        all its sizes count, so that busy days do with their many citizens. Each person comes with
        the chance `show_rate`, one by one (binomial); officials always do.
        """
        return self._in_time(policy)(people)

    @cached_property
    def _promises(self) -> dict[tuple[float, float | None], Callable[[int], float]]:
        """Minutes promised and patience -> `in_time`."""
        return {}

    def _in_time(self, policy: Policy) -> Callable[[int], float]:
        """`in_time` of each number of people, each of which is computed once."""
        key = policy.within_minutes, policy.patience_minutes
        if key not in self._promises:
            self._promises[key] = _InTime(self._counted, self.show_rate, policy)
        return self._promises[key]

    def _served(self, people: int, policy: Policy) -> Floats:
        """Share of the citizens of each slot who are served in time; 0 where nobody comes.

        Parts of a line have it from the whole, where it is computed once for all slots; unless
        citizens give up, for whom an integral would be computed that no part may ask for.
        """
        if self.taken_from is not None and policy.patience_minutes is None:
            whole, slots = self.taken_from
            known, key = whole._known, (people, policy.within_minutes)
            if key not in known:
                known[key] = whole._served(people, policy)
            return known[key][slots]
        came = np.flatnonzero(self.arrivals_per_hour.sum(axis=0))
        share = np.zeros(len(self.minutes))
        share[came] = self._shares(came, people, policy, policy.within_minutes)
        return share

    @cached_property
    def _known(self) -> dict[tuple[int, float], Floats]:
        """People, minutes promised -> `_served`, for the parts."""
        return {}

    def _shares(self, slots: Ints, people: int, policy: Policy, minutes: float) -> Floats:
        """Share of the citizens of some slots, busy ones, who are served within so many minutes."""
        servers = people + self._beside[slots]
        share = np.zeros(len(slots))
        for count in np.unique(servers[servers > 0]).tolist():
            own = slots[servers == count]
            given = self.busy[own], self.service_minutes[own], self.cv2[own]
            found = shares_in_time(*given, int(count), minutes, policy.patience_minutes)
            share[servers == count] = found
        return share

    def team(self, policy: Policy, level: float, most_utilization: float) -> StaffedTeam:
        """The smallest team that serves a share `level` in time and is never too busy."""
        if not self._counted.citizens:
            return StaffedTeam(0, 1.0)
        share = self._in_time(policy)

        def enough(people: int) -> bool:
            busiest = self.utilization(people, policy)
            return busiest <= most_utilization + 1e-9 and share(people) >= level - policy.tolerance

        alone = self.officials is None
        least = self.busy[self.peak] / most_utilization - 1e-9
        start = 1 if policy.patience_minutes else max(1, math.ceil(least))
        people = _first(enough, start if alone else 0)
        return StaffedTeam(people, share(people))

    def utilization(self, people: int, policy: Policy) -> float:
        """Share of their time that those of a team who come are busy in its busiest slot.

        Officials who serve the line count with them. It may be above 1 where some stay away, and is
        endless where nobody is there to help.
        """
        if self.officials is None and policy.patience_minutes is None:  # the usual case, quickly
            busiest = float(self.busy[self.peak])
            return min(busiest, people) / (people * self.show_rate) if people else math.inf
        slots = np.flatnonzero(self.busy) if self.officials is not None else np.array([self.peak])
        servers = people + self._beside[slots]
        if not servers.all():
            return math.inf
        busy = self.busy[slots]
        if policy.patience_minutes is not None:
            busy = busy * self._shares(slots, people, policy, math.inf)
        come = people * self.show_rate + self._beside[slots]
        return float((np.minimum(busy, servers) / come).max(initial=0.0))

    def smaller(self, policy: Policy, level: float, team: StaffedTeam) -> StaffedTeam:
        """The smallest team, not above a given one, that serves a share `level` in time."""
        if not team.people:
            return team
        share = self._in_time(policy)

        def too_many(spared: int) -> bool:
            left = team.people - spared
            return left < (self.officials is None) or share(left) < level - policy.tolerance

        people = team.people + 1 - _first(too_many, 1)
        return StaffedTeam(people, share(people)) if people < team.people else team


class _InTime:
    """Share of the citizens of a line who are served in time, by people."""

    def __init__(self, line: Line, show_rate: float, policy: Policy) -> None:
        weight = line.arrivals_per_hour * line.minutes
        weight = weight[weight.sum(axis=1) > 0]
        weight /= weight.sum(axis=1, keepdims=True)
        self._line, self._show_rate, self._policy, self._weight = line, show_rate, policy, weight
        self._of_present: dict[int, Floats] = {}
        self._found: dict[int, float] = {}

    def __call__(self, people: int) -> float:
        """The share; each is computed once."""
        if people not in self._found:
            found = np.zeros(len(self._weight))
            for present, chance in _present(people, self._show_rate):
                if present not in self._of_present:
                    served = self._line._served(present, self._policy)
                    self._of_present[present] = self._weight @ served
                found += chance * self._of_present[present]
            self._found[people] = float(found.min(initial=1.0))
        return self._found[people]


def _present(people: int, show_rate: float) -> list[tuple[int, float]]:
    """Numbers of people who come of so many, and the chance of each number."""
    if show_rate == 1:
        return [(people, 1.0)]
    log_come, log_stay = math.log(show_rate), math.log1p(-show_rate)
    found = []
    for present in range(people + 1):
        away = people - present
        ways = math.lgamma(people + 1) - math.lgamma(present + 1) - math.lgamma(away + 1)
        chance = math.exp(ways + present * log_come + away * log_stay)
        if chance > _UNLIKELY:
            found.append((present, chance))
    return found


def _first(holds: Callable[[int], bool], start: int) -> int:
    """The first number from `start` to `MOST_SERVERS` for which something begins to hold.

    It goes ahead in steps that double, and then halves the last one.
    """
    low, high = start, start
    while high < MOST_SERVERS and not holds(high):
        low, high = high + 1, min(MOST_SERVERS, 3 * high - 2 * low + 2)
    return low + bisect_left(range(low, high), True, key=holds)
