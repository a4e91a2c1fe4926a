"""What a member of a contradiction says, in English and Vietnamese.

(`Problem`, `Member`) -> `ConflictMember`.
"""

from __future__ import annotations

import numpy as np

from shiftplan.errors.message import AtShift, InAreas, Place, period_of
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

    def _where(self, member: Member, rule: Rule) -> Place | None:
        """The place that `check` names in a violation of the rule."""
        problem, place = self._problem, member.where
        if isinstance(rule, AreaFloor):
            return InAreas(rule.group)
        if place < 0 or not member.place:
            return None
        match member.place:
            case "shift":
                return AtShift(problem.shifts[place].shift_id)
            case "need":
                return problem.requirements[place].place
            case "wish":
                return problem.preferences[place].place
        return period_of(problem.horizon.dates[place], member.place)

    def _say(self, member: Member, rule: Rule, where: Place | None, pairs: int, lang: Lang) -> str:
        problem, names, words = self._problem, self._names[lang], TEXTS[lang]
        volunteer = problem.volunteers[member.who] if member.who >= 0 else None
        shift = self._shift(member)
        there = "" if where is None else names.say.place(where)
        facts = {
            "who": "" if volunteer is None else names.person(volunteer.volunteer_id),
            "where": "" if shift is None else names.shift(shift.shift_id),
            "value": "" if rule.parameter is None else rule.parameter,
            "room": "",
            "most": "" if volunteer is None else volunteer.max_shifts,
            "km": "" if volunteer is None else volunteer.max_distance_km,
            "day": there,
            "period": there or words["conflict: horizon"],
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
        place = [str(told) for told in (facts["who"], there) if told]
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
