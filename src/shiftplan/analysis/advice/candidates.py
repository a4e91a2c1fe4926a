"""Every step worth a look: volunteers there could be, trainings, limits that could give way.

`Problem` -> `Step`s by kind; the prices of the relaxation sort them out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from shiftplan.analysis.advice.steps import Step
from shiftplan.analysis.advice.typical import (
    NEW,
    Typical,
    free_ids,
    needs_of,
    needs_of_rules,
    windows_of,
)
from shiftplan.problem import Problem
from shiftplan.week.records import Availability, SkillGrant, Volunteer, grant_order

STEP_KM = 5.0
"""How much farther somebody would go."""


def volunteers(problem: Problem, typical: Typical) -> Iterator[Step]:
    """A new volunteer for each center and each set of skills it may miss, free all week.

    The sets: none; each skill and level that the center, or a rule about novices, asks for; all of
    them at their highest.
    """
    needs, of_rules = needs_of(problem), needs_of_rules(problem)
    shifts = list(problem.shifts)
    served = {s.center_id for s in shifts}
    (who,) = free_ids(problem, [NEW])
    windows = windows_of(who, shifts)
    for center in problem.centers:
        own = needs.get(center.center_id, {})
        asked = {
            skill: sorted({*own.get(skill, ()), *of_rules.get(skill, ())})
            for skill in dict.fromkeys((*own, *of_rules))
        }
        profiles: list[dict[str, int]] = [{}]
        profiles += [{skill: n} for skill, levels in asked.items() for n in levels]
        if len(asked) > 1:
            profiles.append({skill: levels[-1] for skill, levels in asked.items()})
        if center.center_id in served:
            for skills in profiles:
                yield Step("volunteer", typical.person(who, center.center_id, skills), windows)


def trainings(problem: Problem) -> Iterator[Step]:
    """Each person raised to each level of a technology that a shift or a rule asks for."""
    levels: dict[str, set[int]] = {}
    for asked in (*needs_of(problem).values(), needs_of_rules(problem)):
        for skill, wanted in asked.items():
            levels.setdefault(skill, set()).update(wanted)
    tech = [s.skill_id for s in problem.skills if s.kind == "tech"]
    day = problem.horizon.start
    for person in problem.volunteers:
        for skill in tech:
            held = person.level(skill, day)
            for level in sorted(levels.get(skill, ())):
                if level > held:
                    yield training(problem, person, skill, level)


def training(problem: Problem, person: Volunteer, skill_id: str, level: int) -> Step:
    """One person raised to a level of a skill."""
    grant = SkillGrant(skill_id=skill_id, level=level)
    trained = person.model_copy(update={"skills": _raised(person, grant)})
    held = person.level(skill_id, problem.horizon.start)
    return Step("training", trained, grant=grant, before=held)


def _raised(person: Volunteer, grant: SkillGrant) -> tuple[SkillGrant, ...]:
    """The grants of a person with one more, without those that it makes needless."""
    kept = [g for g in person.skills if g.skill_id != grant.skill_id or g.level > grant.level]
    return tuple(sorted([*kept, grant], key=grant_order))


def more_shifts(problem: Problem) -> Iterator[Step]:
    """One more shift than each person's limit."""
    if not _has(problem, "max_shifts"):
        return
    for person in problem.volunteers:
        limit = person.max_shifts
        if limit is not None:
            longer = person.model_copy(update={"max_shifts": limit + 1})
            yield Step("max_shifts", longer, before=limit)


def farther(problem: Problem) -> Iterator[Step]:
    """Some kilometres more than each person's limit."""
    if not _has(problem, "max_distance"):
        return
    for person in problem.volunteers:
        limit = person.max_distance_km
        if limit is not None and not person.mobile:
            longer = person.model_copy(update={"max_distance_km": limit + STEP_KM})
            yield Step("max_distance", longer, before=limit)


def rooms(problem: Problem) -> Iterator[Step]:
    """Room for one more at each center."""
    if not _has(problem, "capacity"):
        return
    for center in problem.centers:
        if center.capacity is not None:
            larger = center.model_copy(update={"capacity": center.capacity + 1})
            yield Step("capacity", center=larger, before=center.capacity)


def extra_windows(problem: Problem) -> Iterator[Step]:
    """Each person, free at every shift time at which they are not: which one pays is to be seen."""
    times = sorted({(s.start, s.end) for s in problem.shifts})
    own: dict[str, list[Availability]] = {}
    for window in problem.availability:
        own.setdefault(window.volunteer_id, []).append(window)
    for person in problem.volunteers:
        free = [span for span in times if not _meets(own.get(person.volunteer_id, ()), *span)]
        if free:
            yield Step("window", person, tuple(_window(person, *span) for span in free))


def _window(person: Volunteer, start: dt.datetime, end: dt.datetime) -> Availability:
    return Availability(volunteer_id=person.volunteer_id, start=start, end=end)


def _meets(windows: list[Availability] | tuple[()], start: dt.datetime, end: dt.datetime) -> bool:
    return any(w.start < end and start < w.end for w in windows)


def _has(problem: Problem, rule: str) -> bool:
    return any(r.rule == rule for r in problem.active_rules)
