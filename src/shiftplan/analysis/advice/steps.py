"""Every step worth a look: volunteers there could be, trainings, limits that could give way.

`Problem` -> `Step`s by kind; `Step` and `Problem` -> the `Problem` with the step taken.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from shiftplan.analysis.advice.away import away_of, bars
from shiftplan.analysis.advice.newcomers import (
    NEW,
    Typical,
    free_ids,
    held_together,
    needs_of,
    needs_of_rules,
    windows_of,
)
from shiftplan.problem import Problem
from shiftplan.week.json_form import Number, Written
from shiftplan.week.records import Availability, Center, SkillGrant, Volunteer, grant_order
from shiftplan.week.requirements import Ability

Kind = Literal["volunteer", "training", "max_shifts", "max_distance", "window", "capacity"]
Group = Literal["volunteer", "training", "limit"]
GROUPS: tuple[Group, ...] = ("volunteer", "training", "limit")


@dataclass(frozen=True)
class Step(Written):
    """One more volunteer, a training, or a limit that is relaxed."""

    json_keys = (
        "kind volunteer_id center_id skills skill_id=grant.skill_id before after windows=hours"
    )

    kind: Kind
    """What is changed."""
    person: Volunteer | None = None
    """The person as they would be; one whose id is not in the problem is new."""
    windows: tuple[Availability, ...] = ()
    """Windows of the person that are not in the problem."""
    center: Center | None = None
    """The center as it would be."""
    grant: SkillGrant | None = None
    """In a training: the skill and the level the person would hold."""
    before: Number | None = None
    """The level held or the limit set before the step; None where there was none."""
    after: Number | None = None
    """The level or the limit with the step taken; None where there is none."""

    @property
    def group(self) -> Group:
        """Which group the step belongs to."""
        return self.kind if self.kind in ("volunteer", "training") else "limit"

    @property
    def about(self) -> Hashable:
        """What steps that stand for each other share: kind and person, or center; and skill."""
        if self.person is None:
            return (self.kind, self.center and self.center.center_id)
        if self.kind == "volunteer":
            return (self.kind, self.person.home_center_id)
        return (self.kind, self.person.volunteer_id, self.grant and self.grant.skill_id)

    @property
    def asked(self) -> int:
        """Levels that the step asks of its person, all skills together."""
        return 0 if self.person is None else sum(g.level for g in self.person.skills)

    @property
    def rise(self) -> float:
        """By how much a level or a limit rises."""
        return float(self.after or 0) - float(self.before or 0)

    def apply(self, problem: Problem) -> Problem:
        """The problem with the step taken."""
        return apply_steps(problem, (self,))

    @property
    def volunteer_id(self) -> str | None:
        """Id of the person."""
        return None if self.person is None else self.person.volunteer_id

    @property
    def people(self) -> tuple[str, ...]:
        """The id of the person; none when the step is about a center."""
        return () if self.person is None else (self.person.volunteer_id,)

    @property
    def center_id(self) -> str | None:
        """Id of the center, or of the person's home."""
        if self.center is not None:
            return self.center.center_id
        return None if self.person is None else self.person.home_center_id

    @property
    def skills(self) -> dict[str, int] | None:
        """Skill -> level of a new person."""
        if self.kind != "volunteer" or self.person is None:
            return None
        return {grant.skill_id: grant.level for grant in self.person.skills}

    @property
    def hours(self) -> list[dict[str, dt.datetime]]:
        """Start and end of the windows."""
        return [{"start": window.start, "end": window.end} for window in self.windows]


def apply_steps(problem: Problem, steps: Iterable[Step]) -> Problem:
    """The problem with all steps taken; of steps on one person or center the last one counts."""
    people, centers = dict(problem.volunteer_by_id), dict(problem.center_by_id)
    windows, free = list(problem.availability), dict[str, None]()
    for step in steps:
        if step.person is not None:
            people[step.person.volunteer_id] = step.person
            free |= {step.person.volunteer_id: None} if step.windows else {}
        if step.center is not None:
            centers[step.center.center_id] = step.center
        windows += step.windows
    return problem.model_copy(
        update={
            "volunteers": tuple(people.values()),
            "centers": tuple(centers.values()),
            "availability": tuple(windows),
            "pins": (*problem.pins, *bars(problem, free)),
        }
    )


STEP_KM = 5.0
"""How much farther somebody would go, in km: it says what a step of this kind is."""


def _volunteers(problem: Problem, typical: Typical) -> Iterator[Step]:
    """A new volunteer for each center and each set of skills it may miss, free all week.

    The sets: none; each skill and level that the center, or a rule about novices, asks for; those
    that one seat asks for together; all of them at their highest.
    """
    needs, of_rules = needs_of(problem), needs_of_rules(problem)
    together = held_together(problem)
    served = {s.center_id for s in problem.shifts}
    (who,) = free_ids(problem, [NEW])
    windows = windows_of(who, problem.shifts)
    for center in problem.centers:
        own = needs.get(center.center_id, {})
        asked = {
            skill: sorted({*own.get(skill, ()), *of_rules.get(skill, ())})
            for skill in dict.fromkeys((*own, *of_rules))
        }
        profiles: list[dict[str, int]] = [{}]
        profiles += [{skill: n} for skill, levels in asked.items() for n in levels]
        profiles += map(dict[str, int], sorted(together.get(center.center_id, ())))
        if len(asked) > 1:
            profiles.append({skill: levels[-1] for skill, levels in asked.items()})
        profiles = [profile for i, profile in enumerate(profiles) if profile not in profiles[:i]]
        if center.center_id in served:
            for skills in profiles:
                yield Step("volunteer", typical.person(who, center.center_id, skills), windows)


def trainings(problem: Problem, _: Typical | None = None) -> Iterator[Step]:
    """Each person raised to each level of a technology that a shift or a rule asks for.

    A language is taught only to those who hold all else that a seat asks for beside it. As in all
    steps about people, nobody is meant who is away.
    """
    levels: dict[str, set[int]] = {}
    for asked in (*needs_of(problem).values(), needs_of_rules(problem)):
        for skill, wanted in asked.items():
            levels.setdefault(skill, set()).update(wanted)
    tech = [s.skill_id for s in problem.skills if s.kind == "tech"]
    seats = set[tuple[Ability, ...]]().union(*held_together(problem).values())
    day = problem.horizon.start
    for person in _present(problem):
        for skill in tech:
            held = person.level(skill, day)
            for level in sorted(levels.get(skill, ())):
                if level > held:
                    yield training(problem, person, skill, level)
        lacking = [[a for a in seat if person.level(a.skill_id, day) < a.level] for seat in seats]
        alone = {one[0] for one in lacking if len(one) == 1 and one[0].skill_id not in tech}
        for ability in sorted(alone):
            yield training(problem, person, *ability)


def training(problem: Problem, person: Volunteer, skill_id: str, level: int) -> Step:
    """One person raised to a level of a skill."""
    day = problem.horizon.start
    grant = SkillGrant(skill_id=skill_id, level=level)
    kept = [g for g in person.skills if g.skill_id != skill_id or g.level > level]
    skills = tuple(sorted([*kept, grant], key=grant_order))
    trained, held = person.model_copy(update={"skills": skills}), person.level(skill_id, day)
    return Step("training", trained, grant=grant, before=held, after=level)


def _more_shifts(problem: Problem, _: Typical) -> Iterator[Step]:
    for person in _present(problem) if _has(problem, "max_shifts") else ():
        if (limit := person.max_shifts) is not None:
            longer = person.model_copy(update={"max_shifts": limit + 1})
            yield Step("max_shifts", longer, before=limit, after=limit + 1)


def _farther(problem: Problem, _: Typical) -> Iterator[Step]:
    """Some kilometres more than each person's limit."""
    for person in _present(problem) if _has(problem, "max_distance") else ():
        if (limit := person.max_distance_km) is not None and not person.mobile:
            longer = person.model_copy(update={"max_distance_km": limit + STEP_KM})
            yield Step("max_distance", longer, before=limit, after=limit + STEP_KM)


def _rooms(problem: Problem, _: Typical) -> Iterator[Step]:
    for center in problem.centers if _has(problem, "capacity") else ():
        if (room := center.capacity) is not None:
            larger = center.model_copy(update={"capacity": room + 1})
            yield Step("capacity", center=larger, before=room, after=room + 1)


def _extra_windows(problem: Problem, _: Typical) -> Iterator[Step]:
    """Each person, free at every shift time at which they are not: which one pays is to be seen."""
    times = sorted({(s.start, s.end) for s in problem.shifts})
    own: dict[str, list[Availability]] = {}
    for window in problem.availability:
        own.setdefault(window.volunteer_id, []).append(window)
    away = away_of(problem).days
    for person in _present(problem):
        who = person.volunteer_id
        free = tuple(
            Availability(volunteer_id=who, start=start, end=end)
            for start, end in times
            if not any(w.start < end and start < w.end for w in own.get(who, ()))
            and start.date() not in away.get(who, ())
        )
        if free:
            yield Step("window", person, free)


def _present(problem: Problem) -> list[Volunteer]:
    """The people who are not away."""
    away = away_of(problem).people
    return [person for person in problem.volunteers if person.volunteer_id not in away]


def _has(problem: Problem, rule: str) -> bool:
    return any(r.rule == rule for r in problem.active_rules)


MAKERS: Mapping[Kind, Callable[[Problem, Typical], Iterator[Step]]] = {
    "volunteer": _volunteers,
    "training": trainings,
    "max_shifts": _more_shifts,
    "max_distance": _farther,
    "window": _extra_windows,
    "capacity": _rooms,
}
"""Kind of step -> all steps of it worth a look."""
