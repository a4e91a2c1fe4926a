"""Trades, candidates and breaches in sentences.

(`Problem`, `Effect`, `Violation`) -> text in English or Vietnamese.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

from shiftplan.moves import Effect
from shiftplan.problem import Problem
from shiftplan.rules import Violation
from shiftplan.texts import TEXTS, WHY, Lang
from shiftplan.wording import day, number

if TYPE_CHECKING:
    from shiftplan.trades.trade import Handover

_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def both_languages(sentence: Callable[[Lang], str]) -> dict[str, str]:
    """A sentence in each language, by its code."""
    return {lang: sentence(lang) for lang in get_args(Lang)}


class Words:
    """Names of one problem's people and shifts, and sentences with them."""

    def __init__(self, problem: Problem) -> None:
        self._people = {v.volunteer_id: v.name for v in problem.volunteers}
        self._centers = {c.center_id: c.name or c.center_id for c in problem.centers}
        self._shifts = {s.shift_id: s for s in problem.shifts}

    def person(self, volunteer_id: str) -> str:
        """Name and id of a person; the id alone when there is no name."""
        name = self._people.get(volunteer_id)
        return f"{name} ({volunteer_id})" if name else volunteer_id

    def center(self, center_id: str) -> str:
        """Name of a center; its id when it has none."""
        return self._centers.get(center_id, center_id)

    def shift(self, shift_id: str, lang: Lang) -> str:
        """Id, center, date and hours of a shift; the id alone when it is unknown."""
        shift = self._shifts.get(shift_id)
        if shift is None:
            return shift_id
        when = f"{TEXTS[lang][f'weekday {shift.day.weekday()}']} {day(shift.day, lang)}"
        hours = f"{shift.start:%H:%M}–{shift.end:%H:%M}"
        return f"{shift_id}, {self.center(shift.center_id)}, {when} {hours}"

    def place(self, where: str, lang: Lang) -> str:
        """A shift, center or date as people read it; anything else as it is."""
        if where in self._shifts:
            return self.shift(where, lang)
        if _DATE.fullmatch(where):
            return day(date.fromisoformat(where), lang)
        return self.center(where)

    def breach(self, found: Violation, lang: Lang) -> str:
        """Who breaks a hard rule, how, and where."""
        who = self.person(found.who) + ": " if found.who else ""
        where = self.place(found.where, lang)
        return f"{who}{why(found.rule.rule, lang)}" + (f" [{where}]" if where else "")

    def breach_dict(self, found: Violation) -> dict[str, Any]:
        """A breach for JSON."""
        return {
            "rule": found.rule.rule,
            "who": found.who,
            "where": found.where,
            "amount": found.amount,
            "unit": found.unit,
            "sentence": both_languages(lambda lang: self.breach(found, lang)),
        }

    def handovers(self, handovers: Iterable[Handover], lang: Lang) -> str:
        """Who gives what to whom."""
        return "; ".join(
            TEXTS[lang]["hands over"].format(
                self.person(h.giver), self.shift(h.shift_id, lang), self.person(h.taker)
            )
            for h in handovers
        )

    def offer(self, handovers: Sequence[Handover], lang: Lang) -> str:
        """Who takes the first shift for which of their own, and so on, in few words."""
        words, last = TEXTS[lang], len(handovers) - 1
        if not last:
            return words["takes over"].format(self.person(handovers[0].taker))
        return "; ".join(
            words["takes for"].format(self.person(step.giver), self.shift(step.shift_id, lang))
            for step in handovers[1:]
        )

    def trade(self, handovers: Iterable[Handover], effect: Effect, lang: Lang) -> str:
        """Who gives what to whom, whether it is possible, and what it costs or breaks."""
        words, steps = TEXTS[lang], self.handovers(handovers, lang)
        if effect.broken:
            against = "; ".join(self.breach(found, lang) for found in effect.broken)
            return f"{steps}. {words['trade impossible'].format(against)}."
        return f"{steps}. {words['trade possible'].format(cost_change(effect.total, lang))}"


def why(rule: str, lang: Lang) -> str:
    """Why a rule stands against something, in a few words."""
    return WHY[lang].get(rule, rule)


def reasons(broken: Sequence[Violation], lang: Lang) -> str:
    """Why rules stand against something, each kind once."""
    return "; ".join(dict.fromkeys(why(found.rule.rule, lang) for found in broken))


def cost_change(total: int, lang: Lang) -> str:
    """By how much the total rises or falls; a sentence that starts small."""
    key = "cost rises" if total > 0 else "cost falls" if total else "cost stays"
    return TEXTS[lang][key].format(number(abs(total), lang))


def signed(value: int, lang: Lang) -> str:
    """A change with its sign: +1,200, −35, 0."""
    return ("+" if value > 0 else "−" if value else "") + number(abs(value), lang)
