"""A requirement that a forecast asks for, and how it comes about.

`Line` and the `StaffedTeam`s that serve it -> `DerivedRequirement` -> its reason.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from shiftplan.citizens.line import Line, StaffedTeam
from shiftplan.errors.message import Message
from shiftplan.week.demand import Policy
from shiftplan.week.requirements import Requirement

_PARTS = (
    *("busy", "lag", "officials", "promise", "few", "spread", "show_rate"),
    *("tolerance", "too_busy", "room", "presence"),
)
"""Parts of a reason."""


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
        if target and line.utilization(target - 1, policy) > policy.most_utilization:
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
    if (minimum, target) == (asked.minimum, asked.target):
        return need
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
