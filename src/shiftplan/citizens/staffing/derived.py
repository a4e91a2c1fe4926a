"""A requirement, how it comes about, and the message that says so.

`Line` and `StaffedTeam`s -> `DerivedRequirement` -> reason.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from shiftplan.citizens.staffing.line import Line, StaffedTeam
from shiftplan.errors.message import Message
from shiftplan.week.demand import Policy
from shiftplan.week.records import Requirement


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
        said: dict[str, Message | str] = dict.fromkeys(_PARTS, "")
        said["busy"] = Message(
            "staffing.busy" if part == 1 else "staffing.busy_part",
            slot=self.busiest,
            visits=visits,
            part=100 * part,
            services=self.services,
            minutes=60 * work / visits if visits else 0.0,
            work=work,
        )
        if _two_digits(work) != _two_digits(busy):
            said["lag"] = Message("staffing.lag", busy=busy)
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


_PARTS = ("busy", "lag", "promise", "tolerance", "too_busy", "room", "presence")
"""Parts of a reason, in their order; most are left out where they say nothing."""


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
