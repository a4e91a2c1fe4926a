"""What advice says of the new people who would fill empty seats.

`Filling` of `Lack`s, `Asked`s and `Barrier`s -> JSON; no solver is involved.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from shiftplan.analysis.advice.typical import Typical
from shiftplan.problem import Problem
from shiftplan.week.records import Volunteer
from shiftplan.week.roster import Roster


@dataclass(frozen=True)
class Lack:
    """Seats of one skill and level, or of heads, and the people who would fill the empty ones."""

    skill_id: str | None
    """Skill; None for heads."""
    min_level: int
    """Level from which people count; 0 for heads."""
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

    def as_dict(self) -> dict[str, Any]:
        """The lack as JSON can hold it."""
        return {
            "skill_id": self.skill_id,
            "min_level": self.min_level or None,
            "empty": self.empty,
            "left": self.left,
            "at_least": self.at_least,
            "enough": self.enough,
        }


@dataclass(frozen=True, slots=True)
class Barrier:
    """A hard rule that one more person would break in a seat that stays empty."""

    rule: str
    """Kind of the rule."""
    seats: int
    """Seats that it keeps empty, as everybody works now; a seat may count under several rules."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A skill that new people hold for the sake of a hard rule: no seat of theirs needs it."""

    rule: str
    """Kind of the rule."""
    skill_id: str
    """The skill."""
    min_level: int
    """The level they hold."""
    people: int
    """New people concerned."""


@dataclass(frozen=True)
class Filling:
    """New people who fill empty seats, and how few could do at best."""

    lacks: tuple[Lack, ...]
    """A row for each skill and level with empty seats, heads first."""
    people: tuple[Volunteer, ...]
    """The new people, each with the skills that they need there."""
    centers: tuple[tuple[str, int], ...]
    """Center id and number of new people who live there, most first."""
    at_least: int
    """Proven: with fewer new people, none of them in more shifts than `typical.shifts` says, some
    seat stays empty in any roster."""
    left: int
    """Seats that stay empty with the new people; 0 when all are filled."""
    total: int
    """Gain in the total: cost of the given roster less that of `roster`. Below 0 where filling
    costs more than the seats are worth."""
    asked: tuple[Asked, ...]
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

    def as_dict(self) -> dict[str, Any]:
        """The numbers as JSON can hold them, without roster and problem."""
        return {
            "lacks": [lack.as_dict() for lack in self.lacks],
            "at_least": self.at_least,
            "enough": self.enough,
            "found": len(self.people),
            "left": self.left,
            "total": self.total,
            "asked": [asdict(asked) for asked in self.asked],
            "barriers": [asdict(barrier) for barrier in self.barriers],
            "moved": self.moved,
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
