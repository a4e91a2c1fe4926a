"""What a member of a contradiction says, in English and Vietnamese.

(`Problem`, `Member`) -> `ConflictMember`.
"""

from __future__ import annotations

import datetime as dt

import numpy as np

from shiftplan.present.naming import Names
from shiftplan.present.texts import RULES_VI, TEXTS, Lang
from shiftplan.present.texts.wording import in_both, number
from shiftplan.problem import Problem
from shiftplan.rules import AreaFloor, Rule
from shiftplan.solving.conflict.grounds import Fact, Member
from shiftplan.solving.result import ConflictMember
from shiftplan.week.records import Requirement, Shift


class Sentences:
    """Sentences about the members of one problem."""

    def __init__(self, problem: Problem) -> None:
        self._problem, self._rules = problem, problem.active_rules
        self._names = in_both(lambda lang: Names(problem, lang))
        self._must = {(p.volunteer_id, p.shift_id) for p in problem.pins if p.state == "must"}
        self._shifts = problem.shift_by_id

    def member(self, member: Member, fact: Fact | None = None) -> ConflictMember:
        """The member with its ids and sentences; `fact` has the pairs that it forbids, if any."""
        people, shifts = self._problem.volunteers, self._problem.shifts
        rule = self._rules[member.rule]
        who = people[member.who].volunteer_id if member.who >= 0 else ""
        shift = self._shift(member)
        center = "" if shift is None else self._names["en"].center(shift.center_id)
        indexes = [] if fact is None else zip(fact.volunteers, fact.shifts, strict=True)
        pairs = tuple((people[v].volunteer_id, shifts[s].shift_id) for v, s in indexes)
        where = self._where(member, rule)
        sentences = in_both(lambda lang: self._say(member, rule, where, len(pairs), lang))
        return ConflictMember(rule.rule, who, where, sentences, center, rule.unit, pairs)

    def forbidden(self, kind: str, who: int, where: int) -> ConflictMember:
        """A rule of a kind that forbids a person a shift, both told by their indexes."""
        rule = next(i for i, r in enumerate(self._rules) if r.rule == kind)
        pair = Fact(np.array([who]), np.array([where]), -1)
        return self.member(Member(rule, who, where, "shift"), pair)

    def _shift(self, member: Member) -> Shift | None:
        if member.place == "need":
            return self._shifts[self._problem.requirements[member.where].shift_id]
        is_shift = member.place == "shift" and member.where >= 0
        return self._problem.shifts[member.where] if is_shift else None

    def _where(self, member: Member, rule: Rule) -> str:
        """The place as `check` names it in a violation of the rule."""
        problem, place = self._problem, member.where
        if isinstance(rule, AreaFloor):
            return "|".join(rule.group)
        if place < 0 or not member.place:
            return ""
        match member.place:
            case "shift":
                return problem.shifts[place].shift_id
            case "need":
                need = problem.requirements[place]
                skill = "" if need.skill_id is None else f" {need.skill_id} {need.min_level}"
                return need.shift_id + skill
            case "wish":
                wish = problem.preferences[place]
                return wish.shift_id or " ".join([str(wish.date), *wish.shifts])
        return _period(problem.horizon.dates[place], member.place)

    def _say(self, member: Member, rule: Rule, where: str, pairs: int, lang: Lang) -> str:
        problem, names, words = self._problem, self._names[lang], TEXTS[lang]
        volunteer = problem.volunteers[member.who] if member.who >= 0 else None
        shift = self._shift(member)
        facts = {
            "who": "" if volunteer is None else names.person(volunteer.volunteer_id),
            "where": "" if shift is None else names.shift(shift.shift_id),
            "value": "" if rule.parameter is None else rule.parameter,
            "room": "",
            "most": "" if volunteer is None else volunteer.max_shifts,
            "km": "" if volunteer is None else volunteer.max_distance_km,
            "day": names.place(where),
            "period": names.place(where) if where else words["conflict: horizon"],
            "needs": "",
            "skill": "",
            "count": number(pairs, lang),
        }
        if shift is not None:
            center = next(c for c in problem.centers if c.center_id == shift.center_id)
            facts["room"] = center.capacity
            if shift.skill_id is not None:
                facts["skill"] = names.skill(shift.skill_id, shift.min_level)
        if member.place == "need":
            facts["needs"] = self._needs(problem.requirements[member.where], rule.rule, lang)
        kind = rule.rule
        if kind == "pins" and volunteer is not None and shift is not None:
            must = (volunteer.volunteer_id, shift.shift_id) in self._must
            kind = "pins must" if must else "pins must not"
        scope = "" if shift is not None else " anywhere"
        if volunteer is None:
            scope = " of everybody" if pairs == len(problem.volunteers) else " of all"
        text = words.get(f"conflict {kind}{scope}") or words.get(f"conflict {kind}")
        if text is not None:
            return text.format(**facts)
        about = RULES_VI.get(kind, kind) if lang == "vi" else _filled(rule)
        if facts["value"] != "" and (lang == "vi" or about == rule.sentence().rstrip(".")):
            about = words["conflict value"].format(about, facts["value"])
        place = [str(told) for told in (facts["who"], names.place(where)) if told]
        return f"{about}: {', '.join(place)}." if place else f"{about}."

    def _needs(self, need: Requirement, kind: str, lang: Lang) -> str:
        """How many people of which kind a requirement is about."""
        count = need.minimum if kind == "minimum_coverage" else need.target
        return f"{number(count, lang)} {self._names[lang].counted(need)}"


def _filled(rule: Rule) -> str:
    """The rule's sentence, with values in place of its parameters."""
    sentence = rule.sentence().rstrip(".") or rule.rule
    for name in type(rule).model_fields:
        sentence = sentence.replace(f"`{name}`", str(getattr(rule, name)))
    return sentence


def _period(day: dt.date, place: str) -> str:
    """A period as `check` names it, told by its first day inside the horizon."""
    year, week, _ = day.isocalendar()
    names = {"week": f"{year}-W{week:02d}", "month": f"{day:%Y-%m}", "from": f"from {day}"}
    return names.get(place, day.isoformat())
