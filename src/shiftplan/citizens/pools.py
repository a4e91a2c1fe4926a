"""Which citizens of a shift are counted together, and who can help them.

Services that a week's citizens come for, and who holds what they need -> `Pool`s of a shift.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from shiftplan.citizens.queue import Floats
from shiftplan.citizens.ways import CitizenWays
from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Column, Message
from shiftplan.problem import Problem
from shiftplan.week.demand import Service
from shiftplan.week.fields import LONGEST_NAME
from shiftplan.week.requirements import Ability
from shiftplan.week.skill_names import name_of_level


class Pool(NamedTuple):
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


class Abilities:
    """What services need, and who of a week holds it.

    InputError: a language and a skill that one person must hold cannot be named together.
    """

    def __init__(
        self, problem: Problem, services: Sequence[Service], languages: Iterable[str]
    ) -> None:
        self.services = services
        self.order = rarest_first(problem, services)
        """Abilities that services need, the one that fewest hold first."""
        names = dict.fromkeys(languages)
        self.beside = {name: rarest_first(problem, services, name) for name in names}
        """Language -> these abilities, in the order of those who speak it."""
        spoken = [Ability(name, 1) for name in names]
        self.common = held_by_all(problem, {*self.order, *spoken})
        """Abilities that everybody holds all the time."""
        unnamed = [a for a in {*self.order, *spoken} - self.common if not _may_be_further(a)]
        faults = [
            _unnamed(ability)
            for ability in sorted(unnamed)
            if any(ability.skill_id != s.skill_id and s in unnamed for s in spoken)
        ]
        if faults:
            raise InputError(faults)


class CenterPools:
    """How the citizens of a center's shifts are pooled."""

    def __init__(
        self,
        abilities: Abilities,
        ways: CitizenWays,
        languages: Mapping[str, float],
        least_citizens: float,
    ) -> None:
        """Take the ways through the center, and language -> part of its citizens who need it."""
        self.abilities = abilities
        self._ways, self._languages, self._least = ways, languages, least_citizens
        self.everybody = [*range(len(abilities.services))]
        """Indexes of all services."""

    def of(self, came: Floats) -> list[Pool]:
        """The pools of citizens by way, shape (ways,): abilities from the commonest, languages."""
        pools = [p for p in self._pools(came, self.abilities.order) if self.enough(p.own)]
        pools.reverse()
        for language, share in self._languages.items():
            if self.enough(share * float(came.sum())):
                pools += self._spoken(came, language, share)
        return pools

    def enough(self, citizens: float) -> bool:
        """Whether citizens are enough, for the center's policy, to need somebody of their own."""
        return citizens >= self._least - 1e-9 and citizens > 0

    def _spoken(self, came: Floats, language: str, share: float) -> Iterator[Pool]:
        """Yield the pools of those who need a language, beginning with all of them.

        All need a speaker, who can help with the commonest of the services at least.
        """
        services, speaker = self.abilities.services, Ability(language, 1)
        steps = zip(self._ways.steps, came, strict=True)
        used = {ability_of(services[i]) for way, citizens in steps if citizens for i in way}
        order = [ability for ability in self.abilities.beside[language] if ability in used]
        commonest = [] if None in used else order[-1:]
        told = (share, language)
        together = _together(speaker, *commonest)
        yield Pool(together, self.everybody, share * float(came.sum()), *told)
        for pool in reversed([*self._pools(share * came, order)]):
            if pool.abilities != commonest:
                abilities = _together(speaker, *pool.abilities)
                yield pool._replace(abilities=abilities, share=share, language=language)

    def _pools(self, came: Floats, order: Iterable[Ability]) -> Iterator[Pool]:
        """Yield abilities in an order, each with the services that need it or an earlier one.

        Citizens too few to need somebody join those who need less of the skill.
        """
        pooled: list[int] = []
        few: dict[str, list[int]] = defaultdict(list)
        for ability in order:
            services = enumerate(self.abilities.services)
            own = [i for i, service in services if ability_of(service) == ability]
            pooled += own
            few[ability.skill_id] += own
            citizens = float(came[self._ways.through(few[ability.skill_id])].sum())
            yield Pool([ability], [*pooled], citizens)
            if self.enough(citizens):
                few[ability.skill_id] = []


def ability_of(service: Service) -> Ability | None:
    """What somebody holds who helps with a service; None where everybody can."""
    return None if service.skill_id is None else Ability(service.skill_id, service.min_level)


def _together(speaker: Ability, ability: Ability | None = None) -> list[Ability]:
    """What a speaker holds who has an ability: one level of each skill."""
    if ability is None:
        return [speaker]
    if ability.skill_id == speaker.skill_id:
        return [max(speaker, ability)]
    return first_and_further([speaker, ability])


def first_and_further(abilities: Iterable[Ability]) -> list[Ability]:
    """Abilities of one person: the first for `skill_id`, the others fit into `with_skills`."""
    return sorted(sorted(abilities), key=_may_be_further)


def _may_be_further(ability: Ability) -> bool:
    """Whether it can be named in `with_skills`: names there are short, and some signs mean more."""
    name = name_of_level(*ability)
    return not {"|", "/"} & {*name} and not name.startswith("!") and len(name) <= LONGEST_NAME


def _unnamed(ability: Ability) -> Fault:
    """The fault of an ability and a language of which neither fits into `with_skills`."""
    message = Message("citizens.not_named_together", most=LONGEST_NAME)
    remedy = Message("citizens.rename_skill", column=Column("skill_id"))
    return Fault("invalid_value", "services", "skill_id", ability.skill_id, message, remedy=remedy)


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
