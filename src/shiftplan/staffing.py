"""From a forecast of citizens to the people each shift needs, with the reason of each figure.

`Problem` (demand, services, languages, policy) -> `Staffing`: requirements and their reasons.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from shiftplan.demand import Policy, policy_at
from shiftplan.errors import Fault, InputError
from shiftplan.languages import language_shares
from shiftplan.line import Line, Team
from shiftplan.load import CenterLoad, Floats, center_loads
from shiftplan.problem import Problem, Requirement, Shift, SkillGrant
from shiftplan.queueing import MOST_SERVERS
from shiftplan.texts import TEXTS, Lang
from shiftplan.wording import decimal, figure

Ability = tuple[str, int]
"""A skill and the level of it that is needed."""


@dataclass(frozen=True, slots=True)
class Need:
    """A requirement, and how it comes about."""

    requirement: Requirement
    """What is asked for."""
    services: tuple[str, ...]
    """Ids of the services whose citizens it is for."""
    line: Line
    """Those citizens, in one line."""
    minimum: Team
    """Fewest people who keep the promise of the minimum, before limits."""
    target: Team
    """Fewest people who keep the promise of the target, before limits."""
    policy: Policy
    """What the citizens are promised."""
    busiest: str
    """The slot with the highest load, such as 09:00-10:00, wall-clock time."""

    def reason(self, lang: Lang) -> str:
        """How the figures come about, in a sentence that can be recomputed by hand.

        It is about the slot with the highest load.
        """
        words, line, policy, asked = TEXTS[lang], self.line, self.policy, self.requirement
        slot, target, minimum = line.peak, self.target.people, self.minimum.people
        visits, work, part = line.arrivals_per_hour[:, slot].sum(), line.work[slot], line.part[slot]
        minutes = 60 * work / visits if visits else 0.0
        services = ", ".join(self.services)
        text = words["busy"].format(
            self.busiest,
            figure(visits, lang),
            services if part == 1 else words["part"].format(_percent(part, lang), services),
            figure(minutes, lang),
            figure(work, lang, 2),
        )
        if figure(work, lang, 2) != figure(line.busy[slot], lang, 2):
            text += words["with lag"].format(figure(line.busy[slot], lang, 2))
        prompt = target
        if line.busy[slot] > policy.most_utilization * (target - 1):
            prompt = line.smaller(policy, policy.target_level, self.target).people
        levels = (_percent(x, lang) for x in (policy.target_level, policy.minimum_level))
        within = decimal(policy.within_minutes, lang)
        text += words["promise"].format(next(levels), within, prompt, next(levels), minimum)
        if policy.tolerance:
            text += words["tolerance"].format(_percent(policy.tolerance, lang))
        if prompt < target:
            text += words["too busy"].format(_percent(policy.most_utilization, lang), target)
        if asked.target < target:
            text += words["room"].format(asked.target)
        if asked.target > target or asked.minimum > minimum:
            text += words["presence"].format(asked.minimum)
        return text


@dataclass(frozen=True)
class Staffing:
    """What `staff` makes of a forecast."""

    problem: Problem
    """The problem with these requirements instead of its own."""
    needs: tuple[Need, ...]
    """The requirements in order of shifts, heads first, with their reasons."""

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """The requirements alone."""
        return self.problem.requirements


def staff(problem: Problem, policy: Policy | None = None, *, lang: Lang = "en") -> Staffing:
    """Turn the forecast of citizens into requirements.

    A shift's team is the smallest that serves the promised share of each service's citizens
    within the promised time, and is not too busy in its busiest slot. Slot by slot it is judged
    as a queue with the modified offered load of the slot, which lags behind arrivals (Jennings,
    Mandelbaum, Massey and Whitt, 1996), and the mixed lengths of its services (`Line`).

    Skills are pooled, and nobody is counted twice: services are taken from the rarest ability to
    the commonest, and the people who hold an ability must be enough for its services and for all
    rarer ones together. Then for every set of services enough people can help with one of them,
    even if the same few hold all rarer abilities (Hall's condition; see docs/staffing.md).
    Requirements that follow from others are left out.

    Parameters
    ----------
    problem
        With demand and services; its table policy goes before `policy`.
    policy
        Values for all centers; None for the defaults.
    lang
        Language of the reasons.

    Raises
    ------
    InputError
        If there is no demand, demand at a time when its center has no shift, more than a team of
        thousands can serve, or a policy whose minimum promises more than its target.
    """
    if not any(d.arrivals for d in problem.demand):
        message = "requirements are made from a forecast, but no citizens are expected"
        raise InputError([Fault("nothing_to_staff", "demand", "arrivals", "", message)])
    work = _Work(problem, policy)
    if faults := [*work.contradictions(), *work.outside(), *work.crowds()]:
        raise InputError(faults)
    needs = tuple(need for shift in problem.shifts for need in work.needs(shift))
    requirements = tuple(
        need.requirement.model_copy(update={"reason": need.reason(lang)}) for need in needs
    )
    return Staffing(problem.model_copy(update={"requirements": requirements}), needs)


_MOST_PEOPLE = MOST_SERVERS * 9 // 10
"""People busy at once in a team, at most; the rest are for those who must not wait."""


class _Work:
    """One call of `staff`."""

    def __init__(self, problem: Problem, policy: Policy | None) -> None:
        self.problem = problem
        self.centers = {c.center_id: c for c in problem.centers}
        self.policy = {c: policy_at(row, problem.policy, policy) for c, row in self.centers.items()}
        used = {d.service_id for d in problem.demand if d.arrivals}
        self.services = [s for s in problem.services if s.service_id in used]
        self.loads = center_loads(problem, self.policy, self.services)
        self.languages = language_shares(problem, self.policy)

    def outside(self) -> Iterator[Fault]:
        """Yield a fault for each forecast that some of its citizens find their center closed."""
        minutes = self.problem.horizon.minutes
        for i, demand in enumerate(self.problem.demand):
            load = self.loads[demand.center_id]
            start, end = minutes(demand.start), minutes(demand.end)
            slots = load.inside(start, end)
            closed = np.diff(load.edges)[slots][load.shifts[slots] == 0].sum() / (end - start)
            if closed * demand.arrivals > 0:
                message = (
                    f"{demand.center_id} has no shift for {closed:.0%} of this time: "
                    f"{closed * demand.arrivals:.2f} citizens would be sent away"
                )
                remedy = "Maybe a shift is missing; otherwise remove the row or shorten it."
                value = f"{demand.start:%Y-%m-%d %H:%M}"
                yield Fault("demand_outside_shifts", "demand", "start", value, message, remedy, i)

    def crowds(self) -> Iterator[Fault]:
        """Yield a fault for each center where more people are needed than queues can have."""
        for center, load in self.loads.items():
            people = load.busy.sum(axis=0) / np.maximum(load.shifts, 1) * (load.shifts > 0)
            people /= self.policy[center].most_utilization
            if people.max() > _MOST_PEOPLE:
                message = (
                    f"{center} would need a team of {people.max():,.0f}; "
                    f"{_MOST_PEOPLE:,} are the most that can be planned"
                )
                remedy = "Maybe arrivals or minutes_per_citizen are mistyped."
                moment = self.problem.horizon.moment(load.edges[people.argmax()])
                value = f"{moment:%Y-%m-%d %H:%M}"
                yield Fault("too_many_citizens", "demand", "arrivals", value, message, remedy)

    def contradictions(self) -> Iterator[Fault]:
        """Yield a fault for each center whose minimum promises more than its target."""
        for center, policy in self.policy.items():
            if policy.minimum_level > policy.target_level:
                message = (
                    f"the minimum of {center} promises more than its target: minimum_level "
                    f"{policy.minimum_level} is above target_level {policy.target_level}"
                )
                yield Fault("minimum_above_target", "policy", "value", "", message)

    @cached_property
    def abilities(self) -> list[Ability]:
        """Abilities that services need, the one that fewest volunteers hold first."""
        found = {(s.skill_id, s.min_level) for s in self.services if s.skill_id is not None}
        return sorted(found, key=lambda a: (len(self.holders[a]), -a[1], a[0]))

    @cached_property
    def holders(self) -> Mapping[Ability, frozenset[str]]:
        """Ability -> ids of the volunteers who hold it at some time."""
        best: dict[str, dict[str, int]] = {}
        for volunteer in self.problem.volunteers:
            for grant in volunteer.skills:
                levels = best.setdefault(grant.skill_id, {})
                levels[volunteer.volunteer_id] = max(
                    grant.level, levels.get(volunteer.volunteer_id, 0)
                )
        return {
            (s.skill_id, s.min_level): frozenset(
                who for who, level in best.get(s.skill_id, {}).items() if level >= s.min_level
            )
            for s in self.services
            if s.skill_id is not None
        }

    @cached_property
    def common(self) -> frozenset[Ability]:
        """Abilities and languages that everybody holds all the time; none if there is nobody."""
        people, days = self.problem.volunteers, self.problem.horizon.dates

        def holds(grants: Sequence[SkillGrant], ability: Ability) -> bool:
            skill, level = ability
            return any(
                g.skill_id == skill
                and g.level >= level
                and g.holds_on(days[0])
                and g.holds_on(days[-1])
                for g in grants
            )

        languages = {(name, 1) for shares in self.languages.values() for name in shares}
        return frozenset(
            ability
            for ability in {*self.abilities, *languages}
            if people and all(holds(volunteer.skills, ability) for volunteer in people)
        )

    def needs(self, shift: Shift) -> Iterator[Need]:
        """Yield the needs of one shift: heads, abilities from the commonest, languages."""
        minutes = self.problem.horizon.minutes
        load = self.loads[shift.center_id]
        slots = load.inside(minutes(shift.start), minutes(shift.end))
        policy, room = self.policy[shift.center_id], self.centers[shift.center_id].capacity
        everything = self._need(shift, load, slots, None, range(len(self.services)))
        if not everything.line.citizens:
            return
        heads = _within(everything, policy.presence, room)
        yield heads
        rows: dict[Ability, Need] = {}
        came = everything.line.arrivals_per_hour @ everything.line.minutes / 60
        abilities = [*self._skilled(shift, load, slots, came)]
        for ability, need in (*reversed(abilities), *self._spoken(shift, load, slots, came)):
            asked = _within(need, 0, heads.requirement.target)
            rows[ability] = _both(rows[ability], asked) if ability in rows else asked
        yield from (need for ability, need in rows.items() if not self._follows(ability, rows))

    def _skilled(
        self, shift: Shift, load: CenterLoad, slots: slice, came: Floats
    ) -> Iterator[tuple[Ability, Need]]:
        """Yield what services need, each ability with all rarer ones; `came` citizens by service.

        Citizens too few to need somebody are added to those who need less of the same skill.
        """
        pooled: list[int] = []
        few: dict[str, float] = defaultdict(float)
        for ability in self.abilities:
            own = [i for i, s in enumerate(self.services) if (s.skill_id, s.min_level) == ability]
            pooled += own
            few[ability[0]] += float(came[own].sum())
            if self._enough(few[ability[0]], shift):
                few[ability[0]] = 0
                yield ability, self._need(shift, load, slots, ability, pooled)

    def _spoken(
        self, shift: Shift, load: CenterLoad, slots: slice, came: Floats
    ) -> Iterator[tuple[Ability, Need]]:
        """Yield what languages need; `came` citizens by service."""
        everybody = range(len(self.services))
        for language, share in self.languages[shift.center_id].items():
            if self._enough(share * float(came.sum()), shift):
                ability = (language, 1)
                yield ability, self._need(shift, load, slots, ability, everybody, share)

    def _enough(self, citizens: float, shift: Shift) -> bool:
        """Whether citizens are enough, for a center's policy, to need somebody of their own."""
        return citizens >= self.policy[shift.center_id].least_citizens - 1e-9 and citizens > 0

    def _need(
        self,
        shift: Shift,
        load: CenterLoad,
        slots: slice,
        ability: Ability | None,
        members: Sequence[int],
        share: float = 1.0,
    ) -> Need:
        """What a share of the citizens of some services needs."""
        policy = self.policy[shift.center_id]
        line = Line.of(load, slots, self.services, members, share)
        target = line.team(policy, policy.target_level, policy.most_utilization)
        minimum = line.smaller(policy, policy.minimum_level, target)
        skill, level = ability or (None, None)
        requirement = Requirement(
            shift_id=shift.shift_id,
            skill_id=skill,
            min_level=level,
            minimum=minimum.people,
            target=target.people,
        )
        names = tuple(
            self.services[i].service_id for i in members if line.arrivals_per_hour[i].any()
        )
        slot, clock = line.start[line.peak], self.problem.horizon.moment
        busiest = f"{clock(slot):%H:%M}-{clock(slot + line.minutes[line.peak]):%H:%M}"
        return Need(requirement, names, line, minimum, target, policy, busiest)

    def _follows(self, ability: Ability, rows: Mapping[Ability, Need]) -> bool:
        """Whether a need is met whenever the heads and the others are."""
        asked = rows[ability].requirement
        return (
            not asked.target
            or ability in self.common
            or any(
                skill == ability[0]
                and level > ability[1]
                and other.requirement.minimum >= asked.minimum
                and other.requirement.target >= asked.target
                for (skill, level), other in rows.items()
            )
        )


def _percent(share: float, lang: Lang) -> str:
    """A share as people write it, without needless decimals: 80 % in English, 80% in Vietnamese."""
    return decimal(100 * share, lang) + (" %" if lang == "en" else "%")


def _within(need: Need, least: int, most: int | None) -> Need:
    """The need with its figures not below `least` and not above `most`."""
    asked = need.requirement
    limit = math.inf if most is None else most
    minimum = int(min(limit, max(least, asked.minimum)))
    target = int(min(limit, max(least, asked.target)))
    return replace(
        need, requirement=asked.model_copy(update={"minimum": minimum, "target": target})
    )


def _both(one: Need, other: Need) -> Need:
    """The larger of two needs of the same ability, with the higher figures."""
    asked = [need.requirement for need in (one, other)]
    minimum, target = max(r.minimum for r in asked), max(r.target for r in asked)
    larger = max(one, other, key=lambda need: need.requirement.target)
    figures = {"minimum": minimum, "target": target}
    return replace(larger, requirement=larger.requirement.model_copy(update=figures))
