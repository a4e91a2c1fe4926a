"""A member of a contradiction with the names of what it concerns.

(`Problem`, `Member`) -> `ConflictMember`.

Its message holds names beside ids, as parameters, so that it can be said without the problem.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from numbers import Real
from typing import Any

import numpy as np

from shiftplan.errors.message import Message, OfRule, Person, Place, Word, parts_of, places
from shiftplan.problem import Problem
from shiftplan.rules import Apart, AreaFloor, MaxTravel, NeedsToo, Rule
from shiftplan.rules.scope import limits_of
from shiftplan.solving.conflict.counted import CountedToo
from shiftplan.solving.conflict.grounds import Fact, Member
from shiftplan.solving.trouble import ConflictMember
from shiftplan.week.records import Shift
from shiftplan.week.requirements import Ability, Condition, Conditions, Requirement, conditions_of

_OF_PAIRS = {"available", "max_distance", "occupied", "qualified"}
"""Rules that forbid pairs, with sentences about one of them, all of a shift, or all of a person."""
_OF_SEATS = {"minimum_coverage", "shortage", "surplus"}
"""Rules on the people of a requirement, or of all exclusive ones of a shift."""
_OWN = {
    "capacity",
    "max_centers",
    "max_consecutive_days",
    "max_minutes",
    "max_shift_count",
    "max_shifts",
    "mentor",
    "min_minutes",
    "min_rest",
    "min_shift_count",
    "minimum_coverage",
    "never_alone",
    "one_center_per_day",
    "one_place",
    "shortage",
    "surplus",
    "travel_time",
}
"""Other rules with a sentence about whom and where; the rest are said by `sentence.<kind>`."""
_EVERY = _OWN - {"capacity", "mentor", "min_minutes", "min_shift_count", "never_alone", "surplus"}
"""Of these, the ones with a sentence about many people or teams at once."""

_AT_CENTER = (Shift, places.AtCenter, places.AtTimes, places.CenterDay)
"""Places that are at one center."""


class Members:
    """Members of contradictions of one problem."""

    def __init__(self, problem: Problem) -> None:
        self._problem, self._rules = problem, problem.active_rules
        self._counted = CountedToo(problem)
        self._must = {(p.volunteer_id, p.shift_id) for p in problem.pins if p.state == "must"}
        self._shifts = problem.shift_by_id
        self._centers = {center.center_id: center for center in problem.centers}
        self._bearers = Counter(center.name for center in problem.centers)
        self._skills = {skill.skill_id: skill for skill in problem.skills}

    def member(self, member: Member, fact: Fact | None = None) -> ConflictMember:
        """The member with ids and names; `fact` has the pairs that it forbids, if any."""
        people, shifts = self._problem.volunteers, self._problem.shifts
        rule = self._rules[member.rule]
        who = people[member.who].volunteer_id if member.who >= 0 else ""
        shift = self._shift(member)
        indexes = [] if fact is None else zip(fact.volunteers, fact.shifts, strict=True)
        pairs = tuple((people[v].volunteer_id, shifts[s].shift_id) for v, s in indexes)
        where = self._where(member, rule)
        place = where if shift is None else shift
        center_id = place.center_id if isinstance(place, _AT_CENTER) else ""
        center = center_id and self._center(center_id)
        message = self._message(member, rule, where, len(pairs))
        if limits := tuple(limits_of(rule)):
            message = Message("conflict.only", said=message, limits=limits)
        if beside := self._counted.beside(rule, who, where):
            message = Message("conflict.beside", said=message, rows=beside)
        if before := self._counted.before(rule, who, where):
            message = Message("conflict.before", said=message, rows=before)
        return ConflictMember(rule.rule, who, where, message, center, rule.unit, pairs, center_id)

    def forbidden(self, rule: int, who: int, where: int) -> ConflictMember:
        """A rule that forbids a person a shift, all given by their numbers."""
        pair = Fact(np.array([who]), np.array([where]), -1)
        return self.member(Member(rule, who, where, "shift"), pair)

    def kind(self, rule: int, *, people: int = 0, teams: int = 0) -> ConflictMember:
        """A rule, given by its number, with how many people or requirements it concerns."""
        said = self._rules[rule]
        kind = said.rule
        counts = {"people": people, "requirements": teams}
        at: list[Message | str] = [Message(f"count.{of}", n=n) for of, n in counts.items() if n]
        at += sorted(getattr(said, "shifts", ()))
        if kind in _OF_PAIRS | _EVERY and not _allows_some(said):
            value, per = _told(said.parameter), getattr(said, "per", "horizon")
            days = getattr(said, "rolling_days", None)
            period = Message("conflict.horizon" if per == "horizon" else f"conflict.per_{per}")
            period = period if days is None else Message("conflict.per_days", value=days)
            facts: dict[str, Any] = {"value": value, "period": period, "at": tuple(at)}
            message = Message(f"conflict.{kind}_every", **facts)
        elif kind in _OWN:
            message = Message("conflict.rule_at", sentence=OfRule(kind), at=tuple(at))
        else:
            message = _general(said, None, *at)
        return ConflictMember(kind, "", None, message, unit=said.unit)

    def _shift(self, member: Member) -> Shift | None:
        if member.place == "need":
            shift_id = self._problem.requirements[member.where].shift_id
            return None if shift_id is None else self._shifts[shift_id]
        is_shift = member.place == "shift" and member.where >= 0
        return self._problem.shifts[member.where] if is_shift else None

    def _where(self, member: Member, rule: Rule) -> Place | None:
        """The place that `check` names in a violation of the rule."""
        problem, place = self._problem, member.where
        if place < 0 or not member.place:
            areas = getattr(rule, "group", ()) if rule.is_of_areas else ()
            return places.InAreas(areas) if areas else None
        match member.place:
            case "shift":
                return places.AtShift(problem.shifts[place].shift_id)
            case "moment":
                return problem.moments[place]
            case "need":
                return problem.requirements[place].place
            case "wish":
                return problem.preferences[place].place
            case "center":
                return places.AtCenter(problem.centers[place].center_id)
            case "center_day":
                center, day = divmod(place, problem.horizon.days)
                center_id = problem.centers[center].center_id
                return places.CenterDay(center_id, problem.horizon.dates[day])
        return places.period_of(problem.horizon.dates[place], member.place)

    def _message(self, member: Member, rule: Rule, where: Place | None, pairs: int) -> Message:
        volunteer = self._problem.volunteers[member.who] if member.who >= 0 else None
        shift, kind = self._shift(member), rule.rule
        there = None if where is None else self._named(where)
        who = None if volunteer is None else Person(volunteer.volunteer_id, volunteer.name)
        if kind == "pins" and volunteer is not None and shift is not None:
            must = (volunteer.volunteer_id, shift.shift_id) in self._must
            code = "conflict.pins_must" if must else "conflict.pins_must_not"
            return Message(code, who=who, where=self._at(shift.shift_id))
        if kind == "occupied" and volunteer is not None and shift is not None:
            row = self._problem.offers.occupying(volunteer, shift)[0]
            code = "conflict.occupied_by" if row.what else "conflict.occupied"
            return Message(code, who=who, where=self._at(shift.shift_id), what=row.what)
        if (kind not in _OWN and kind not in _OF_PAIRS) or _allows_some(rule):
            return _general(rule, who, there)
        scope = ""
        if kind in _OF_PAIRS and volunteer is None:
            everybody = pairs == len(self._problem.volunteers)
            scope = "_of_everybody" if everybody else "_of_all"
        elif kind in _OF_PAIRS and shift is None:
            scope = "_anywhere"
        facts: dict[str, Any] = {"who": who, "value": _told(rule.parameter), "count": pairs}
        facts |= {"day": there, "period": there or Message("conflict.horizon")}
        if volunteer is not None:
            facts |= {"most": volunteer.max_shifts, "km": volunteer.max_distance_km}
        if shift is not None:
            facts |= {"where": self._at(shift.shift_id)}
            facts |= {"room": self._centers[shift.center_id].capacity}
            if shift.skill_id is not None:
                facts["skill"] = self._skill(shift.skill_id, shift.min_level)
        if member.place == "moment":
            facts["where"], scope = there, "_moment"
        if member.place == "need":
            need = self._problem.requirements[member.where]
            facts["needs"] = self._needs(need, kind)
            if need.times is not None:
                facts["where"], scope = self._named(need.times), "_times"
        elif kind in _OF_SEATS and shift is not None:
            own = (n for n in self._problem.requirements if n.shift_id == shift.shift_id)
            facts["needs"] = tuple(self._needs(need, kind) for need in own if need.exclusive)
            scope = "_exclusive"
        return Message(f"conflict.{kind}{scope}", **facts)

    def _needs(self, need: Requirement, kind: str) -> Message:
        count = need.minimum if kind == "minimum_coverage" else need.target
        if need.is_of_heads:
            return Message("count.people", n=count)
        if not need.is_of_holders:
            lacked = [ability for one in need.conditions for ability in one.abilities]
            return Message("count.without", n=count, skill=self._either(lacked))
        return Message("count.skilled", n=count, skill=self._together(need.conditions))

    def _named(self, where: Place) -> Message | str:
        match where:
            case places.AtShift(shift_id):
                return self._at(shift_id)
            case places.AtSeat(shift_id, skill_id, level, further):
                skill = self._together(conditions_of(skill_id, level, further))
                return Message("name.seat", shift=self._at(shift_id), skill=skill)
            case places.AtTimes():
                return self._times(where)
            case places.AtCenter(center_id):
                return self._center(center_id)
            case places.CenterDay(center_id, date):
                return Message("name.center_day", center=self._center(center_id), day=date)
            case places.InAreas(names):
                return Message("name.areas", names=names)
            case places.ShiftsOn(date, shifts):
                return Message("name.shifts_on", day=date, shifts=shifts)
            case places.FromDay(date):
                return Message("form.from", day=date)
            case places.InWeek(year, week):
                return Message("form.week", week=week, year=str(year))
            case places.InMonth(year, month):
                return Message("form.month", month=f"{month:02d}", year=str(year))
            case places.OnDay(date):
                return Message("name.day", day=date)
        return str(where)

    def _at(self, shift_id: str) -> Message:
        shift = self._shifts[shift_id]
        time = {"day": shift.day, "start": shift.start.time(), "end": shift.end.time()}
        center = self._center(shift.center_id)
        return Message("name.shift", id=shift_id, center=center, **time)

    def _times(self, where: places.AtTimes) -> Message:
        conditions = conditions_of(where.skill_id, where.min_level, where.with_skills)
        held = (self._together(conditions),) if conditions else ()
        return Message("name.times", parts=(self._center(where.center_id), *parts_of(where), *held))

    def _center(self, center_id: str) -> str:
        name = self._centers[center_id].name
        return f"{name} ({center_id})" if name and self._bearers[name] > 1 else name or center_id

    def _together(self, conditions: Conditions) -> Message | str:
        if not any(condition.held for condition in conditions):
            lacked = [ability for one in conditions for ability in one.abilities]
            return Message("form.people_without", skill=self._either(lacked))
        names = tuple(map(self._condition, conditions))
        return names[0] if len(names) == 1 else Message("name.skills", skills=names)

    def _condition(self, condition: Condition) -> Message | str:
        skills = self._either(condition.abilities)
        return skills if condition.held else Message("form.no_skill", skill=skills)

    def _either(self, abilities: Sequence[Ability]) -> Message | str:
        names = tuple(self._skill(*ability) for ability in abilities)
        return names[0] if len(names) == 1 else Message("name.one_of", skills=names)

    def _skill(self, skill_id: str, level: int) -> Message | str:
        skill = self._skills.get(skill_id)
        if skill is None:
            return skill_id
        name = skill.name or skill_id
        return Message("name.skill", name=name, level=level) if skill.max_level > 1 else name


def _allows_some(rule: Rule) -> bool:
    """Whether windows may be left by some minutes, of which the sentences on pairs do not speak."""
    return rule.rule == "available" and bool(rule.parameter)


def _general(rule: Rule, *concerned: Person | Message | str | None) -> Message:
    """A rule without a sentence about whom and where: what it asks, and of whom and where."""
    code = f"sentence.{rule.rule}{_variant(rule)}"
    asked = Message(code, **{name: _told(getattr(rule, name)) for name in type(rule).model_fields})
    at = tuple(told for told in concerned if told)
    return Message("conflict.rule_at" if at else "conflict.rule", sentence=asked, at=at)


def _variant(rule: Rule) -> str:
    """What its sentence has behind the kind of a rule, where its parameters change the words."""
    match rule:
        case Apart(group=[_, _, *_]):
            return "_each"
        case AreaFloor() if rule.min_share is not None:
            return "_share"
        case MaxTravel(tour="home"):
            return "_home"
        case NeedsToo(how="all"):
            return "_all"
    return ""


def _told(value: Any) -> Any:
    """A parameter of a rule as a message may hold it; None for an empty list."""
    if isinstance(value, bool):
        return Word(str(value).lower())
    if isinstance(value, (frozenset, set)):
        value = sorted(value, key=str)
    if isinstance(value, (list, tuple)):
        return tuple(map(_told, value)) or None
    is_plain = value is None or isinstance(value, (str, Real, dt.date, dt.time, dt.timedelta))
    return value if is_plain else str(value)
