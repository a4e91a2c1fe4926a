"""People, shifts, days and rules as sentences name them.

(`Week`, ids) -> text; the names object of `Words`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

from shiftplan.errors.message import Span, languages
from shiftplan.errors.message.catalogue import catalogue
from shiftplan.present.forms import Forms
from shiftplan.present.words import Lang, Words
from shiftplan.week.fields import one_line
from shiftplan.week.records import Requirement, Shift, Skill, Volunteer
from shiftplan.week.week import Week

Said = TypeVar("Said")


def in_both(say: Callable[[Lang], Said]) -> dict[Lang, Said]:
    """What is said in each language, by its code."""
    return {lang: say(lang) for lang in languages()}


def named(name: str, identifier: str) -> str:
    """A name with the id, such as `Trần Thị Lan (V00012)`; the id alone where there is no name."""
    return f"{name} ({identifier})" if name and name != identifier else identifier


def rule_name(rule: str, lang: Lang) -> str:
    """The id of a rule, after its meaning where the language has a name for it."""
    own = catalogue(lang).get(f"rule.{rule}", ("",))
    return named(own[0], rule)


def why(rule: str, lang: Lang) -> str:
    """Why a rule stands against something, in a few words."""
    say, code = Words(lang), f"why.{rule}"
    return say(code) if say.has(code) else rule


def number(value: int | None, lang: Lang) -> str:
    """A whole number with marks between thousands: 12,345 in English, 12.345 in Vietnamese."""
    return Forms(lang).number(value)


def percent(share: float | None, lang: Lang, *, up: bool = False) -> str:
    """A share as per cent with one decimal, cut off (rounded up with `up`): never flattering."""
    return Forms(lang).percent(share, up=up)


def day(value: date, lang: Lang) -> str:
    """A date as people write it: 2026-12-07, or 07/12/2026."""
    return Forms(lang).date(value)


def decimal(value: float, lang: Lang, digits: int = 1) -> str:
    """A number with decimals, without zeros at its end: 3.6 in English, 3,6 in Vietnamese."""
    return Forms(lang).decimal(value, digits)


def namesakes(problem: Week) -> frozenset[str]:
    """Ids of volunteers who share their name with another one."""
    people = [(v.volunteer_id, v.name) for v in problem.volunteers if v.name]
    counts = Counter(name for _, name in people)
    return frozenset(who for who, name in people if counts[name] > 1)


class Names:
    """Names of what one problem holds, looked up by id; an unknown id stays an id."""

    def __init__(self, problem: Week, lang: str) -> None:
        self.say = Words(lang, self)
        """Says messages in the language, with these names."""
        self._volunteers: Mapping[str, Volunteer] = {v.volunteer_id: v for v in problem.volunteers}
        self._shifts: Mapping[str, Shift] = {s.shift_id: s for s in problem.shifts}
        self._centers = {c.center_id: one_line(c.name) or c.center_id for c in problem.centers}
        self._skills: Mapping[str, Skill] = {s.skill_id: s for s in problem.skills}
        self._namesakes = namesakes(problem)

    def name(self, volunteer_id: str) -> str:
        """Name of a person on one line, without the id; empty when there is none."""
        volunteer = self._volunteers.get(volunteer_id)
        return "" if volunteer is None else one_line(volunteer.name)

    def called(self, volunteer_id: str) -> str:
        """Name of a person without the id; the id where there is none."""
        return self.name(volunteer_id) or volunteer_id

    def person(self, volunteer_id: str) -> str:
        """Name with the id, such as `Trần Thị Lan (V00012)`."""
        return named(self.name(volunteer_id), volunteer_id)

    def member(self, volunteer_id: str) -> str:
        """Name of a person among others: with the id where somebody else has the same name."""
        is_shared = volunteer_id in self._namesakes
        return self.person(volunteer_id) if is_shared else self.called(volunteer_id)

    def center(self, center_id: str) -> str:
        """Name of a center on one line; its id when it has none."""
        return self._centers.get(center_id, center_id)

    def day(self, day: dt.date) -> str:
        """Weekday and date, such as `Mon 07 Dec`, or `thứ Hai 07/12`."""
        return self.say.day(day)

    def hours(self, start: dt.datetime, end: dt.datetime) -> str:
        """Start and end, such as `07:30–11:30`."""
        return f"{self.say.time(start)}–{self.say.time(end)}"

    def time(self, start: dt.datetime, end: dt.datetime) -> str:
        """Day and hours, such as `Mon 07 Dec 07:30–11:30`."""
        return self.say.place(Span(start, end))

    def shift(self, shift_id: str) -> str:
        """Id, center and time, such as `S0123, Xã Vĩnh Tế, Mon 07 Dec 07:30–11:30`."""
        shift = self._shifts.get(shift_id)
        if shift is None:
            return shift_id
        return f"{shift_id}, {self.center(shift.center_id)}, {self.time(shift.start, shift.end)}"

    def skill(self, skill_id: str, level: int | None = None) -> str:
        """Name of a skill, with a level if one is meant and the skill has several."""
        skill = self._skills.get(skill_id)
        name = skill_id if skill is None else skill.name or skill_id
        has_levels = skill is not None and skill.max_level > 1
        return f"{name} {level}" if level is not None and has_levels else name

    def counted(self, requirement: Requirement) -> str:
        """Whom a requirement counts: everybody, or people with a skill."""
        return self._of("reasons.name_people_counted", "reasons.name_skilled_counted", requirement)

    def wanted(self, requirement: Requirement, filled: int) -> str:
        """People there of people wanted, such as `1 of 2 people`."""
        codes = "reports.wanted_people", "reports.wanted_skilled"
        return self._of(*codes, requirement, filled=filled, n=requirement.target)

    def people(self, requirement: Requirement, n: int) -> str:
        """So many people that a requirement counts, such as `1 person` or `2 with Portal 2`."""
        return self._of("count.people", "count.skilled", requirement, n=n)

    def lacking(self, requirement: Requirement, n: int) -> str:
        """How many people a requirement lacks, such as `1 lacking` or `2 lacking: Portal 2`."""
        return self._of("view.lacking", "view.lacking_skill", requirement, n=n)

    def _of(self, plain: str, skilled: str, need: Requirement, **params: int) -> str:
        """What is said of a requirement, and what of one with a skill."""
        if need.skill_id is None:
            return self.say(plain, **params)
        return self.say(skilled, **params, skill=self.skill(need.skill_id, need.min_level or 1))
