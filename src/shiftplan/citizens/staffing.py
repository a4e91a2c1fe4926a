"""From a forecast of citizens to the people each shift needs, with the reason of each figure.

`Problem` (demand, services, languages, policy) -> `Staffing`: requirements and their reasons.
`Problem` as it was read -> `Problem` as it is solved; another forecast -> what it needs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from shiftplan.citizens.line import DerivedRequirement, Line, both, within
from shiftplan.citizens.load import (
    CenterLoad,
    center_loads,
    contradictions,
    crowds,
    language_shares,
    outside,
)
from shiftplan.citizens.officials import left_by
from shiftplan.citizens.queue import Floats
from shiftplan.citizens.ways import CitizenWays, used_services, ways_of
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.problem.changes import AnyChange, Need, Update, gone_by
from shiftplan.problem.profile import with_recommended
from shiftplan.week.demand import Demand, Policy, Service, policy_at
from shiftplan.week.records import Requirement, Shift

__all__ = ["DerivedRequirement", "Staffing", "staff"]

Ability = tuple[str, int]
"""A skill and the level of it that is needed."""


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
        self.services = used_services(problem)
        self.ways = ways_of(problem, self.services)
        self.loads = center_loads(problem, self.policy, self.ways)
        self.lines: dict[tuple[str, tuple[int, ...]], CenterLoad] = {}
        """Center and services -> load of the people who help with these."""
        self.languages = language_shares(problem, self.policy)
        self.abilities = rarest_first(problem, self.services)
        self.spoken = {name for shares in self.languages.values() for name in shares}
        self.common = held_by_all(problem, {*self.abilities, *((name, 1) for name in self.spoken)})

    def needs(self, shift: Shift) -> Iterator[DerivedRequirement]:
        """Yield the needs of one shift: heads, abilities from the commonest, languages."""
        minutes = self.problem.horizon.minutes
        load = self.loads[shift.center_id]
        slots = load.inside(minutes(shift.start), minutes(shift.end))
        policy, room = self.policy[shift.center_id], self.centers[shift.center_id].capacity
        ways = self.ways[shift.center_id]
        line = Line.of(load, slots, ways.whole, range(len(ways.steps)), 1.0)
        if not line.citizens:
            return
        everything = self._need(shift, load, slots, None, range(len(self.services)))
        heads = within(everything, policy.presence, room)
        yield heads
        rows: dict[Ability, DerivedRequirement] = {}
        came = line.arrivals_per_hour @ line.minutes / 60
        skilled = [*self._skilled(shift, came)]
        spoken = [
            ((language, 1), range(len(self.services)), share)
            for language, share in self.languages[shift.center_id].items()
            if self._enough(share * float(came.sum()), shift)
        ]
        for ability, members, share in (*reversed(skilled), *spoken):
            need = self._need(shift, load, slots, ability, members, share)
            asked = within(need, 0, heads.requirement.target)
            rows[ability] = both(rows[ability], asked) if ability in rows else asked
        yield from (need for ability, need in rows.items() if not self._follows(ability, rows))

    def _skilled(self, shift: Shift, came: Floats) -> Iterator[tuple[Ability, list[int], float]]:
        """Yield abilities, the services that need them or rarer ones, and the share: all citizens.

        Citizens too few to need somebody (`came` by way) join those who need less of the skill.
        """
        pooled: list[int] = []
        few: dict[str, list[int]] = defaultdict(list)
        ways = self.ways[shift.center_id]
        for ability in self.abilities:
            own = [i for i, s in enumerate(self.services) if (s.skill_id, s.min_level) == ability]
            pooled += own
            few[ability[0]] += own
            if self._enough(float(came[ways.through(few[ability[0]])].sum()), shift):
                few[ability[0]] = []
                yield ability, [*pooled], 1.0

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
        policy, ways = self.policy[shift.center_id], self.ways[shift.center_id]
        times, through = ways.times(members), ways.through(members)
        key = shift.center_id, tuple(members)
        if key not in self.lines:
            self.lines[key] = load.in_line(ways.whole, times)
        load = self.lines[key]
        line = whole = Line.of(load, slots, times, through, share)
        if load.officials:
            load, beside = self._helped(load, ways, members, ability, policy)
            line = Line.of(load, slots, times, through, share)
            line = replace(line, officials=np.floor(beside[slots] / load.shifts[slots]))
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
        came = {i for way in through if whole.arrivals_per_hour[way].any() for i in ways.steps[way]}
        names = tuple(self.services[i].service_id for i in members if i in came)
        slot, clock = line.start[line.peak], self.problem.horizon.moment
        busiest = f"{clock(slot):%H:%M}-{clock(slot + line.minutes[line.peak]):%H:%M}"
        of_visits = ways.has_visits
        made = (requirement, names, line, minimum, target, policy, busiest, of_visits)
        return DerivedRequirement(*made)

    def _helped(
        self,
        load: CenterLoad,
        ways: CitizenWays,
        members: Sequence[int],
        ability: Ability | None,
        policy: Policy,
    ) -> tuple[CenterLoad, Floats]:
        """The load that officials leave to the people of a line, and how many of them serve it.

        Of a line for a language, only those who speak it take somebody.
        """
        names = {i: self.services[i].service_id for i in members}
        own = [[names[i] for i in steps if i in names] for steps in ways.steps]
        speaks = ability[0] if ability and ability[0] in self.spoken else None
        left, servers = left_by(load.officials, load.busy, own, speaks, policy.most_utilization)
        arrivals = load.arrivals_per_hour * left
        return replace(load, arrivals_per_hour=arrivals, busy=load.busy * left), servers

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
    first, last = problem.horizon.dates[0], problem.horizon.dates[-1]
    held = [
        [g for g in volunteer.skills if g.holds_on(first) and g.holds_on(last)]
        for volunteer in problem.volunteers
    ]
    return frozenset(
        (skill, level)
        for skill, level in abilities
        if held and all(any(g.skill_id == skill and g.level >= level for g in own) for own in held)
    )


def still_holds(note: Fault, *, recommended: bool) -> bool:
    """Whether a note on a week is one on the prepared week too, whose rules may be more."""
    return not (recommended and note.table == "rules" and note.code != "unknown_name")


def prepare(problem: Problem, *, anew: bool = False, recommended: bool = False) -> Problem:
    """A week with requirements from its forecast where it has none, or `anew` in any case.

    `recommended` adds the rules of `with_recommended`. Raises InputError as `staff` does.
    """
    if recommended:
        problem = with_recommended(problem)
    if anew or (problem.demand and not problem.requirements):
        return staff(problem).problem
    return problem


def needs_after(problem: Problem, changes: Sequence[AnyChange]) -> Iterator[Need]:
    """Yield the needs that another forecast brings, where the requirements are those of a forecast.

    What another of the changes says of a requirement or a shift holds. Raises InputError as
    `staff` does if the new forecast cannot be staffed.
    """
    forecasts = [c for c in changes if isinstance(c, Update) and isinstance(c.row, Demand)]
    if not forecasts or not problem.requirements:
        return
    before = amounts_of(problem)
    try:
        if amounts_of(staff(problem).problem) != before:
            return
    except InputError:
        return  # what cannot be staffed has requirements of its own
    after = amounts_of(staff(problem.with_changes(*forecasts)).problem)
    named = {(c.shift_id, c.skill_id, c.min_level) for c in changes if isinstance(c, Need)}
    gone = gone_by(changes, problem.shifts)
    for key in dict.fromkeys((*before, *after)):
        minimum, target = after.get(key, (0, 0))
        if before.get(key) != (minimum, target) and key not in named and key[0] not in gone:
            yield Need(
                shift_id=key[0],
                skill_id=key[1],
                min_level=key[2],
                minimum=minimum,
                target=target,
            )


def amounts_of(problem: Problem) -> dict[tuple[str, str | None, int | None], tuple[int, int]]:
    """Shift, skill and level of each requirement -> its minimum and target."""
    rows = problem.requirements
    return {(r.shift_id, r.skill_id, r.min_level): (r.minimum, r.target) for r in rows}
