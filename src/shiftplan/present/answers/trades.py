"""Who can take a shift, trades, and changes of the total, as people read them.

`Suggestion`, `Trade` or `Trades` -> sentences, and JSON with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shiftplan.analysis.trades import Candidate, Handover, Suggestion, Trade, Trades
from shiftplan.errors.message import AtShift, Person
from shiftplan.present.naming import Names, rule_name, why
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.rules import Violation
from shiftplan.week.json_form import by_language


class TradeWords:
    """Sentences about one problem's people and shifts; `say` says a message with its `names`.

    `names` are of the class `names`.
    """

    def __init__(self, problem: Problem, lang: Lang, names: type[Names] = Names) -> None:
        self.names = names(problem, lang)
        self.say = self.names.say

    def breach(self, found: Violation) -> str:
        """Who breaks a hard rule, how, and where."""
        who = self.names.person(found.who) + ": " if found.who else ""
        where = "" if found.where is None else f" [{self.names.say.show(found.where)}]"
        return f"{who}{why(found.rule.rule, self.say.lang)}{where}"

    def reasons(self, broken: Sequence[Violation]) -> str:
        """Why rules stand against something, each kind once."""
        return "; ".join(dict.fromkeys(why(found.rule.rule, self.say.lang) for found in broken))

    def candidate(self, candidate: Candidate) -> str:
        """Whether somebody can take the shift, and what it costs or what is against it."""
        who, effect = Person(candidate.volunteer_id), candidate.effect
        if effect is not None:
            text = self.say("trades.can_take", who=who, cost=cost_change(effect.total, self.say))
        else:
            text = self.say("trades.cannot_take", who=who, why=self.reasons(candidate.broken)) + "."
        if candidate.exchanges:
            text += " " + self.exchange(candidate)
        if candidate.stands_by:
            text += " " + self.say("trades.stands_by")
        if candidate.reserve is not None:
            text += " " + self.say("trades.on_stand_by", rank=candidate.reserve)
        return text

    def exchange(self, candidate: Candidate) -> str:
        """The cheapest way for somebody to come on leaving another shift."""
        best, who = candidate.exchanges[0], Person(candidate.volunteer_id)
        cost = cost_change(best.effect.total, self.say)
        return self.say("trades.if_they_leave", who=who, shift=AtShift(best.shift_id), cost=cost)

    def handovers(self, handovers: Iterable[Handover]) -> str:
        """Who gives what to whom."""
        return "; ".join(
            self.say(
                "trades.hands_over",
                giver=Person(step.giver),
                shift=AtShift(step.shift_id),
                taker=Person(step.taker),
            )
            for step in handovers
        )

    def offer(self, handovers: Sequence[Handover]) -> str:
        """Who takes the first shift for which of their own, and so on, in few words."""
        if len(handovers) == 1:
            return self.say("trades.takes_over", who=Person(handovers[0].taker))
        return "; ".join(
            self.say("trades.takes_for", who=Person(step.giver), shift=AtShift(step.shift_id))
            for step in handovers[1:]
        )

    def to_call(self, handovers: Sequence[Handover]) -> str:
        """How those are called who take shifts; empty where that is known of nobody."""
        takers = dict.fromkeys(step.taker for step in handovers if step.taker != handovers[0].giver)
        return "; ".join(filter(None, map(self.names.reach, takers)))

    def trade(self, trade: Trade) -> str:
        """Who gives what to whom, whether it is possible, and what it costs or breaks."""
        steps, effect = self.handovers(trade.handovers), trade.effect
        if effect.broken:
            against = "; ".join(map(self.breach, effect.broken))
            return f"{steps}. {self.say('trades.trade_impossible', why=against)}."
        cost = cost_change(effect.total, self.say)
        return f"{steps}. {self.say('trades.trade_possible', cost=cost)}"


def suggestion_json(found: Suggestion) -> dict[str, Any]:
    """The suggestion as JSON has it, with sentences in each language."""
    content, say = found.as_dict(), by_language(lambda lang: TradeWords(found.problem, lang))
    shown = (c for c in found.candidates if c.standing != "barred")
    for entry, candidate in zip(content["candidates"], shown, strict=True):
        _add_breaches(entry, candidate.broken, say)
        for way, exchange in zip(entry["after_leaving"], candidate.exchanges, strict=True):
            _add_breaches(way, exchange.effect.broken, say)
        entry["sentence"] = {lang: words.candidate(candidate) for lang, words in say.items()}
    for entry in content["barred"]:
        entry["sentence"] = {lang: why(entry["rule"], lang) for lang in say}
    return content


def trade_json(trade: Trade, say: Mapping[Lang, TradeWords] | None = None) -> dict[str, Any]:
    """The trade as JSON has it, with sentences; `say` saves making names anew for many trades."""
    content = trade.as_dict()
    say = say or by_language(lambda lang: TradeWords(trade.problem, lang))
    _add_breaches(content, trade.effect.broken, say)
    content["sentence"] = {lang: words.trade(trade) for lang, words in say.items()}
    return content


def trades_json(found: Trades) -> dict[str, Any]:
    """The trades as JSON has them, with sentences in each language."""
    if not found.trades:
        return found.as_dict()
    problem = found.trades[0].problem
    say = by_language(lambda lang: TradeWords(problem, lang))
    return {**found.as_dict(), "trades": [trade_json(trade, say) for trade in found.trades]}


def _add_breaches(
    entry: dict[str, Any], broken: Sequence[Violation], say: Mapping[Lang, TradeWords]
) -> None:
    for breach, found in zip(entry["broken"], broken, strict=True):
        breach["sentence"] = {lang: words.breach(found) for lang, words in say.items()}


def cost_change(total: int, say: Words) -> str:
    """By how much the total rises or falls; a sentence that starts small."""
    code = "cost_rises" if total > 0 else "cost_falls" if total else "cost_stays"
    return say(f"trades.{code}", cost=abs(total))


@dataclass(frozen=True, slots=True)
class PricePart:
    """Share of one rule, or of all rules of a level, in a change of the total."""

    rule: str | None
    """Kind of the rule; None for a whole level, if some kind of rule is at several levels."""
    level: int
    """The level."""
    cost: int
    """By how much it rises, in units of the total."""


def price_parts(
    problem: Problem, costs: Mapping[str, int], levels: Mapping[int, int]
) -> list[PricePart]:
    """What makes up a change of the total, the greatest part first.

    They add up to it. `costs` and `levels` are as `Effect` has them.
    """
    at: dict[str, set[int]] = {}
    for rule in problem.rules:
        if isinstance(rule.level, int):
            at.setdefault(rule.rule, set()).add(rule.level)
    rate_of = problem.rate_of
    if all(len(at[kind]) == 1 for kind in costs):
        found = ((kind, min(at[kind]), cost) for kind, cost in costs.items())
        parts = [PricePart(kind, level, rate_of[level] * cost) for kind, level, cost in found]
    else:
        parts = [PricePart(None, level, rate_of[level] * cost) for level, cost in levels.items()]
    return sorted((p for p in parts if p.cost), key=lambda part: -abs(part.cost))


def cost_parts(
    problem: Problem, costs: Mapping[str, int], levels: Mapping[int, int], say: Words
) -> str:
    """What makes up a change of the total as text, such as `coverage +2,500`.

    By rule, or by level: see `price_parts`.
    """
    found = [
        (say("plans.level", level=p.level) if p.rule is None else rule_name(p.rule, say.lang), p)
        for p in price_parts(problem, costs, levels)
    ]
    found.sort(key=lambda row: (-abs(row[1].cost), row[0]))
    return ", ".join(f"{name} {say.signed(part.cost)}" for name, part in found)
