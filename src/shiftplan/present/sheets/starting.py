"""The week that a new workbook begins with: blank, or a small example of its kind of work.

Kind, profile, first date, words -> `Problem`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from shiftplan.errors.message import Message
from shiftplan.files.headings import Say
from shiftplan.problem import Problem
from shiftplan.problem.profile import recommended_rules
from shiftplan.rules import Rule
from shiftplan.week.fields import WEEKDAYS
from shiftplan.week.horizon import PROFILES, Horizon
from shiftplan.week.kinds import WorkKind, kind_of
from shiftplan.week.records import (
    Availability,
    Center,
    Requirement,
    Shift,
    Skill,
    SkillGrant,
    Volunteer,
)

_OF_MENTORS = "mentors"


def week_of_kind(
    kind: str, profile: str, start: dt.date, say: Say, *, is_example: bool = False
) -> Problem:
    """The week that a workbook of a kind begins with, in the language of `say`."""
    known = kind_of(kind)
    horizon = Horizon(start=start, days=known.days, kind=kind, **PROFILES[profile])
    skills = {s.skill_id: s for s in known.skills}
    ids = {i: horizon.mentor_skill if i == _OF_MENTORS else i for i in skills}
    tables: dict[str, Any] = {"centers": (), "volunteers": (), "shifts": ()}
    if is_example:
        tables = _Filled(known, horizon, ids, say).tables()
    return Problem(
        name=say(Message("example.week")) if is_example else "",
        horizon=horizon,
        skills=tuple(
            Skill(skill_id=i, name=say(Message(f"template.{i}")), max_level=skills[of].max_level)
            for of, i in ids.items()
        ),
        rules=tuple(_in_words(rule, say) for rule in recommended_rules(kind)),
        **tables,
    )


def first_date(kind: str, today: dt.date) -> dt.date:
    """The date after today on which a week of a kind may start."""
    away = WEEKDAYS.index(kind_of(kind).first) - today.weekday()
    return today + dt.timedelta(days=(away - 1) % 7 + 1)


def _in_words(rule: Rule, say: Say) -> Rule:
    """A rule about types of shifts, with their names in the language."""
    types = tuple(say(Message(f"type.{name}")) for name in getattr(rule, "shifts", ()))
    return rule.model_copy(update={"shifts": types}) if types else rule


class _Filled:
    """The tables of the example of a kind."""

    def __init__(self, kind: WorkKind, horizon: Horizon, ids: Mapping[str, str], say: Say) -> None:
        self._kind, self._example, self._ids, self._say = kind, kind.example, ids, say
        first = WEEKDAYS.index(kind.first) if horizon.days < 7 else horizon.start.weekday()
        self._days = {WEEKDAYS[(first + i) % 7]: day for i, day in enumerate(horizon.dates)}

    def tables(self) -> dict[str, Any]:
        names = self._say(Message("example.centers")).split("|")
        centers = [
            Center(name=name, **given)
            for name, given in zip(names, self._example.centers, strict=False)
        ]
        shifts = [(s, needs) for c in centers for s, needs in self._shifts(c.center_id)]
        people = list(self._people([c.center_id for c in centers]))
        return {
            "centers": tuple(centers),
            "volunteers": tuple(people),
            "availability": tuple(a for i, v in enumerate(people) for a in self._offers(i, v)),
            "shifts": tuple(shift for shift, _ in shifts),
            "requirements": tuple(need for _, needs in shifts for need in needs),
        }

    def _shifts(self, center: str) -> Iterator[tuple[Shift, list[Requirement]]]:
        given = self._example.shifts
        for weekday, day in self._days.items():
            for number, each in enumerate(given, start=1):
                if weekday not in each.days:
                    continue
                name, midnight = f"{center}-{day:%m%d}-{number}", _midnight(day)
                start, end = (midnight + hours for hours in each.hours)
                kind = self._say(Message(f"type.{each.type}"))
                shift = Shift(shift_id=name, center_id=center, start=start, end=end, type=kind)
                needs = [need.model_dump(exclude_none=True) for need in each.needs]
                for need in needs:
                    if "skill_id" in need:
                        need["skill_id"] = self._ids[need["skill_id"]]
                yield shift, [Requirement(shift_id=name, **need) for need in needs]

    def _people(self, centers: list[str]) -> Iterator[Volunteer]:
        example, shows_home = self._example, self._shows("home_center_id")
        names = self._say(Message("example.people")).split("|")
        for i in range(example.people):
            home = {"home_center_id": centers[i % len(centers)]} if shows_home else {}
            level = example.levels[i % len(example.levels)]
            skills = [SkillGrant(skill_id=s, level=level) for s in self._ids.values() if level]
            who, name = f"V{i + 1:02}", names[i % len(names)]
            given = {"volunteer_id": who, "name": name, "skills": skills, **home}
            yield Volunteer.model_validate({**given, **example.person})

    def _shows(self, column: str) -> bool:
        shown = self._kind.columns.get("volunteers")
        return shown is None or column in shown

    def _offers(self, number: int, person: Volunteer) -> Iterator[Availability]:
        turns, sessions = self._example.offers, self._kind.sessions
        for away, day in enumerate(self._days.values()):
            for place in turns[(number + away) % len(turns)]:
                start, end = (_midnight(day) + hours for hours in sessions[place])
                yield Availability(volunteer_id=person.volunteer_id, start=start, end=end)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time())
