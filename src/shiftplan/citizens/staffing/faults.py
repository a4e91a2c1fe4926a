"""What makes a forecast impossible to staff.

Loads and policies -> `Fault`s, all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from shiftplan.citizens.queueing import MOST_SERVERS
from shiftplan.citizens.staffing.load import CenterLoad
from shiftplan.errors import Fault
from shiftplan.errors.message import Column, Message
from shiftplan.problem import Problem
from shiftplan.week.demand import Policy

_MOST_PEOPLE = MOST_SERVERS * 9 // 10
"""People busy at once in a team, at most; the rest are for those who must not wait."""


def contradictions(policies: Mapping[str, Policy]) -> Iterator[Fault]:
    """Yield a fault for each center whose minimum promises more than its target."""
    for center, policy in policies.items():
        if policy.minimum_level > policy.target_level:
            levels = {"minimum": policy.minimum_level, "target": policy.target_level}
            message = Message("citizens.minimum_above_target", center=center, **levels)
            yield Fault("minimum_above_target", "policy", "value", "", message)


def outside(problem: Problem, loads: Mapping[str, CenterLoad]) -> Iterator[Fault]:
    """Yield a fault for each forecast that some of its citizens find their center closed."""
    minutes = problem.horizon.minutes
    for i, demand in enumerate(problem.demand):
        if not demand.arrivals:
            continue
        load = loads[demand.center_id]
        start, end = minutes(demand.start), minutes(demand.end)
        slots = load.inside(start, end)
        closed = np.diff(load.edges)[slots][load.shifts[slots] == 0].sum() / (end - start)
        if closed > 0:
            away = {"percent": round(closed * 100), "citizens": closed * demand.arrivals}
            message = Message("citizens.no_shift_then", center=demand.center_id, **away)
            remedy = Message("citizens.shift_missing")
            value = f"{demand.start:%Y-%m-%d %H:%M}"
            yield Fault(
                "demand_outside_shifts", "demand", "start", value, message, remedy=remedy, index=i
            )


def crowds(
    problem: Problem, loads: Mapping[str, CenterLoad], policies: Mapping[str, Policy]
) -> Iterator[Fault]:
    """Yield a fault for each center where more people are needed than queues can have."""
    for center, load in loads.items():
        people = load.busy.sum(axis=0) / np.maximum(load.shifts, 1) * (load.shifts > 0)
        people /= policies[center].most_utilization
        if people.max() > _MOST_PEOPLE:
            sizes = {"people": round(people.max()), "most": _MOST_PEOPLE}
            message = Message("citizens.team_too_large", center=center, **sizes)
            columns = {"arrivals": Column("arrivals"), "minutes": Column("minutes_per_citizen")}
            remedy = Message("citizens.forecast_mistyped", **columns)
            moment = problem.horizon.moment(load.edges[people.argmax()])
            value = f"{moment:%Y-%m-%d %H:%M}"
            yield Fault("too_many_citizens", "demand", "arrivals", value, message, remedy=remedy)
