"""The rules that are recommended where a week does not say otherwise.

`Problem` -> the same problem with the recommended rules that it does not name.
"""

from __future__ import annotations

from functools import cache

from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.problem.known import Known, holds_for_nothing
from shiftplan.rules import RULES, Mentor, Rule
from shiftplan.week.kinds import USUAL_KIND, kind_of


@cache
def recommended_rules(kind: str = USUAL_KIND) -> tuple[Rule, ...]:
    """The rules recommended for a kind of work, such as `province`.

    Service to citizens is at level 1, people at level 2, and the rest hard.
    """
    return tuple(RULES.union.validate_python(given) for given in kind_of(kind).rules)


def leaves_seats_empty(problem: Problem) -> bool:
    """Whether people are required, but no rule minds that they do not come."""
    asked = any(need.target for need in problem.requirements)
    return asked and not any(rule.serves in ("seats", "people") for rule in problem.active_rules)


def missing_rules(problem: Problem) -> tuple[str, ...]:
    """What no rule of a problem reads or asks for, though people would take it for granted.

    `seats`: that the people required come; `sharing`: that the work is shared. Else a kind of rule
    without which something that the tables state counts for nothing.
    """
    active, people = problem.active_rules, problem.volunteers
    needs = any(need.target for need in problem.requirements)
    is_limited = any(v.max_distance_km is not None and not v.mobile for v in people)
    stated = {
        "max_shifts": ("max_shifts", any(v.max_shifts is not None for v in people)),
        "max_distance": ("max_distance_km", is_limited),
        "min_shifts": ("min_shifts", any(v.min_shifts for v in people)),
        "qualified": ("skill_id", any(s.skill_id is not None for s in problem.shifts)),
    }
    read = {name for rule in active for name in rule.reads}
    missing = [kind for kind, (name, is_stated) in stated.items() if is_stated and name not in read]
    if needs and len(people) > 1 and not any(rule.shares for rule in active):
        missing.insert(0, "sharing")
    if leaves_seats_empty(problem):
        missing.insert(0, "seats")
    return tuple(missing)


@takes_week
def with_recommended(problem: Problem) -> Problem:
    """The problem with the rules recommended for its work, of the kinds that it does not name.

    Rules about distance are added only where all centers have coordinates and all volunteers who
    are not mobile a home, the mentor rule only where its skill has the level of a mentor, coverage
    only where the problem has no rule about empty seats of its own, preferences only where people
    stated some, and rules about some types of shifts only where there are such shifts.
    """
    recommended = recommended_rules(problem.horizon.kind)
    named = {rule.rule for rule in problem.rules}
    placed = all(c.lat is not None and c.lon is not None for c in problem.centers)
    at_home = all(v.home_center_id or v.mobile for v in problem.volunteers)
    left_out = named.copy()
    if not (placed and at_home):
        left_out.update(r.rule for r in recommended if r.measures_distance)
    levels = {s.skill_id: s.max_level for s in problem.skills}
    mentored = [r for r in recommended if isinstance(r, Mentor)]
    if any(levels.get(problem.horizon.mentor_skill, 0) < r.mentor_level for r in mentored):
        left_out.add("mentor")
    if any(rule.serves == "seats" for rule in problem.rules):
        left_out.add("coverage")
    if not problem.preferences:
        left_out.add("preferences")
    known = Known(problem)
    added = [r for r in recommended if r.rule not in left_out and not holds_for_nothing(r, known)]
    return Problem.model_validate({**dict(problem), "rules": (*problem.rules, *added)})
