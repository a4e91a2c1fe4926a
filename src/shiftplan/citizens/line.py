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
from shiftplan.citizens.queue import MOST, MOST_SERVERS, Floats, Queue, shares_within
from shiftplan.citizens.ways import HelpTime
from shiftplan.errors.message import Message
from shiftplan.week.demand import Policy, Service
from shiftplan.week.requirements import Requirement

_PARTS = (
    *("busy", "lag", "officials", "promise", "few", "spread", "show_rate"),
    *("tolerance", "too_busy", "room", "presence"),
)
"""Parts of a reason."""
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
        part = share / load.shifts[slots]
        officials = None if beside is None else np.floor(beside[slots] / load.shifts[slots])
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

    @property
    def peak(self) -> int:
        """Index of the slot in which the people of the shift have most to do."""
        return int(np.argmax(self.busy - (0.0 if self.officials is None else self.officials)))

    @property
    def _counted(self) -> Line:
        """The slots in which citizens count: those of all sizes where the forecast has a spread."""
        return self if self.sizes is None else self.sizes

    def beside(self, slot: int) -> int:
        """Officials who serve the line in a slot."""
        return 0 if self.officials is None else int(self.officials[slot])

    def in_time(self, people: int, policy: Policy) -> float:
        """Share of citizens who so many people serve within the time promised, 0 to 1; 1 of none.

        It is that of the way whose citizens wait longest: many quick visits in quiet hours cannot
        make up for a few long ones at the busiest. Each slot counts with the citizens who come this
        way in it, and is a queue in its steady state. Where the forecast has a spread, the slots of
        all its sizes count, so that busy days do with their many citizens. Each person comes with
        the chance `show_rate`, one by one (binomial); officials always do.
        """
        line = self._counted
        if not line.citizens:
            return 1.0
        share = np.zeros(len(line.minutes))
        for present, chance in _present(people, self.show_rate):
            share += chance * line._served(present, policy)
        weight = line.arrivals_per_hour * line.minutes
        total = weight.sum(axis=1)
        return float(((weight @ share)[total > 0] / total[total > 0]).min())

    def _served(self, people: int, policy: Policy) -> Floats:
        """Share of the citizens of each slot who are served in time; 0 where nobody comes."""
        came = self.arrivals_per_hour.sum(axis=0) > 0
        beside = np.zeros(len(came)) if self.officials is None else self.officials
        came &= people + beside > 0
        share = np.zeros(len(self.minutes))
        if policy.patience_minutes is None:
            for servers in np.unique(people + beside[came]):
                own = came & (people + beside == servers)
                given = (self.busy[own], self.service_minutes[own], self.cv2[own])
                share[own] = shares_within(*given, int(servers), policy.within_minutes)
        else:
            queues = (self._queue(int(i), people, policy) for i in np.flatnonzero(came))
            share[came] = [q.share_served_within(policy.within_minutes) for q in queues]
        return share

    def team(self, policy: Policy, level: float, most_utilization: float) -> StaffedTeam:
        """The smallest team that serves a share `level` in time and is never too busy."""
        if not self._counted.citizens:
            return StaffedTeam(0, 1.0)
        share = cache(lambda people: self.in_time(people, policy))
        alone = self.officials is None

        def enough(people: int) -> bool:
            slots = [self.peak] if alone else np.flatnonzero(self.busy).tolist()
            busiest = max((self._utilization(i, people, policy) for i in slots), default=0.0)
            return busiest <= most_utilization + 1e-9 and share(people) >= level - policy.tolerance

        least = self.busy[self.peak] / most_utilization - 1e-9
        start = 1 if policy.patience_minutes else max(1, math.ceil(least))
        people = _first(enough, start if alone else 0)
        return StaffedTeam(people, share(people))

    def _utilization(self, slot: int, people: int, policy: Policy) -> float:
        """Share of their time that those who come are busy in a slot; endless if nobody is there.

        Somebody must have something to do in the slot.
        """
        servers = people + self.beside(slot)
        if not servers:
            return math.inf
        come = people * self.show_rate + self.beside(slot)
        return self._queue(slot, people, policy).utilization * servers / come

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
            min(MOST, 60 * float(self.busy[slot]) / minutes),
            minutes,
            people + self.beside(slot),
            policy.patience_minutes,
            1.0 if policy.patience_minutes else float(self.cv2[slot]),
        )


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

        It is about the slot with the highest load; of what is needed only on some days, about the
        busiest of them.
        """
        if not self.requirement.target and self.requirement.needed_percent:
            chances = self.requirement.needed_percent
            change = {"minimum": min(self.minimum.people, len(chances)), "target": len(chances)}
            asked = self.requirement.model_copy(update=change | {"needed_percent": ()})
            busiest = replace(self, requirement=asked).reason
            return Message("staffing.some_days", percent=chances[0], reason=busiest)
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
        if asked.target and minimum and not asked.minimum:
            said["few"] = Message("staffing.few")
        if spread := round(100 * line.spread):
            said["spread"] = Message("staffing.spread", share=spread)
        if line.show_rate < 1:
            said["show_rate"] = Message("staffing.show_rate", share=100 * line.show_rate)
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


def wanted_only(need: DerivedRequirement) -> DerivedRequirement:
    """The need without its minimum."""
    return replace(need, requirement=need.requirement.model_copy(update={"minimum": 0}))


def both(one: DerivedRequirement, other: DerivedRequirement) -> DerivedRequirement:
    """The larger of two needs of the same ability, with the higher minimum."""
    minimum = max(one.requirement.minimum, other.requirement.minimum)
    larger = max(one, other, key=lambda need: need.requirement.target)
    asked = larger.requirement.model_copy(update={"minimum": minimum})
    return replace(larger, requirement=asked)
