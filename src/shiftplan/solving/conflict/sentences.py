"""What a member of a contradiction says, in English and Vietnamese.

(`Problem`, `Member`) -> `ConflictMember`.
"""

from __future__ import annotations

from shiftplan.problem import Problem
from shiftplan.problem.naming import Names
from shiftplan.rules import Rule
from shiftplan.solving.conflict.grounds import Member
from shiftplan.solving.result import ConflictMember
from shiftplan.texts import RULES_VI, TEXTS, Lang
from shiftplan.texts.wording import in_both


class Sentences:
    """Sentences about the members of one problem."""

    def __init__(self, problem: Problem) -> None:
        self._problem, self._rules = problem, problem.active_rules
        self._names = in_both(lambda lang: Names(problem, lang))
        self._must = {(p.volunteer_id, p.shift_id) for p in problem.pins if p.state == "must"}

    def member(self, member: Member) -> ConflictMember:
        """The member with its ids and sentences."""
        problem, rule = self._problem, self._rules[member.rule]
        who = problem.volunteers[member.who].volunteer_id if member.who >= 0 else ""
        where = center = ""
        if member.where >= 0 and member.place == "shift":
            shift = problem.shifts[member.where]
            where, center = shift.shift_id, self._names["en"].center(shift.center_id)
        elif member.where >= 0 and member.place == "day":
            where = problem.horizon.dates[member.where].isoformat()
        sentences = in_both(lambda lang: self._say(member, rule, lang))
        return ConflictMember(rule.rule, who, where, sentences, center, rule.unit)

    def pair(self, kind: str, who: int, where: int) -> ConflictMember:
        """A rule of a kind with regard to a person and a shift, told by their indexes."""
        rule = next(i for i, r in enumerate(self._rules) if r.rule == kind)
        return self.member(Member(rule, who, where, "shift"))

    def _say(self, member: Member, rule: Rule, lang: Lang) -> str:
        problem, names, words = self._problem, self._names[lang], TEXTS[lang]
        volunteer = problem.volunteers[member.who] if member.who >= 0 else None
        shift = (
            problem.shifts[member.where] if member.place == "shift" and member.where >= 0 else None
        )
        facts = {
            "who": "" if volunteer is None else names.person(volunteer.volunteer_id),
            "where": "" if shift is None else names.shift(shift.shift_id),
            "value": getattr(rule, "value", ""),
            "room": "",
            "most": "" if volunteer is None else volunteer.max_shifts,
            "km": "" if volunteer is None else volunteer.max_distance_km,
            "day": "",
            "needs": "",
            "skill": "",
        }
        if member.place == "day" and member.where >= 0:
            facts["day"] = names.day(problem.horizon.dates[member.where])
        if shift is not None:
            center = next(c for c in problem.centers if c.center_id == shift.center_id)
            facts["room"] = center.capacity
            facts["needs"] = self._needs(shift.shift_id, rule.rule, lang)
            if shift.skill_id is not None:
                facts["skill"] = names.skill(shift.skill_id, shift.min_level)
        kind = rule.rule
        if kind == "pins" and volunteer is not None and shift is not None:
            must = (volunteer.volunteer_id, shift.shift_id) in self._must
            kind = "pins must" if must else "pins must not"
        scope = " of all" if volunteer is None else " anywhere" if shift is None else ""
        text = words.get(f"conflict {kind}{scope}") or words.get(f"conflict {kind}")
        if text is not None:
            return text.format(**facts)
        about = (
            RULES_VI.get(kind, kind)
            if lang == "vi"
            else (type(rule).__doc__ or kind).partition("\n")[0].rstrip(".")
        )
        if facts["value"] != "":
            about = words["conflict value"].format(about, facts["value"])
        place = [str(facts[key]) for key in ("who", "where", "day") if facts[key]]
        return f"{about}: {', '.join(place)}." if place else f"{about}."

    def _needs(self, shift_id: str, kind: str, lang: Lang) -> str:
        """What a shift's team needs, as a list."""
        field = "minimum" if kind == "minimum_coverage" else "target"
        needs = [n for n in self._problem.requirements if n.shift_id == shift_id]
        names = self._names[lang]
        parts = [f"{getattr(n, field)} {names.counted(n)}" for n in needs if getattr(n, field)]
        return ", ".join(parts)
