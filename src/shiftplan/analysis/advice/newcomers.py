"""New people: what they are taken to be like, and what advice says of those who fill empty seats.

`Problem` -> `Typical`; `Filling` of `Lack`s, `AskedSkill`s and `Barrier`s -> JSON.
"""

from __future__ import annotations

import datetime as dt
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice, product

from shiftplan.case.case import Case
from shiftplan.problem import Problem
from shiftplan.rules import Mentor, Mentored, NeverAlone
from shiftplan.week.json_form import Written
from shiftplan.week.records import Availability, Shift, Volunteer
from shiftplan.week.requirements import Ability, Conditions, in_columns
from shiftplan.week.roster import Roster

NEW = "new"
"""Ids of new people start so."""
_MOST_WAYS = 100
"""Sets of abilities that are tried where conditions allow many."""


@dataclass(frozen=True)
class Typical(Written):
    """Medians over the people of a problem who may work at all."""

    json_keys = "shifts distance_km show_rate"

    shifts: int | None
    """Most shifts a person does; None when nobody has a limit, or no hard rule keeps to it."""
    distance_km: float | None
    """Farthest center from home a person goes to; None as for shifts."""
    show_rate: float
    """Chance that a person comes."""

    def person(self, volunteer_id: str, center_id: str, skills: Mapping[str, int]) -> Volunteer:
        """A new person of a center."""
        fields = {
            "volunteer_id": volunteer_id,
            "home_center_id": center_id,
            "skills": dict(skills),
            "max_shifts": self.shifts,
            "max_distance_km": self.distance_km,
            "show_rate": self.show_rate,
        }
        return Volunteer.model_validate(fields)


def typical_of(problem: Problem) -> Typical:
    """The medians; of two in the middle the lower one, so that it is one that exists."""
    hard, people = {r.rule for r in problem.rules if r.hard}, problem.volunteers
    shifts = [v.max_shifts for v in people if v.max_shifts and "max_shifts" in hard]
    limits = [v.max_distance_km for v in people if "max_distance" in hard]
    farthest = [km for km in limits if km is not None]
    rates = [v.show_rate for v in people]
    return Typical(
        statistics.median_low(shifts) if shifts else None,
        statistics.median_low(farthest) if farthest else None,
        statistics.median_low(rates) if rates else 1.0,
    )


def free_ids(problem: Problem, wanted: Iterable[str]) -> list[str]:
    """Ids that nobody has, near to those wanted, which differ."""
    mark, ids = "", list(wanted)
    while not problem.volunteer_by_id.keys().isdisjoint(name + mark for name in ids):
        mark += "'"
    return [name + mark for name in ids]


def windows_of(volunteer_id: str, shifts: Iterable[Shift]) -> tuple[Availability, ...]:
    """Windows around shifts; those that meet or overlap are one, so that none overlap."""
    spans: list[tuple[dt.datetime, dt.datetime]] = []
    for start, end in sorted({(s.start, s.end) for s in shifts}):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    return tuple(Availability(volunteer_id=volunteer_id, start=a, end=b) for a, b in spans)


def needs_of(problem: Problem) -> dict[str, dict[str, set[int]]]:
    """Center id -> skill -> levels that its shifts ask for."""
    asked = [
        (problem.center_of(need), *ability)
        for need in problem.requirements
        if need.target > 0
        for condition in need.conditions
        if condition.held
        for ability in condition.abilities
    ]
    asked += [(s.center_id, s.skill_id, s.min_level) for s in problem.shifts if s.skill_id]
    found: dict[str, dict[str, set[int]]] = {}
    for center, skill, level in asked:
        found.setdefault(center, {}).setdefault(skill, set()).add(level)
    return found


def ways_to_meet(conditions: Conditions) -> list[tuple[Ability, ...]]:
    """Sets of abilities, `_MOST_WAYS` at most, each of which meets all that people must hold."""
    asked = [condition.abilities for condition in conditions if condition.held]
    return list(islice(product(*asked), _MOST_WAYS))


def held_together(problem: Problem) -> dict[str, set[tuple[Ability, ...]]]:
    """Center id -> skills and levels of its seats for people who hold several of them."""
    found: dict[str, set[tuple[Ability, ...]]] = {}
    for need in problem.requirements:
        if need.target > 0:
            center = problem.center_of(need)
            ways = [way for way in ways_to_meet(need.conditions) if len(way) > 1]
            found.setdefault(center, set()).update(ways)
    return found


def needs_of_rules(problem: Problem, *, hard: bool = False) -> dict[str, set[int]]:
    """Skill -> levels from which rules about novices count people.

    `hard`: of hard rules only. Levels that the skill does not have are left out.
    """
    asked: list[tuple[str, int]] = []
    for rule in (rule for rule in problem.active_rules if rule.hard or not hard):
        if isinstance(rule, Mentor | Mentored):
            skill = rule.skill or problem.horizon.mentor_skill
            asked += [(skill, rule.novice_level + 1), (skill, rule.mentor_level)]
        elif isinstance(rule, NeverAlone):
            asked.append((rule.skill, rule.min_level))
    most = {s.skill_id: s.max_level for s in problem.skills}
    found: dict[str, set[int]] = {}
    for skill, level in asked:
        if level <= most.get(skill, 0):
            found.setdefault(skill, set()).add(level)
    return found


def empty_seats(problem: Problem, roster: Roster) -> dict[tuple[str, Conditions], int]:
    """(Shift id, all that its people meet) -> seats up to the target that nobody fills.

    Requirements of several shifts stand at the first of them. One person may fill seats of several
    requirements there, so the most that any of them lacks counts.
    """
    case = Case(problem, roster)
    found: dict[tuple[str, Conditions], int] = {}
    for need in problem.requirements:
        shift_id = problem.shown_at(need)
        if shift_id is not None and (lacking := case.empty(need)):
            key = shift_id, need.conditions
            found[key] = max(lacking, found.get(key, 0))
    return found


def unseen_seats(problem: Problem) -> Counter[Conditions]:
    """All that people meet -> seats at times when no shift is, which nobody can fill."""
    found: Counter[Conditions] = Counter()
    for need in problem.requirements:
        if problem.shown_at(need) is None and need.target:
            found[need.conditions] += need.target
    return found


@dataclass(frozen=True)
class Lack(Written):
    """Seats of the same skills and levels, or of heads, and who would fill the empty ones."""

    json_keys = "skill_id min_level=level with_skills=further empty left at_least enough"

    conditions: Conditions
    """All that each person meets; nothing for heads."""
    empty: int
    """Seats that the roster leaves empty."""
    left: int
    """Seats that stay empty with `Filling.people`; 0 when all are filled."""
    at_least: int
    """Proven: with fewer more people who hold it, none of them in more shifts than `Typical.shifts`
    says, a seat stays empty in any roster."""
    enough: int | None
    """New people of `Filling.people` who hold it, all of them for heads; None where a seat stays
    empty. Never below `at_least`."""

    @property
    def skill_id(self) -> str | None:
        """Skill, the first of several; None for heads, and where `further` says all."""
        ability, _ = in_columns(self.conditions)
        return ability and ability.skill_id

    @property
    def level(self) -> int | None:
        """Level of it from which people count; None for heads."""
        ability, _ = in_columns(self.conditions)
        return ability and ability.level

    @property
    def further(self) -> list[str]:
        """What they also hold or lack, such as `portal:2`."""
        return [*in_columns(self.conditions)[1]]


@dataclass(frozen=True, slots=True)
class Barrier(Written):
    """A hard rule that one more person would break in a seat that stays empty."""

    rule: str
    """Kind of the rule."""
    seats: int
    """Seats that it keeps empty, as everybody works now; a seat may count under several rules."""


@dataclass(frozen=True, slots=True)
class AskedSkill(Written):
    """A skill that new people hold for the sake of a hard rule: no seat of theirs needs it."""

    rule: str
    """Kind of the rule."""
    skill_id: str
    """The skill."""
    min_level: int
    """The level they hold."""
    people: int
    """New people concerned."""


@dataclass(frozen=True, slots=True)
class Newcomer(Written):
    """A new person."""

    json_keys = "center_id=person.home_center_id skills shifts"

    person: Volunteer
    """The person."""
    shifts: tuple[str, ...]
    """Ids of the shifts worked."""

    @property
    def skills(self) -> dict[str, int]:
        """Skill -> level held."""
        return {grant.skill_id: grant.level for grant in self.person.skills}


@dataclass(frozen=True)
class Filling(Written):
    """New people who fill empty seats, and how few could do at best."""

    json_keys = (
        "lacks at_least enough found left total asked barriers moved centers=by_center "
        "people=newcomers assumed=typical"
    )

    lacks: tuple[Lack, ...]
    """A row for the skills and levels of each kind of empty seats, heads first."""
    people: tuple[Volunteer, ...]
    """The new people, each with the skills that they need there."""
    centers: tuple[tuple[str, int], ...]
    """Center id and number of new people who live there, most first."""
    at_least: int
    """Proven: with fewer new people, none of them in more shifts than `typical.shifts` says, some
    seat stays empty in any roster."""
    left: int
    """Seats that stay empty with the new people; 0 when all are filled. Where several requirements
    with the same conditions count a shift, the one that lacks most of them counts."""
    total: int
    """Gain in the total: cost of the given roster less that of `roster`. Below 0 where filling
    costs more than the seats are worth."""
    asked: tuple[AskedSkill, ...]
    """Skills that the new people hold only because a hard rule asks for them."""
    barriers: tuple[Barrier, ...]
    """Hard rules that one more new person would break in the seats that stay empty."""
    moved: int
    """Assignments of other people that are new or taken away; 0 where all work as before."""
    typical: Typical
    """What each new person is like."""
    roster: Roster
    """The roster with the new people; it keeps all hard rules."""
    problem: Problem
    """The problem with the new people."""

    @property
    def enough(self) -> int | None:
        """Number of new people; None where a seat stays empty. Never below `at_least`."""
        return None if self.left else len(self.people)

    @property
    def found(self) -> int:
        """Number of new people."""
        return len(self.people)

    @property
    def by_center(self) -> list[dict[str, str | int]]:
        """Centers and the number of new people who live there."""
        return [{"center_id": center, "people": count} for center, count in self.centers]

    @property
    def newcomers(self) -> list[Newcomer]:
        """The new people, with what they work."""
        shifts = self.roster.shifts_of
        return [Newcomer(who, shifts.get(who.volunteer_id, ())) for who in self.people]
