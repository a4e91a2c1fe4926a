"""What services need of people, and how rare it is.

Services and volunteers -> abilities in order, and those that need not be asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from shiftplan.problem import Problem
from shiftplan.week.demand import Service
from shiftplan.week.records import SkillGrant

Ability = tuple[str, int]
"""A skill and the level of it that is needed."""


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
        skill, level = ability
        return any(
            g.skill_id == skill
            and g.level >= level
            and g.holds_on(days[0])
            and g.holds_on(days[-1])
            for g in grants
        )

    return frozenset(
        ability
        for ability in abilities
        if people and all(holds(volunteer.skills, ability) for volunteer in people)
    )
