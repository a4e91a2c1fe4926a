"""Ways to turn a forecast into requirements: that of shiftplan, and those that people use.

`Problem` -> requirements. All but the first look at hours, or at a whole shift, by themselves.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from shiftplan.citizens.load import language_shares
from shiftplan.citizens.queueing import servers_needed
from shiftplan.citizens.staffing import staff
from shiftplan.problem import Problem
from shiftplan.week.demand import Demand, Policy, Service, policy_at
from shiftplan.week.records import Shift
from shiftplan.week.requirements import Requirement

Ability = tuple[str, int]


@dataclass(frozen=True)
class Hours:
    """What is expected in one shift, as the forecast tells it."""

    shift: Shift
    rows: tuple[Demand, ...]
    minutes: Mapping[str | None, float]
    """Service -> mean minutes for a citizen."""
    policy: Policy

    @property
    def length(self) -> float:
        """Hours of the shift."""
        return (self.shift.end - self.shift.start).total_seconds() / 3600

    def by_hour(self) -> list[int]:
        """People whom each interval of the forecast needs by itself."""
        intervals: dict[tuple[datetime, datetime], list[Demand]] = defaultdict(list)
        for demand in self.rows:
            intervals[demand.start, demand.end].append(demand)
        return [
            self.people(rows, (end - start).total_seconds() / 3600)
            for (start, end), rows in intervals.items()
        ]

    def people(self, rows: Sequence[Demand], hours: float) -> int:
        """Erlang C for some rows, all services in one line with the mean of their minutes."""
        citizens = sum(d.arrivals for d in rows)
        if not citizens:
            return 0
        needed = servers_needed(
            citizens / hours,
            sum(d.arrivals * self.minutes[d.service_id] for d in rows) / citizens,
            within_minutes=self.policy.within_minutes,
            level=self.policy.target_level,
        )
        assert needed is not None
        return needed


def hours_of(problem: Problem) -> list[Hours]:
    """The forecast of every shift; rows that reach beyond a shift are left out."""
    minutes: dict[str | None, float] = {
        s.service_id: s.minutes_per_citizen for s in problem.services
    }
    policies = {c.center_id: policy_at(c, problem.policy) for c in problem.centers}
    rows: dict[str, list[Demand]] = defaultdict(list)
    for demand in problem.demand:
        rows[demand.center_id].append(demand)
    found = []
    for shift in problem.shifts:
        own = [d for d in rows[shift.center_id] if shift.start <= d.start and d.end <= shift.end]
        found.append(Hours(shift, tuple(own), minutes, policies[shift.center_id]))
    return found


def busiest_hour(problem: Problem) -> dict[str, int]:
    """Shift -> people for its busiest hour, each hour by itself (SIPP, as in pyworkforce)."""
    return {h.shift.shift_id: max(h.by_hour(), default=0) for h in hours_of(problem)}


def mean_of_hours(problem: Problem) -> dict[str, int]:
    """Shift -> the mean of what its hours need by themselves, rounded up."""
    needs = {h.shift.shift_id: h.by_hour() for h in hours_of(problem)}
    return {shift: math.ceil(sum(n) / len(n)) if n else 0 for shift, n in needs.items()}


def mean_rate(problem: Problem) -> dict[str, int]:
    """Shift -> people for its mean rate of arrivals."""
    return {h.shift.shift_id: h.people(h.rows, h.length) for h in hours_of(problem)}


def by_load(problem: Problem) -> dict[str, int]:
    """Shift -> people by shiftplan."""
    found = dict.fromkeys((s.shift_id for s in problem.shifts), 0)
    for need in staff(problem).needs:
        if need.requirement.skill_id is None:
            found[need.requirement.shift_id or ""] = need.target.people
    return found


HEADS: Mapping[str, Callable[[Problem], dict[str, int]]] = {
    "shiftplan": by_load,
    "mean rate of the shift": mean_rate,
    "mean of the hours": mean_of_hours,
    "busiest hour": busiest_hour,
}
"""Way -> people in each shift who could do everything."""


def plain_averages(problem: Problem, factor: float) -> Problem:
    """The problem with requirements from average workload: people who are busy, times a factor.

    Each ability is asked for by its own workload, rounded up; minimum 60% of the heads and one
    person of each ability, as planners do by hand.
    """
    services: dict[str | None, Service] = {s.service_id: s for s in problem.services}
    rooms = {c.center_id: c.capacity for c in problem.centers}
    languages = language_shares(problem)
    found = []
    for hours in hours_of(problem):
        busy: dict[Ability | None, float] = defaultdict(float)
        for demand in hours.rows:
            service = services[demand.service_id]
            ability = None if service.skill_id is None else (service.skill_id, service.min_level)
            busy[ability] += demand.arrivals * service.minutes_per_citizen / 60 / hours.length
        if not busy:
            continue
        room = rooms[hours.shift.center_id]
        heads = max(2, math.ceil(factor * sum(busy.values())))
        heads = heads if room is None else min(room, heads)
        shift = hours.shift.shift_id
        found.append(Requirement(shift_id=shift, minimum=math.ceil(0.6 * heads), target=heads))
        wanted = {a: min(heads, math.ceil(load)) for a, load in busy.items() if a is not None}
        shares = languages[hours.shift.center_id]
        wanted |= {(name, 1): math.ceil(share * heads) for name, share in shares.items()}
        for (skill, level), people in wanted.items():
            found.append(
                Requirement(
                    shift_id=shift,
                    skill_id=skill,
                    min_level=level,
                    minimum=min(1, people),
                    target=people,
                )
            )
    return problem.model_copy(update={"requirements": tuple(found)})
