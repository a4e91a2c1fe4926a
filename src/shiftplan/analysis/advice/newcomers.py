"""What advice says of the new people who would fill empty seats.

`Filling` of `Lack`s, `AskedSkill`s and `Barrier`s -> JSON; no solver is involved.
"""

from __future__ import annotations

from dataclasses import dataclass

from shiftplan.analysis.advice.typical import Typical
from shiftplan.problem import Problem
from shiftplan.week.json_form import Written
from shiftplan.week.records import Volunteer
from shiftplan.week.roster import Roster


@dataclass(frozen=True)
class Lack(Written):
    """Seats of one skill and level, or of heads, and the people who would fill the empty ones."""

    json_keys = "skill_id min_level=level empty left at_least enough"

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

    @property
    def level(self) -> int | None:
        """`min_level`; None for heads."""
        return self.min_level or None


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
