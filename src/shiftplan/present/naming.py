"""People, shifts, days and rules as sentences name them.

(`Week`, ids) -> text; the names object of `Words`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping

from shiftplan.errors.message import OF_KIND, Span, parts_of
from shiftplan.errors.message.catalogue import catalogue
from shiftplan.present.words import Lang, Words
from shiftplan.week.fields import one_line
from shiftplan.week.horizon import dialled
from shiftplan.week.kinds import USUAL_KIND
from shiftplan.week.occupied import Occupied
from shiftplan.week.records import Center, Shift, Volunteer
from shiftplan.week.requirements import Condition, Requirement
from shiftplan.week.week import Week


def lang_of(week: Week, lang: Lang) -> Lang:
    """A language in the words of a week's kind of work, such as `en@food-bank`.

    A language that names a kind already stays as it is.
    """
    kind = week.horizon.kind
    return lang if kind == USUAL_KIND or OF_KIND in lang else f"{lang}{OF_KIND}{kind}"


def named(name: str, identifier: str) -> str:
    """A name with the id, such as `Trần Thị Lan (V00012)`; the id alone where there is no name."""
    return f"{name} ({identifier})" if name and name != identifier else identifier


def rule_name(rule: str, lang: Lang) -> str:
    """The id of a rule, after its meaning where the language has a name for it."""
    return named(catalogue(lang).get(f"rule.{rule}", ("",))[0], rule)


def why(rule: str, lang: Lang) -> str:
    """Why a rule, or `absent`, `closed` or `declined` of a record, stands against something."""
    say = Words(lang)
    known = (code for code in (f"why.{rule}", f"away.{rule}") if say.has(code))
    return next(map(say, known), rule)


def _reach(row: Volunteer | Center, country: str) -> str:
    return ", ".join(filter(None, (dialled(row.phone, country), row.contact)))


class Names:
    """Names of what one problem holds, looked up by id; an unknown id stays an id.

    `shifts`: id -> a shift that is named as it was, not as the problem has it.
    """

    def __init__(
        self, problem: Week, lang: Lang, shifts: Mapping[str, Shift] | None = None
    ) -> None:
        self.say = Words(lang_of(problem, lang), self)
        """Says messages in the language, with these names."""
        self._people = {v.volunteer_id: v.name for v in problem.volunteers}
        self._bearers = Counter(self._people.values())
        self._shifts = {s.shift_id: s for s in problem.shifts} | dict(shifts or {})
        self._centers = {c.center_id: one_line(c.name) or c.center_id for c in problem.centers}
        self._skills = {s.skill_id: s for s in problem.skills}
        country = problem.horizon.country
        self._reach = {v.volunteer_id: _reach(v, country) for v in problem.volunteers}
        self._reach_there = {c.center_id: _reach(c, country) for c in problem.centers}

    def name(self, volunteer_id: str) -> str:
        """Name of a person on one line, without the id; empty when there is none."""
        return one_line(self._people.get(volunteer_id, ""))

    def called(self, volunteer_id: str) -> str:
        """Name of a person without the id; the id where there is none."""
        return self.name(volunteer_id) or volunteer_id

    def person(self, volunteer_id: str) -> str:
        """Name with the id, such as `Trần Thị Lan (V00012)`."""
        return named(self.name(volunteer_id), volunteer_id)

    def member(self, volunteer_id: str) -> str:
        """Name of a person among others: with the id where somebody else has the same name."""
        is_shared = self._bearers[self._people.get(volunteer_id, "")] > 1
        return self.person(volunteer_id) if is_shared else self.called(volunteer_id)

    def reach(self, volunteer_id: str) -> str:
        """Phone and contact of a person, such as `0912 345 678, lan@example.org`; may be empty.

        Only for those who call people: never for the public, logs or other volunteers.
        """
        return self._reach.get(volunteer_id, "")

    def reach_there(self, center_id: str) -> str:
        """Phone and contact of a center; empty where none is known."""
        return self._reach_there.get(center_id, "")

    def center(self, center_id: str) -> str:
        """Name of a center on one line; its id when it has none."""
        return self._centers.get(center_id, center_id)

    def day(self, day: dt.date) -> str:
        """Weekday and date, such as `Mon 07 Dec`, or `thứ Hai 07/12`."""
        return self.say.day(day)

    def hours(self, start: dt.datetime, end: dt.datetime) -> str:
        """Start and end, such as `07:30–11:30`; with the day of an end more than a day later."""
        return self.say.hours(start, end)

    def time(self, start: dt.datetime, end: dt.datetime) -> str:
        """Day and hours, such as `Mon 07 Dec 07:30–11:30`."""
        return self.say.place(Span(start, end))

    def shift(self, shift_id: str) -> str:
        """Id, center and time, such as `S0123, Xã Vĩnh Tế, Mon 07 Dec 07:30–11:30`."""
        shift = self._shifts.get(shift_id)
        if shift is None:
            return shift_id
        return f"{shift_id}, {self.center(shift.center_id)}, {self.time(shift.start, shift.end)}"

    def beside(self, row: Occupied) -> str:
        """Time and name of other work, such as `Mon 07 Dec 08:00–10:00: Meeting`."""
        return self.say("message.beside_row", when=row.when, what=self.occupying(row))

    def occupying(self, row: Occupied) -> str:
        """What other work is, on one line; in general words where nothing says it."""
        return one_line(row.what) or self.say("message.other_work")

    def skill(self, skill_id: str, level: int | None = None) -> str:
        """Name of a skill, with a level if one is meant and the skill has several."""
        skill = self._skills.get(skill_id)
        if skill is None:
            return skill_id
        name = skill.name or skill_id
        if level is None or skill.max_level == 1:
            return name
        return self.say("form.skill", skill=name, level=level)

    def skills(self, conditions: Iterable[Condition]) -> str:
        """What one person holds and lacks, such as `Khmer or Cham, Portal 2 and no Driver`."""
        return self.say.skills(conditions)

    def counted(self, requirement: Requirement) -> str:
        """Whom a requirement counts: everybody, or people with or without a skill."""
        codes = "reasons.name_people_counted", "reasons.name_skilled_counted"
        return self._who((*codes, "reasons.name_without_counted"), requirement)

    def wanted(self, requirement: Requirement, filled: int) -> str:
        """People there of people wanted, such as `1 of 2 people`."""
        codes = "reports.wanted_people", "reports.wanted_skilled", "reports.wanted_without"
        return self._of(codes, requirement, filled=filled, n=requirement.target)

    def people(self, requirement: Requirement, n: int) -> str:
        """So many people that a requirement counts, such as `2 people with Portal 2`."""
        return self._of(("count.people", "count.skilled", "count.without"), requirement, n=n)

    def lacking(self, requirement: Requirement, n: int) -> str:
        """How many people a requirement lacks, such as `1 missing` or `2 missing: Portal 2`."""
        codes = "view.lacking", "view.lacking_skill", "view.lacking_without"
        return self._of(codes, requirement, n=n)

    def when(self, requirement: Requirement) -> tuple[dt.date | None, str]:
        """Date, if it is a single one, and hours or shifts that a requirement is about."""
        shift, times = self._shifts.get(requirement.shift_id or ""), requirement.times
        if times is None:
            return (None, "") if shift is None else (shift.day, self.hours(shift.start, shift.end))
        if times.start is not None and times.end is not None:
            return times.start.date(), self.hours(times.start, times.end)
        return None, self.parts(requirement)

    def parts(self, requirement: Requirement) -> str:
        """Time, or dates and types, of the shifts that one counts; empty for a single shift."""
        times = requirement.times
        return "" if times is None else ", ".join(map(self.say.show, parts_of(times)))

    def _of(self, codes: tuple[str, str, str], need: Requirement, **params: int) -> str:
        """The same as `_who`, with the time or the dates where it counts several shifts."""
        return self._at(need, self._who(codes, need, **params))

    def _at(self, need: Requirement, text: str) -> str:
        return f"{text} ({parts})" if (parts := self.parts(need)) else text

    def _who(self, codes: tuple[str, str, str], need: Requirement, **params: int) -> str:
        """What is said of heads, of people who hold a skill, and of those who only lack some."""
        plain, skilled, without = codes
        if need.is_of_heads:
            return self.say(plain, **params)
        if need.is_of_holders:
            return self.say(skilled, **params, skill=self.skills(need.conditions))
        lacked = (ability for one in need.conditions for ability in one.abilities)
        return self.say(without, **params, skill=self.say.either(lacked))
