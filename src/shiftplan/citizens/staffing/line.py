"""Citizens of some services who wait in one line in a shift, and the team that serves them in time.

Loads of a center by slot -> a `Line` -> the smallest `StaffedTeam`.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from shiftplan.citizens.queueing.queue import MOST_SERVERS, Floats, Queue
from shiftplan.citizens.staffing.load import CenterLoad
from shiftplan.week.demand import Policy, Service

_NOTHING = 1e-9
"""Citizens an hour below which nobody comes: their loads would lose digits."""


@dataclass(frozen=True, slots=True)
class StaffedTeam:
    """People who serve a line, and how well."""

    people: int  # people in the team
    in_time: float  # share of citizens served in time, 0 to 1; see `Line.in_time`


@dataclass(frozen=True)
class Line:
    """Citizens of one or more services in one shift, slot by slot. Arrays of shape (slots,)."""

    start: Floats  # first minute of each slot, from the horizon's first midnight
    minutes: Floats  # length of each slot in minutes
    arrivals_per_hour: Floats  # by service, (services, slots); 0 for services of other lines
    part: Floats  # part of all citizens of these services who stand in this line, 0 to 1
    work: Floats  # people busy with those who come, if all came at the same rate for ever
    busy: Floats  # modified offered load: people busy if nobody had to wait; it lags behind `work`
    service_minutes: Floats  # mean minutes of a service, mixed as their loads are
    cv2: Floats  # squared coefficient of variation of these minutes, all services mixed

    @classmethod
    def of(
        cls,
        load: CenterLoad,
        slots: slice,
        services: Sequence[Service],
        members: Sequence[int],
        share: float,
    ) -> Line:
        """The line of a shift for a share of the citizens of some services.

        Where shifts of a center overlap, each has an equal part of the citizens. `services` stand
        in the order of the load's rows, `members` are the indexes of those in this line.
        """
        chosen = list(members)
        part = share / load.shifts[slots]
        mean = np.array([services[i].minutes_per_citizen for i in chosen])[:, None]
        square = mean**2 * (1 + np.array([[services[i].cv ** 2] for i in chosen]).reshape(-1, 1))
        arrivals = np.zeros((len(services), len(part)))
        arrivals[chosen] = load.arrivals_per_hour[chosen, slots] * part
        arrivals[arrivals < _NOTHING] = 0.0
        busy = load.busy[chosen, slots] * part
        under_way = busy / mean
        total = under_way.sum(axis=0)
        many = np.maximum(total, np.finfo(float).tiny)
        minutes = busy.sum(axis=0) / many
        cv2 = (under_way * square).sum(axis=0) / many / np.maximum(minutes, 1e-9) ** 2 - 1
        return cls(
            load.edges[:-1][slots],
            np.diff(load.edges)[slots],
            arrivals,
            part,
            (arrivals[chosen] * mean).sum(axis=0) / 60,
            busy.sum(axis=0),
            minutes,
            np.maximum(cv2, 0.0),
        )

    @property
    def citizens(self) -> float:
        """Citizens expected in the shift."""
        return float((self.arrivals_per_hour @ self.minutes).sum()) / 60

    @property
    def peak(self) -> int:
        """Index of the busiest slot."""
        return int(np.argmax(self.busy))

    def in_time(self, people: int, policy: Policy) -> float:
        """Share of citizens who so many people serve within the time promised, 0 to 1; 1 of none.

        It is that of the service whose citizens wait longest: many quick visits in quiet hours
        cannot make up for a few long ones at the busiest. Each slot counts with the citizens who
        come for the service in it, and is a queue in its steady state.
        """
        if not people or not self.citizens:
            return 0.0 if self.citizens else 1.0
        share = [
            self._queue(i, people, policy).share_served_within(policy.within_minutes)
            if came
            else 0.0
            for i, came in enumerate(self.arrivals_per_hour.sum(axis=0).tolist())
        ]
        weight = self.arrivals_per_hour * self.minutes
        total = weight.sum(axis=1)
        return float(((weight @ np.array(share))[total > 0] / total[total > 0]).min())

    def team(self, policy: Policy, level: float, most_utilization: float) -> StaffedTeam:
        """The smallest team that serves a share `level` in time and is never too busy."""
        if not self.citizens:
            return StaffedTeam(0, 1.0)
        share = cache(lambda people: self.in_time(people, policy))

        def enough(people: int) -> bool:
            busiest = self._queue(self.peak, people, policy).utilization
            return busiest <= most_utilization + 1e-9 and share(people) >= level - policy.tolerance

        least = self.busy[self.peak] / most_utilization - 1e-9
        people = _first(enough, 1 if policy.patience_minutes else max(1, math.ceil(least)))
        return StaffedTeam(people, share(people))

    def smaller(self, policy: Policy, level: float, team: StaffedTeam) -> StaffedTeam:
        """The smallest team, not above a given one, that serves a share `level` in time."""
        if not team.people:
            return team
        share = cache(lambda people: self.in_time(people, policy))

        def too_many(spared: int) -> bool:
            left = team.people - spared
            return left < 1 or share(left) < level - policy.tolerance

        people = team.people + 1 - _first(too_many, 1)
        return StaffedTeam(people, share(people)) if people < team.people else team

    def _queue(self, slot: int, people: int, policy: Policy) -> Queue:
        """The queue of one slot. Where citizens give up, the mix of services matters little."""
        minutes = float(self.service_minutes[slot])
        return Queue(
            60 * float(self.busy[slot]) / minutes,
            minutes,
            people,
            policy.patience_minutes,
            1.0 if policy.patience_minutes else float(self.cv2[slot]),
        )


def _first(holds: Callable[[int], bool], start: int) -> int:
    """The first number from `start` to `MOST_SERVERS` for which something begins to hold.

    It goes ahead in steps that double, and then halves the last one.
    """
    low, high = start, start
    while high < MOST_SERVERS and not holds(high):
        low, high = high + 1, min(MOST_SERVERS, 3 * high - 2 * low + 2)
    return low + bisect_left(range(low, high), True, key=holds)
