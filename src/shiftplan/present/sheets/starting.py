"""The week that a new workbook begins with: blank, or a small example of its kind of work.

Kind, profile, first date, words -> `Problem`, and the tables from which its shifts are made.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from shiftplan.errors.message import Message
from shiftplan.files.headings import Say
from shiftplan.files.layout import columns_of
from shiftplan.files.sheet import Tables
from shiftplan.problem import Problem
from shiftplan.problem.profile import recommended_rules
from shiftplan.rules import Rule
from shiftplan.week.fields import WEEKDAYS
from shiftplan.week.horizon import PROFILES, Horizon
from shiftplan.week.kinds import WorkKind, kind_of
from shiftplan.week.records import Availability, Center, Skill, SkillGrant, Volunteer

_OF_MENTORS = "mentors"


def week_of_kind(
    kind: str, profile: str, start: dt.date, say: Say, *, is_example: bool = False
) -> Problem:
    """The week that a workbook of a kind begins with, in the language of `say`."""
    known = kind_of(kind)
    horizon = Horizon(start=start, days=known.days, kind=kind, **PROFILES[profile])
    skills, ids = {s.skill_id: s for s in known.skills}, _skill_ids(known, profile)
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


def hours_of_kind(kind: str, profile: str, say: Say, *, is_example: bool = False) -> Tables:
    """Opening hours and standard needs that it begins with, as tables of text."""
    known, ids = kind_of(kind), _skill_ids(kind_of(kind), profile)
    given = known.example if is_example and not known.opening else known
    opening = [
        {
            "days": say(Message(f"days.{row.days}")) if row.days else "",
            **{name: _clock(at) for name, at in zip(("start", "end"), row.hours, strict=True)},
            "type": say(Message(f"type.{row.type}")),
        }
        for row in given.opening
    ]
    needs = [
        {
            "shifts": "|".join(say(Message(f"type.{name}")) for name in row.shifts),
            "skill_id": ids[row.skill_id] if row.skill_id else "",
            "min_level": f"{row.min_level or ''}",
            "minimum": f"{row.minimum}",
            "target": f"{row.target}",
        }
        for row in given.needs
    ]
    rows = {"opening": opening, "needs": needs}
    headers = {table: list(columns_of(table)) for table in rows}
    return {
        table: (header, [[row.get(name, "") for name in header] for row in rows[table]])
        for table, header in headers.items()
    }


def _skill_ids(kind: WorkKind, profile: str) -> dict[str, str]:
    """Skill of a kind -> its id: that of the profile for mentors."""
    mentors = PROFILES[profile]["mentor_skill"]
    return {s.skill_id: mentors if s.skill_id == _OF_MENTORS else s.skill_id for s in kind.skills}


def _clock(passed: dt.timedelta) -> str:
    """A time of day from what passed since midnight; 24:00 at its end."""
    minutes = passed // dt.timedelta(minutes=1)
    hour, minute = divmod(minutes, 60)
    return f"{hour if hour <= 24 else hour - 24:02}:{minute:02}"


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
        people = list(self._people([c.center_id for c in centers]))
        return {
            "centers": tuple(centers),
            "volunteers": tuple(people),
            "availability": tuple(a for i, v in enumerate(people) for a in self._offers(i, v)),
            "shifts": (),
        }

    def _people(self, centers: list[str]) -> Iterator[Volunteer]:
        example, shown = self._example, self._kind.columns.get("volunteers")
        shows_home = shown is None or "home_center_id" in shown
        names = self._say(Message("example.people")).split("|")
        for i in range(example.people):
            home = {"home_center_id": centers[i % len(centers)]} if shows_home else {}
            level = example.levels[i % len(example.levels)]
            skills = [SkillGrant(skill_id=s, level=level) for s in self._ids.values() if level]
            who, name = f"V{i + 1:02}", names[i % len(names)]
            given = {"volunteer_id": who, "name": name, "skills": skills, **home}
            yield Volunteer.model_validate({**given, **example.person})

    def _offers(self, number: int, person: Volunteer) -> Iterator[Availability]:
        turns, sessions = self._example.offers, self._kind.sessions
        for away, day in enumerate(self._days.values()):
            for place in turns[(number + away) % len(turns)]:
                midnight = dt.datetime.combine(day, dt.time())
                start, end = (midnight + hours for hours in sessions[place])
                yield Availability(volunteer_id=person.volunteer_id, start=start, end=end)
