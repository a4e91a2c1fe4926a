"""Citizens who wait in one line in a shift, the team that serves them, and the requirement of it.

Loads of a center by slot -> a `Line` -> the smallest `StaffedTeam` -> `DerivedRequirement`.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from shiftplan.citizens.load import CenterLoad
from shiftplan.citizens.queue import MOST_SERVERS, Floats, Queue
from shiftplan.citizens.ways import HelpTime
from shiftplan.errors.message import Message
from shiftplan.week.demand import Policy, Service
from shiftplan.week.records import Requirement

_PARTS = ("busy", "lag", "officials", "promise", "tolerance", "too_busy", "room", "presence")
"""Parts of a reason."""
_NOTHING = 1e-9
"""Citizens an hour below which nobody comes: their loads would lose digits."""


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
    officials: Floats | None = None  # officials who serve the line too, by slot; None for nobody

    @classmethod
    def of(
        cls,
        load: CenterLoad,
        slots: slice,
        times: Sequence[Service | HelpTime],
        members: Sequence[int],
        share: float,
    ) -> Line:
        """The line of a shift for a share of the citizens of some ways.

        Where shifts of a center overlap, each has an equal part of the citizens. `times` stand in
        the order of the load's ways, `members` are the indexes of those in this line.
        """
        chosen = list(members)
        part = share / load.shifts[slots]
        mean = np.array([times[i].minutes_per_citizen for i in chosen])[:, None]
        square = mean**2 * (1 + np.array([[times[i].cv ** 2] for i in chosen]).reshape(-1, 1))
        arrivals = np.zeros((len(times), len(part)))
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
        """Index of the slot in which the people of the shift have most to do."""
        return int(np.argmax(self.busy - (0.0 if self.officials is None else self.officials)))

    def beside(self, slot: int) -> int:
        """Officials who serve the line in a slot."""
        return 0 if self.officials is None else int(self.officials[slot])

    def in_time(self, people: int, policy: Policy) -> float:
        """Share of citizens who so many people serve within the time promised, 0 to 1; 1 of none.

        It is that of the way whose citizens wait longest: many quick visits in quiet hours cannot
        make up for a few long ones at the busiest. Each slot counts with the citizens who come this
        way in it, and is a queue in its steady state.
        """
        if not self.citizens:
            return 1.0
        share = [
            self._queue(i, people, policy).share_served_within(policy.within_minutes)
            if came and people + self.beside(i)
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

        alone = self.officials is None

        def too_busy(slot: int, people: int) -> bool:
            if not people + self.beside(slot):
                return bool(self.busy[slot])
            return self._queue(slot, people, policy).utilization > most_utilization + 1e-9

        def enough(people: int) -> bool:
            slots = [self.peak] if alone else np.flatnonzero(self.busy).tolist()
            is_too_busy = any(too_busy(slot, people) for slot in slots)
            return not is_too_busy and share(people) >= level - policy.tolerance

        least = self.busy[self.peak] / most_utilization - 1e-9
        start = 1 if policy.patience_minutes else max(1, math.ceil(least))
        people = _first(enough, start if alone else 0)
        return StaffedTeam(people, share(people))

    def smaller(self, policy: Policy, level: float, team: StaffedTeam) -> StaffedTeam:
        """The smallest team, not above a given one, that serves a share `level` in time."""
        if not team.people:
            return team
        share = cache(lambda people: self.in_time(people, policy))

        def too_many(spared: int) -> bool:
            left = team.people - spared
            return left < (self.officials is None) or share(left) < level - policy.tolerance

        people = team.people + 1 - _first(too_many, 1)
        return StaffedTeam(people, share(people)) if people < team.people else team

    def _queue(self, slot: int, people: int, policy: Policy) -> Queue:
        """The queue of one slot. Where citizens give up, the mix of services matters little."""
        minutes = float(self.service_minutes[slot])
        return Queue(
            60 * float(self.busy[slot]) / minutes,
            minutes,
            people + self.beside(slot),
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


@dataclass(frozen=True, slots=True)
class DerivedRequirement:
    """A requirement, and how it comes about."""

    requirement: Requirement
    """What is asked for."""
    services: tuple[str, ...]
    """Ids of the services whose citizens it is for."""
    line: Line
    """Those citizens, in one line."""
    minimum: StaffedTeam
    """Fewest people who keep the promise of the minimum, before limits."""
    target: StaffedTeam
    """Fewest people who keep the promise of the target, before limits."""
    policy: Policy
    """What the citizens are promised."""
    busiest: str
    """The slot with the highest load, such as 09:00-10:00, wall-clock time."""
    of_visits: bool = False
    """Whether the citizens are visits of the table `journeys`; otherwise requests."""

    @property
    def reason(self) -> Message:
        """How the figures come about, so that they can be recomputed by hand.

        It is about the slot with the highest load.
        """
        line, policy, asked = self.line, self.policy, self.requirement
        slot, target, minimum = line.peak, self.target.people, self.minimum.people
        visits, work, part = line.arrivals_per_hour[:, slot].sum(), line.work[slot], line.part[slot]
        busy = line.busy[slot]
        prompt = target
        if busy > policy.most_utilization * (target - 1):
            prompt = line.smaller(policy, policy.target_level, self.target).people
        said: dict[str, Message | str] = dict.fromkeys(_PARTS, "")  # most are left out
        said["busy"] = Message(
            f"staffing.{'visits' if self.of_visits else 'busy'}{'' if part == 1 else '_part'}",
            slot=self.busiest,
            visits=visits,
            part=100 * part,
            services=self.services,
            minutes=60 * work / visits if visits else 0.0,
            work=work,
        )
        if _two_digits(work) != _two_digits(busy):
            said["lag"] = Message("staffing.lag", busy=busy)
        if line.beside(slot):
            said["officials"] = Message("staffing.officials", people=line.beside(slot))
        said["promise"] = Message(
            "staffing.promise",
            target_level=100 * policy.target_level,
            minimum_level=100 * policy.minimum_level,
            within=policy.within_minutes,
            target=prompt,
            minimum=minimum,
        )
        if policy.tolerance:
            said["tolerance"] = Message("staffing.tolerance", share=100 * policy.tolerance)
        if prompt < target:
            share = 100 * policy.most_utilization
            said["too_busy"] = Message("staffing.too_busy", share=share, people=target)
        if asked.target < target:
            said["room"] = Message("staffing.room", people=asked.target)
        if asked.target > target or asked.minimum > minimum:
            said["presence"] = Message("staffing.presence", people=asked.minimum)
        return Message("staffing.reason", **said)


def _two_digits(value: float) -> float:
    """A number rounded to two digits that count, one decimal at least below 100: as it is shown."""
    size = math.floor(math.log10(value)) if value > 0 else 0
    return round(float(value), max(1 - size, 1 if size < 2 else 0))


def within(need: DerivedRequirement, least: int, most: int | None) -> DerivedRequirement:
    """The need with its figures not below `least` and not above `most`."""
    asked = need.requirement
    limit = math.inf if most is None else most
    minimum = int(min(limit, max(least, asked.minimum)))
    target = int(min(limit, max(least, asked.target)))
    return replace(
        need, requirement=asked.model_copy(update={"minimum": minimum, "target": target})
    )


def both(one: DerivedRequirement, other: DerivedRequirement) -> DerivedRequirement:
    """The larger of two needs of the same ability, with the higher minimum."""
    minimum = max(one.requirement.minimum, other.requirement.minimum)
    larger = max(one, other, key=lambda need: need.requirement.target)
    asked = larger.requirement.model_copy(update={"minimum": minimum})
    return replace(larger, requirement=asked)
