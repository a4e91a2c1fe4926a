"""One tiny week for each feature: what a team says, and a roster made without thinking of it.

Words for people, shifts and rules -> a problem; everybody can come at any time unless windows say
otherwise, and every empty seat costs 100.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import shiftplan as sp
from shiftplan.rules import ALWAYS, Coverage, Rule

MONDAY = dt.date(2026, 12, 7)
PLACES = {"a": (10.40, 105.40), "b": (10.42, 105.40), "c": (10.90, 105.40)}
"""Centers with their coordinates: b is 2 km from a, c more than 50."""
GROUP = ({"group": ("minor",)}, {})
"""Two people, the first of them in a group."""


@dataclass(frozen=True)
class Tiny:
    """A week of a few shifts, the rule under test, and a roster that does not obey it."""

    rule: Rule
    shifts: str
    """For each shift a word such as a0/8-12 for center a, the first date, 08:00 to 12:00; a name
    after a colon is its type."""
    naive: str
    """For each shift in order the first letters of who works it; a dot for nobody."""
    people: tuple[dict[str, Any], ...] = ({}, {})
    """Fields of each person, named ana, ben, cem and dov in order."""
    seats: int = 1
    tables: dict[str, Any] = field(default_factory=dict)
    """Further tables, in place of the usual ones."""

    @property
    def always(self) -> bool:
        """Whether the rule stands in no table, since it always holds."""
        return self.rule in ALWAYS

    @property
    def problem(self) -> sp.Problem:
        """The week in full."""
        names = ("ana", "ben", "cem", "dov")[: len(self.people)]
        shifts = tuple(_shifts(self.shifts.split()))
        end = dt.datetime.combine(MONDAY + dt.timedelta(15), dt.time())
        whole = dt.datetime.combine(MONDAY, dt.time())
        tables: dict[str, Any] = {
            "horizon": sp.Horizon(start=MONDAY, days=14),
            "centers": tuple(_center(place) for place in sorted({s.center_id for s in shifts})),
            "skills": (sp.Skill(skill_id="aid", max_level=3),),
            "volunteers": tuple(
                sp.Volunteer(volunteer_id=name, **fields)
                for name, fields in zip(names, self.people, strict=True)
            ),
            "availability": tuple(
                sp.Availability(volunteer_id=name, start=whole, end=end) for name in names
            ),
            "shifts": shifts,
            "requirements": tuple(need(s.shift_id, target=self.seats) for s in shifts),
            "rules": (Coverage(level=1, weight=100), *([] if self.always else [self.rule])),
        }
        return sp.Problem(**(tables | self.tables))

    @property
    def roster(self) -> sp.Roster:
        """The roster made without thinking of the rule."""
        people = {person.volunteer_id[0]: person.volunteer_id for person in self.problem.volunteers}
        teams = zip(self.shifts.split(), self.naive.split(), strict=True)
        return sp.Roster.of(
            (word.partition(":")[0], people[letter])
            for word, team in teams
            for letter in team.replace(".", "")
        )


def _shifts(words: Iterable[str]) -> Iterable[sp.Shift]:
    for word in words:
        name, _, kind = word.partition(":")
        day, _, hours = name[1:].partition("/")
        first, last = (int(hour) for hour in hours.split("-"))
        start = dt.datetime.combine(MONDAY + dt.timedelta(int(day)), dt.time(first))
        end = start + dt.timedelta(hours=(last - first) % 24)
        yield sp.Shift(shift_id=name, center_id=word[0], start=start, end=end, type=kind)


def shifts_with(words: str, **fields: Any) -> tuple[sp.Shift, ...]:
    """Shifts as a tiny week writes them, with further fields."""
    return tuple(shift.model_copy(update=fields) for shift in _shifts(words.split()))


def strained(words: str, *strains: int) -> dict[str, Any]:
    """The shifts of words, each with its strain."""
    shifts = zip(_shifts(words.split()), strains, strict=True)
    return {"shifts": tuple(s.model_copy(update={"strain": n}) for s, n in shifts)}


def _center(place: str) -> sp.Center:
    lat, lon = PLACES[place]
    areas = {"minority_area": place == "b"}
    return sp.Center(center_id=place, lat=lat, lon=lon, **areas)


def need(shift: str, **fields: Any) -> sp.Requirement:
    """What a shift needs: a person, unless said otherwise."""
    return sp.Requirement(shift_id=shift, **({"target": 1} | fields))


def window(who: str, day: int, first: int, last: int, state: Any = "available") -> sp.Availability:
    """Hours of a date in which somebody can come."""
    start = dt.datetime.combine(MONDAY + dt.timedelta(day), dt.time())
    hours = (start + dt.timedelta(hours=first), start + dt.timedelta(hours=last))
    return sp.Availability(volunteer_id=who, start=hours[0], end=hours[1], state=state)


def holds(level: int = 1, **fields: Any) -> dict[str, Any]:
    """Somebody who holds the skill."""
    return {"skills": ({"skill_id": "aid", "level": level} | fields,)}


def wish(who: str, day: int, state: str, **fields: Any) -> sp.Preference:
    """A wish for a date or against it."""
    date = MONDAY + dt.timedelta(day)
    return sp.Preference(volunteer_id=who, date=date, state=state, **fields)
