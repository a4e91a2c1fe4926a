"""How many more people, by skill, would leave no seat empty.

(`Problem`, `Roster`) -> `Closing`: new people with whom every seat is filled, made and checked,
and a proven number below which nobody gets.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from shiftplan.advice.crew import Crew, crew
from shiftplan.advice.reach import most_filled
from shiftplan.advice.typical import Typical, empty_seats
from shiftplan.model import build
from shiftplan.problem import Problem, Volunteer
from shiftplan.roster import Roster


@dataclass(frozen=True)
class Lack:
    """Seats of one skill and level, or of heads, and the people who would fill the empty ones."""

    skill_id: str | None
    """Skill; None for heads."""
    min_level: int
    """Level from which people count; 0 for heads."""
    empty: int
    """Seats that the roster leaves empty."""
    at_least: int
    """Proven: with fewer more people who hold it a seat stays empty, in any roster."""
    enough: int
    """New people of `Closing.people` who hold it; all of them for heads."""

    def as_dict(self) -> dict[str, Any]:
        """The lack as JSON can hold it."""
        return {
            "skill_id": self.skill_id,
            "min_level": self.min_level or None,
            "empty": self.empty,
            "at_least": self.at_least,
            "enough": self.enough,
        }


@dataclass(frozen=True)
class Closing:
    """New people who fill the empty seats, and how few could do at best."""

    lacks: tuple[Lack, ...]
    """A row for each skill and level with empty seats, heads first."""
    people: tuple[Volunteer, ...]
    """The new people, each with the skills that they need there."""
    centers: tuple[tuple[str, int], ...]
    """Center id and number of new people who live there, most first."""
    at_least: int
    """Proven: with fewer new people some seat stays empty, in any roster."""
    left: int
    """Seats that stay empty with the new people; 0 when all gaps are closed."""
    typical: Typical
    """What each new person is like."""
    roster: Roster
    """The roster with the new people; it keeps all hard rules."""
    problem: Problem
    """The problem with the new people."""

    @property
    def enough(self) -> int:
        """Number of new people."""
        return len(self.people)

    def as_dict(self) -> dict[str, Any]:
        """The numbers as JSON can hold them, without roster and problem."""
        return {
            "lacks": [lack.as_dict() for lack in self.lacks],
            "at_least": self.at_least,
            "enough": self.enough,
            "left": self.left,
            "centers": [{"center_id": c, "people": n} for c, n in self.centers],
            "people": [
                {
                    "center_id": v.home_center_id,
                    "skills": {g.skill_id: g.level for g in v.skills},
                    "shifts": list(self.roster.shifts_of.get(v.volunteer_id, ())),
                }
                for v in self.people
            ],
            "assumed": {
                "shifts": self.typical.shifts,
                "distance_km": self.typical.distance_km,
                "show_rate": self.typical.show_rate,
            },
        }


def closing(
    problem: Problem, roster: Roster, typical: Typical, *, seconds: float, seed: int
) -> Closing:
    """Find new people for the empty seats of a roster in which everybody else works as before.

    Each new person is typical, can come at all times, and works at most `typical.shifts` shifts.
    """
    found: Crew = crew(problem, roster, typical, seconds=seconds, seed=seed)
    empty: Counter[tuple[str | None, int]] = Counter()
    for (_, skill, level), lacking in empty_seats(problem, roster).items():
        empty[skill, level] += lacking
    model = build(problem)
    day = problem.horizon.start
    each = typical.shifts or len(model.arrays.span_times)
    lacks = []
    for skill, level in sorted(empty, key=lambda key: (key[0] is not None, str(key[0]), key[1])):
        missing = most_filled(model, skill, level).missing
        enough = sum(skill is None or v.level(skill, day) >= level for v in found.people)
        at_least = -(-missing // each) if each else 0
        lacks.append(Lack(skill, level, empty[skill, level], at_least, enough))
    homes = Counter(v.home_center_id or "" for v in found.people)
    return Closing(
        tuple(lacks),
        found.people,
        tuple(sorted(homes.items(), key=lambda item: (-item[1], item[0]))),
        max((lack.at_least for lack in lacks), default=0),
        sum(empty_seats(found.problem, found.roster).values()),
        typical,
        found.roster,
        found.problem,
    )

