"""Ways of citizens through a center: requests for one service, and visits of several.

Tables services, journeys and citizen_kinds -> `CitizenWays` of each center -> the time that
citizens take in a line of some services.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from shiftplan.problem import Problem
from shiftplan.week.demand import Service
from shiftplan.week.records import Center
from shiftplan.week.visits import journeys_at, minutes_factors


class HelpTime(NamedTuple):
    """How long the people of a line help a citizen."""

    minutes_per_citizen: float
    """Mean minutes."""
    cv: float
    """Standard deviation of these minutes over their mean."""


class CitizenWays:
    """Ways through one center. A way is the services of a citizen, whose order does not matter.

    The first ways are requests for one service each, in the order of `services`; visits of one
    service count as these.
    """

    def __init__(
        self,
        services: Sequence[Service],
        journeys: Iterable[tuple[tuple[str, ...], float]] = (),
        factors: tuple[float, float] = (1.0, 1.0),
    ) -> None:
        """Take services, journeys with their parts, and means of the factor and its square."""
        index = {s.service_id: i for i, s in enumerate(services)}
        parts: dict[tuple[int, ...], float] = {}
        for names, part in journeys:
            steps = tuple(sorted(index[name] for name in names))
            parts[steps] = parts.get(steps, 0.0) + part
        single = [(i,) for i in range(len(services))]
        self.steps = (*single, *(steps for steps in parts if len(steps) > 1))
        """Services of each way by their position, ascending."""
        row_of = {steps: i for i, steps in enumerate(self.steps)}
        self._leading: list[list[int]] = [[] for _ in services]
        for steps, row in row_of.items():
            for service in steps:
                self._leading[service].append(row)
        self._visits = [(row_of[steps], part) for steps, part in parts.items()]
        self._row_of = index
        self._services, self._factors = services, factors
        self._times: dict[tuple[int, ...], Sequence[Service | HelpTime]] = {}

    @property
    def has_visits(self) -> bool:
        """Whether visits come, and not requests alone."""
        return bool(self._visits)

    def of(self, service_id: str | None) -> Sequence[tuple[int, float]]:
        """CitizenWays of those whom a row of demand counts, and the part that takes each."""
        return self._visits if service_id is None else [(self._row_of[service_id], 1.0)]

    def through(self, services: Iterable[int]) -> list[int]:
        """Ways that lead through at least one of some services, in the order of these."""
        return [*dict.fromkeys(way for service in services for way in self._leading[service])]

    @property
    def whole(self) -> Sequence[Service | HelpTime]:
        """Time that the citizens of each way take in all."""
        return self.times(range(len(self._services)))

    def times(self, services: Iterable[int]) -> Sequence[Service | HelpTime]:
        """Time that the citizens of each way take in a line of some services.

        Minutes of different steps are independent; the factor of a citizen's kind is the same for
        all. CitizenWays through none of the services have the time of the whole way.
        """
        if len(self.steps) == len(self._services) and self._factors == (1.0, 1.0):
            return self._services
        key = tuple(services)
        if key not in self._times:
            wanted = frozenset(key)
            own = ([i for i in steps if i in wanted] or steps for steps in self.steps)
            self._times[key] = tuple(map(self._time, own))
        return self._times[key]

    def _time(self, steps: Sequence[int]) -> HelpTime:
        first, second = self._factors
        minutes = [self._services[i].minutes_per_citizen for i in steps]
        deviation = [m * self._services[i].cv for i, m in zip(steps, minutes, strict=True)]
        mean = math.fsum(minutes)
        square = second * (math.fsum(d * d for d in deviation) + mean * mean)
        cv2 = square / (first * mean) ** 2 - 1
        return HelpTime(first * mean, math.sqrt(max(0.0, cv2)))


def used_services(problem: Problem) -> list[Service]:
    """Services that somebody is expected for, in the order of their table."""
    used = {service.service_id for row, service, _ in problem.requests() if row.arrivals}
    return [s for s in problem.services if s.service_id in used]


def ways_of(problem: Problem, services: Sequence[Service]) -> Mapping[str, CitizenWays]:
    """Center id -> ways through it; `services` are those that somebody is expected for."""
    visited = {row.center_id for row in problem.demand if row.service_id is None and row.arrivals}

    def ways(center: Center) -> CitizenWays:
        is_visited = center.center_id in visited
        journeys = journeys_at(problem.journeys, center) if is_visited else ()
        return CitizenWays(services, journeys, minutes_factors(problem.citizen_kinds, center))

    if not visited and not problem.citizen_kinds:
        return dict.fromkeys(problem.center_by_id, CitizenWays(services))
    return {center.center_id: ways(center) for center in problem.centers}
