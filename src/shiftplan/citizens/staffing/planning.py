"""From a forecast of citizens to the people each shift needs, with the reason of each figure.

`Problem` (demand, services, languages, policy) -> `Staffing`: requirements and their reasons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from shiftplan.citizens.languages import language_shares
from shiftplan.citizens.queueing.queue import Floats
from shiftplan.citizens.staffing.derived import DerivedRequirement, both, within
from shiftplan.citizens.staffing.faults import contradictions, crowds, outside
from shiftplan.citizens.staffing.line import Line
from shiftplan.citizens.staffing.load import CenterLoad, center_loads
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.week.demand import Policy, Service, policy_at
from shiftplan.week.records import Requirement, Shift, SkillGrant

Ability = tuple[str, int]
"""A skill and the level of it that is needed."""
_Asked = tuple[Ability, Sequence[int], float]
"""An ability, the indexes of the services that need it, and the share of their citizens who do."""


@dataclass(frozen=True)
class Staffing:
    """What `staff` makes of a forecast."""

    problem: Problem
    """The problem with these requirements instead of its own."""
    needs: tuple[DerivedRequirement, ...]
    """The requirements in order of shifts, heads first, with their reasons."""

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """The requirements alone."""
        return self.problem.requirements


def staff(problem: Problem, policy: Policy | None = None) -> Staffing:
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

    Raises
    ------
    InputError
        If there is no demand, demand at a time when its center has no shift, more than a team of
        thousands can serve, or a policy whose minimum promises more than its target.
    """
    if not any(d.arrivals for d in problem.demand):
        message = Message("citizens.none_expected")
        raise InputError([Fault("nothing_to_staff", "demand", "arrivals", "", message)])
    work = _Work(problem, policy)
    loads = work.loads
    faults = [*contradictions(work.policy), *outside(problem, loads)]
    if faults := [*faults, *crowds(problem, loads, work.policy)]:
        raise InputError(faults)
    needs = tuple(need for shift in problem.shifts for need in work.needs(shift))
    requirements = tuple(
        need.requirement.model_copy(update={"reason": str(need.reason)}) for need in needs
    )
    return Staffing(problem.model_copy(update={"requirements": requirements}), needs)


class _Work:
    """One call of `staff`."""

    def __init__(self, problem: Problem, policy: Policy | None) -> None:
        self.problem = problem
        self.centers = problem.center_by_id
        self.policy = {c: policy_at(row, problem.policy, policy) for c, row in self.centers.items()}
        used = {d.service_id for d in problem.demand if d.arrivals}
        self.services = [s for s in problem.services if s.service_id in used]
        self.loads = center_loads(problem, self.policy, self.services)
        self.languages = language_shares(problem, self.policy)
        self.abilities = rarest_first(problem, self.services)
        spoken = {(name, 1) for shares in self.languages.values() for name in shares}
        self.common = held_by_all(problem, {*self.abilities, *spoken})

    def needs(self, shift: Shift) -> Iterator[DerivedRequirement]:
        """Yield the needs of one shift: heads, abilities from the commonest, languages."""
        minutes = self.problem.horizon.minutes
        load = self.loads[shift.center_id]
        slots = load.inside(minutes(shift.start), minutes(shift.end))
        policy, room = self.policy[shift.center_id], self.centers[shift.center_id].capacity
        everything = self._need(shift, load, slots, None, range(len(self.services)))
        if not everything.line.citizens:
            return
        heads = within(everything, policy.presence, room)
        yield heads
        rows: dict[Ability, DerivedRequirement] = {}
        came = everything.line.arrivals_per_hour @ everything.line.minutes / 60
        skilled = [*self._skilled(shift, came)]
        for ability, members, share in (*reversed(skilled), *self._spoken(shift, came)):
            need = self._need(shift, load, slots, ability, members, share)
            asked = within(need, 0, heads.requirement.target)
            rows[ability] = both(rows[ability], asked) if ability in rows else asked
        yield from (need for ability, need in rows.items() if not self._follows(ability, rows))

    def _skilled(self, shift: Shift, came: Floats) -> Iterator[_Asked]:
        """Yield abilities with their services and those of all rarer ones.

        `came` are citizens by service. Those too few to need somebody are added to those who need
        less of the same skill.
        """
        pooled: list[int] = []
        few: dict[str, float] = defaultdict(float)
        for ability in self.abilities:
            own = [i for i, s in enumerate(self.services) if (s.skill_id, s.min_level) == ability]
            pooled += own
            few[ability[0]] += float(came[own].sum())
            if self._enough(few[ability[0]], shift):
                few[ability[0]] = 0
                yield ability, [*pooled], 1.0

    def _spoken(self, shift: Shift, came: Floats) -> Iterator[_Asked]:
        """Yield languages with all services; `came` citizens by service."""
        for language, share in self.languages[shift.center_id].items():
            if self._enough(share * float(came.sum()), shift):
                yield (language, 1), range(len(self.services)), share

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
    ) -> DerivedRequirement:
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
        return DerivedRequirement(requirement, names, line, minimum, target, policy, busiest)

    def _follows(self, ability: Ability, rows: Mapping[Ability, DerivedRequirement]) -> bool:
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


def rarest_first(problem: Problem, services: Sequence[Service]) -> list[Ability]:
    """Abilities that services need, the one that fewest volunteers hold at some time first."""
    found = {(s.skill_id, s.min_level) for s in services if s.skill_id is not None}
    best: dict[str, dict[str, int]] = {}
    for volunteer in problem.volunteers:
        for grant in volunteer.skills:
            levels = best.setdefault(grant.skill_id, {})
            known = levels.get(volunteer.volunteer_id, 0)
            levels[volunteer.volunteer_id] = max(grant.level, known)

    def holders(ability: Ability) -> int:
        return sum(level >= ability[1] for level in best.get(ability[0], {}).values())

    return sorted(found, key=lambda a: (holders(a), -a[1], a[0]))


def held_by_all(problem: Problem, abilities: Iterable[Ability]) -> frozenset[Ability]:
    """Abilities that everybody holds all the time; none if there is nobody."""
    people, days = problem.volunteers, problem.horizon.dates

    def holds(grants: Sequence[SkillGrant], ability: Ability) -> bool:
        fit = (g for g in grants if g.skill_id == ability[0] and g.level >= ability[1])
        return any(g.holds_on(days[0]) and g.holds_on(days[-1]) for g in fit)

    return frozenset(
        ability
        for ability in abilities
        if people and all(holds(volunteer.skills, ability) for volunteer in people)
    )
