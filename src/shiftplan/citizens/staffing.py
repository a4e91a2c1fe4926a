"""From a forecast of citizens to the people each shift needs, with the reason of each figure.

`Problem` (demand, services, languages, policy) -> `Staffing`: requirements and their reasons.
`Problem` as it was read -> `Problem` as it is solved; another forecast -> what it needs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from shiftplan.citizens.line import DerivedRequirement, Line, both, wanted_only, within
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
from shiftplan.citizens.show_rates import MeanShowRates
from shiftplan.citizens.ways import used_services, ways_of
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message
from shiftplan.problem import Problem
from shiftplan.problem.changes import AnyChange, Need, Update, gone_by
from shiftplan.problem.profile import with_recommended
from shiftplan.week.demand import Demand, Policy, Service, policy_at
from shiftplan.week.fields import LONGEST_NAME, name_of_level
from shiftplan.week.records import Shift
from shiftplan.week.requirements import Ability, Requirement

__all__ = ["DerivedRequirement", "Staffing", "staff"]

Key = tuple[Ability, ...]
"""What each person of a row holds: the highest level of each skill, sorted."""


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
    Mandelbaum, Massey and Whitt, 1996), and the mixed lengths of its services (`Line`). Where the
    forecast has a spread, the promise is kept on average over all sizes of the days, unless the
    policy names a `quantile` of the forecast to plan for.

    Skills are pooled, and nobody is counted twice: services are taken from the rarest ability to
    the commonest, and the people who hold an ability must be enough for its services and for all
    rarer ones together. Then for every set of services enough people can help with one of them,
    even if the same few hold all rarer abilities (Hall's condition; see docs/staffing.md).
    Citizens who need a language ask for people who speak it and hold the ability as well, counted
    in the same way. Requirements that follow from others are left out.

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
    needs = derive(problem, policy)
    requirements = tuple(
        need.requirement.model_copy(update={"reason": str(need.reason)}) for need in needs
    )
    return Staffing(problem.model_copy(update={"requirements": requirements}), needs)


def derive(problem: Problem, policy: Policy | None = None) -> tuple[DerivedRequirement, ...]:
    """The needs that `staff` finds, without texts. Raises InputError as it does."""
    if not any(d.arrivals for d in problem.demand):
        message = Message("citizens.none_expected")
        raise InputError([Fault("nothing_to_staff", "demand", "arrivals", "", message)])
    work = _Work(problem, policy)
    loads = work.loads
    faults = [*contradictions(work.policy), *outside(problem, loads)]
    if faults := [*faults, *crowds(problem, loads, work.policy)]:
        raise InputError(faults)
    return tuple(need for shift in problem.shifts for need in work.needs(shift))


class _Pool(NamedTuple):
    """Citizens who are counted together, and who can help them."""

    abilities: list[Ability]
    """What each person who helps holds."""
    members: list[int]
    """Indexes of their services."""
    own: float
    """Citizens for whose sake they are counted; the others are those of rarer abilities."""
    share: float = 1.0
    """Part of them who need it, 0 to 1."""
    language: str | None = None
    """The language that they need; None for any."""


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
        names = {name: None for shares in self.languages.values() for name in shares}
        self.beside = {name: rarest_first(problem, self.services, name) for name in names}
        spoken = {Ability(name, 1) for name in names}
        self.show_rates = MeanShowRates(problem)
        self.common = held_by_all(problem, {*self.abilities, *spoken})

    def needs(self, shift: Shift) -> Iterator[DerivedRequirement]:
        """Yield the needs of one shift: heads, abilities from the commonest, languages."""
        minutes = self.problem.horizon.minutes
        load = self.loads[shift.center_id]
        slots = load.inside(minutes(shift.start), minutes(shift.end))
        policy, room = self.policy[shift.center_id], self.centers[shift.center_id].capacity
        ways, everybody = self.ways[shift.center_id], [*range(len(self.services))]
        line = Line.of(load, slots, ways.whole, range(len(ways.steps)), 1.0)
        if not line.citizens:
            return
        everything = self._need(shift, load, slots, _Pool([], everybody, line.citizens))
        heads = within(everything, policy.presence, room)
        yield heads
        rows: dict[Key, DerivedRequirement] = {}
        came = line.arrivals_per_hour @ line.minutes / 60
        pools = [p for p in self._pools(shift, came, self.abilities) if self._enough(p.own, shift)]
        pools.reverse()
        for language, share in self.languages[shift.center_id].items():
            if self._enough(share * float(came.sum()), shift):
                pools += self._spoken(shift, came, language, share)
        needed: set[Key] = set()
        for pool in pools:
            abilities = [one for one in pool.abilities if one not in self.common]
            if not abilities:
                continue
            need = self._need(shift, load, slots, pool._replace(abilities=abilities))
            asked = within(need, 0, heads.requirement.target)
            key = asked.requirement.abilities
            rows[key] = both(rows[key], asked) if key in rows else asked
            if self._enough(pool.own, shift):
                needed.add(key)
        rows = {key: row if key in needed else wanted_only(row) for key, row in rows.items()}
        yield from (need for key, need in rows.items() if not _follows(key, rows))

    def _spoken(self, shift: Shift, came: Floats, language: str, share: float) -> Iterator[_Pool]:
        """Yield the pools of those who need a language, beginning with all of them.

        All need a speaker, who can help with the commonest of the services at least.
        """
        speaker, everybody = Ability(language, 1), [*range(len(self.services))]
        steps = zip(self.ways[shift.center_id].steps, came, strict=True)
        used = {_ability(self.services[i]) for way, citizens in steps if citizens for i in way}
        order = [ability for ability in self.beside[language] if ability in used]
        commonest = [] if None in used else order[-1:]
        told = (share, language)
        yield _Pool(_together(speaker, *commonest), everybody, share * float(came.sum()), *told)
        for pool in reversed([*self._pools(shift, share * came, order)]):
            if pool.abilities != commonest:
                abilities = _together(speaker, *pool.abilities)
                yield pool._replace(abilities=abilities, share=share, language=language)

    def _pools(self, shift: Shift, came: Floats, order: Iterable[Ability]) -> Iterator[_Pool]:
        """Yield abilities in an order, each with the services that need it or an earlier one.

        Citizens too few to need somebody (`came` by way) join those who need less of the skill.
        """
        pooled: list[int] = []
        few: dict[str, list[int]] = defaultdict(list)
        ways = self.ways[shift.center_id]
        for ability in order:
            own = [i for i, service in enumerate(self.services) if _ability(service) == ability]
            pooled += own
            few[ability.skill_id] += own
            citizens = float(came[ways.through(few[ability.skill_id])].sum())
            yield _Pool([ability], [*pooled], citizens)
            if self._enough(citizens, shift):
                few[ability.skill_id] = []

    def _enough(self, citizens: float, shift: Shift) -> bool:
        """Whether citizens are enough, for a center's policy, to need somebody of their own."""
        return citizens >= self.policy[shift.center_id].least_citizens - 1e-9 and citizens > 0

    def _need(
        self, shift: Shift, load: CenterLoad, slots: slice, pool: _Pool
    ) -> DerivedRequirement:
        """What a pool of citizens needs."""
        policy, ways = self.policy[shift.center_id], self.ways[shift.center_id]
        abilities, members = pool.abilities, pool.members
        times, through = ways.times(members), ways.through(members)
        key = shift.center_id, tuple(members)
        if key not in self.lines:
            self.lines[key] = load.in_line(ways.whole, times)
        load = self.lines[key]
        line = whole = Line.of(load, slots, times, through, pool.share)
        if load.officials:
            load, beside = self._helped(shift, load, pool)
            line = Line.of(load, slots, times, through, pool.share, beside)
        if policy.show_rates:
            line = replace(line, show_rate=self.show_rates.mean(shift.shift_id, abilities))
        target = line.team(policy, policy.target_level, policy.most_utilization)
        minimum = line.smaller(policy, policy.minimum_level, target)
        skill, level = abilities[0] if abilities else (None, None)
        requirement = Requirement(
            shift_id=shift.shift_id,
            skill_id=skill,
            min_level=level,
            with_skills=tuple(name_of_level(*ability) for ability in abilities[1:]),
            minimum=minimum.people,
            target=target.people,
        )
        came = {i for way in through if whole.arrivals_per_hour[way].any() for i in ways.steps[way]}
        names = tuple(self.services[i].service_id for i in members if i in came)
        slot, clock = line.start[line.peak], self.problem.horizon.moment
        busiest = f"{clock(slot):%H:%M}-{clock(slot + line.minutes[line.peak]):%H:%M}"
        made = (requirement, names, line, minimum, target, policy, busiest, ways.has_visits)
        return DerivedRequirement(*made)

    def _helped(self, shift: Shift, load: CenterLoad, pool: _Pool) -> tuple[CenterLoad, Floats]:
        """The load that officials leave to the people of a line, and how many of them serve it.

        Of a line for a language, only those who speak it take somebody.
        """
        names = {i: self.services[i].service_id for i in pool.members}
        own = [[names[i] for i in way if i in names] for way in self.ways[shift.center_id].steps]
        told = (own, pool.language, self.policy[shift.center_id].most_utilization)
        left, servers = left_by(load.officials, load.busy, *told)
        if load.sizes is None:
            return load.helped(left), servers
        return load.helped(left, left_by(load.officials, load.sizes[2], *told)[0]), servers


def _ability(service: Service) -> Ability | None:
    """What somebody holds who helps with a service; None where everybody can."""
    return None if service.skill_id is None else Ability(service.skill_id, service.min_level)


def _together(speaker: Ability, ability: Ability | None = None) -> list[Ability]:
    """What a speaker holds who has an ability: one level of each skill."""
    if ability is None:
        return [speaker]
    if ability.skill_id == speaker.skill_id:
        return [max(speaker, ability)]
    first, *others = sorted([speaker, ability], key=_may_be_further)
    return [first, *filter(_may_be_further, others)]


def _may_be_further(ability: Ability) -> bool:
    """Whether it can be named in `with_skills`: names there are short and hold no bar."""
    name = name_of_level(*ability)
    return "|" not in name and len(name) <= LONGEST_NAME


def _follows(key: Key, rows: Mapping[Key, DerivedRequirement]) -> bool:
    """Whether a need is met whenever the heads and the others are."""
    asked = rows[key].requirement
    return not asked.target or any(
        other != key
        and all(any(o.skill_id == a.skill_id and o.level >= a.level for o in other) for a in key)
        and need.requirement.minimum >= asked.minimum
        and need.requirement.target >= asked.target
        for other, need in rows.items()
    )


def rarest_first(
    problem: Problem, services: Sequence[Service], language: str | None = None
) -> list[Ability]:
    """Abilities that services need, the one that fewest volunteers hold at some time first.

    `language`: of volunteers who speak it.
    """
    found = {Ability(s.skill_id, s.min_level) for s in services if s.skill_id is not None}
    best: dict[str, dict[str, int]] = {}
    for volunteer in problem.volunteers:
        if language is not None and all(g.skill_id != language for g in volunteer.skills):
            continue
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
        Ability(skill, level)
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
    named = {(c.shift_id, c.abilities) for c in changes if isinstance(c, Need)}
    gone = gone_by(changes, problem.shifts)
    for key in dict.fromkeys((*before, *after)):
        minimum, target = after.get(key, (0, 0))
        if before.get(key) != (minimum, target) and key not in named and key[0] not in gone:
            yield need_of(key, minimum, target)


def need_of(key: tuple[str, Key], minimum: int, target: int) -> Need:
    """The need of a shift for so many people with some abilities."""
    shift_id, abilities = key[0], sorted(key[1], key=_may_be_further)
    skill, level = abilities[0] if abilities else (None, None)
    further = tuple(name_of_level(*ability) for ability in abilities[1:])
    return Need(
        shift_id=shift_id,
        skill_id=skill,
        min_level=level,
        with_skills=further,
        minimum=minimum,
        target=target,
    )


def amounts_of(problem: Problem) -> dict[tuple[str, Key], tuple[int, int]]:
    """Shift, and what each person counted holds, of requirements -> minimum and target."""
    return {(r.shift_id, r.abilities): (r.minimum, r.target) for r in problem.requirements}
