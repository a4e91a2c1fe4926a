"""Trades, candidates and breaches in sentences.

(`Problem`, `Effect`, `Violation`) -> text in English or Vietnamese.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shiftplan.options import check_options, lang_option
from shiftplan.present.naming import Names
from shiftplan.present.texts import TEXTS, Lang
from shiftplan.present.texts.wording import in_both, why
from shiftplan.problem import Problem
from shiftplan.rules import Violation
from shiftplan.scoring.costs import cost_change
from shiftplan.scoring.moves import Effect

if TYPE_CHECKING:
    from shiftplan.analysis.trades.trade import Handover


class Sentences:
    """Sentences about one problem's people and shifts."""

    def __init__(self, problem: Problem) -> None:
        self.names: Mapping[Lang, Names] = in_both(lambda lang: Names(problem, lang))
        """Names of what the problem holds, in each language."""

    def breach(self, found: Violation, lang: Lang) -> str:
        """Who breaks a hard rule, how, and where."""
        check_options(lang_option(lang))
        names = self.names[lang]
        who = names.person(found.who) + ": " if found.who else ""
        where = names.place(found.where)
        return f"{who}{why(found.rule.rule, lang)}" + (f" [{where}]" if where else "")

    def breach_dict(self, found: Violation) -> dict[str, Any]:
        """A breach for JSON."""
        return {
            "rule": found.rule.rule,
            "who": found.who,
            "where": found.at,
            "amount": found.amount,
            "unit": found.unit,
            "sentence": in_both(lambda lang: self.breach(found, lang)),
        }

    def handovers(self, handovers: Iterable[Handover], lang: Lang) -> str:
        """Who gives what to whom."""
        check_options(lang_option(lang))
        words, names = TEXTS[lang], self.names[lang]
        return "; ".join(
            words["hands over"].format(
                names.person(h.giver), names.shift(h.shift_id), names.person(h.taker)
            )
            for h in handovers
        )

    def offer(self, handovers: Sequence[Handover], lang: Lang) -> str:
        """Who takes the first shift for which of their own, and so on, in few words."""
        check_options(lang_option(lang))
        words, names = TEXTS[lang], self.names[lang]
        if len(handovers) == 1:
            return words["takes over"].format(names.person(handovers[0].taker))
        return "; ".join(
            words["takes for"].format(names.person(step.giver), names.shift(step.shift_id))
            for step in handovers[1:]
        )

    def trade(self, handovers: Iterable[Handover], effect: Effect, lang: Lang) -> str:
        """Who gives what to whom, whether it is possible, and what it costs or breaks."""
        check_options(lang_option(lang))
        words, steps = TEXTS[lang], self.handovers(handovers, lang)
        if effect.broken:
            against = "; ".join(self.breach(found, lang) for found in effect.broken)
            return f"{steps}. {words['trade impossible'].format(against)}."
        return f"{steps}. {words['trade possible'].format(cost_change(effect.total, lang))}"


def reasons(broken: Sequence[Violation], lang: Lang) -> str:
    """Why rules stand against something, each kind once."""
    return "; ".join(dict.fromkeys(why(found.rule.rule, lang) for found in broken))
