"""What the command shows of candidates for a shift and of trades.

(`Suggestion`, `Trade` or `Trades`) -> rich tables on a console.
"""

from __future__ import annotations

from typing import Literal

from rich.console import Console
from rich.text import Text

from shiftplan.analysis.trades import Suggestion, Trade, Trades
from shiftplan.errors.message import AtShift, Person
from shiftplan.present.answers.costs import cost_parts
from shiftplan.present.answers.trades import TradeWords
from shiftplan.present.display.console import make_table, print_indented, print_items, print_more
from shiftplan.present.texts import Lang
from shiftplan.present.texts.wording import number, rule_name, signed, why
from shiftplan.present.words import Words
from shiftplan.problem import Problem


def show_suggestion(console: Console, found: Suggestion, most: int, lang: Lang) -> None:
    """Who can take a shift at what cost, who could on leaving another, and why the others not."""
    words = TradeWords(found.problem, lang)
    say = words.say
    title = say("trades.candidates_for", shift=AtShift(found.shift_id))
    print_items(console, Text(title, style="bold"))
    if found.leaving is not None:
        print_items(console, say("trades.in_place_of", who=Person(found.leaving)))
    if not found.possible:
        print_items(console, say("trades.nobody_can"))
    else:
        _show_possible(console, found, words, most, lang)
    leaving = [c for c in found.candidates if c.standing == "after_leaving"]
    if leaving:
        print_items(console, "", Text(say("trades.after_leaving"), style="bold"))
        for candidate in leaving[:most]:
            reasons = words.reasons(candidate.broken)
            print_indented(console, [f"- {words.exchange(candidate)} ({reasons})"])
        print_more(console, len(leaving) - most, lang)
    _show_impossible(console, found, words, most, lang)


def _show_possible(
    console: Console, found: Suggestion, words: TradeWords, most: int, lang: Lang
) -> None:
    say = words.say
    heads = [say("ledgers.volunteer"), say("trades.change_of_cost"), say("trades.by_rule")]
    is_listed = any(c.reserve is not None for c in found.possible[:most])
    table = make_table(*heads, *([say("trades.stand_by_place")] if is_listed else []))
    table.columns[2].justify = "left"
    for candidate in found.possible[:most]:
        effect = candidate.effect
        if effect is not None:
            who = words.names.person(candidate.volunteer_id)
            place = "" if candidate.reserve is None else number(candidate.reserve, lang)
            parts = cost_parts(found.problem, effect.costs, effect.levels, say)
            cells = who, signed(effect.total, lang), parts, place
            table.add_row(*map(Text, cells[: len(table.columns)]))
    print_items(console, table)
    print_more(console, len(found.possible) - most, lang)


def _show_impossible(
    console: Console, found: Suggestion, words: TradeWords, most: int, lang: Lang
) -> None:
    """People whom something they or the team work blocks, one by one, and counts of the barred."""
    blocked = [c for c in found.candidates if c.standing == "blocked"]
    if not blocked and not found.barred:
        return
    barred = [c for c in found.candidates if c.standing == "barred"]
    is_several = sum(map(len, found.barred.values())) > len(barred)
    code = "trades.others_cannot_several" if is_several else "trades.others_cannot"
    title = words.say(code, n=len(blocked) + len(barred), people=len(found.candidates))
    print_items(console, "", Text(title, style="bold"))
    for candidate in blocked[:most]:
        who = words.names.person(candidate.volunteer_id)
        print_indented(console, [f"- {who}: {words.reasons(candidate.broken)}"])
    print_more(console, len(blocked) - most, lang)
    for rule, people in found.barred.items():
        print_indented(console, [f"- {why(rule, lang)}: {number(len(people), lang)}"])


def show_trade(console: Console, trade: Trade, lang: Lang) -> None:
    """Whether a trade is possible, and what it costs by rule."""
    sentence = TradeWords(trade.problem, lang).trade(trade.handovers, trade.effect)
    print_items(console, Text(sentence))
    if not trade.effect.costs:
        return
    table = make_table(Words(lang)("plans.rule"), Words(lang)("trades.change_of_cost"))
    for rule, cost in trade.effect.costs.items():
        table.add_row(Text(rule_name(rule, lang)), signed(cost, lang))
    for level, cost in trade.effect.levels.items():
        table.add_row(Words(lang)("plans.level", level=level), signed(cost, lang))
    table.add_row(Words(lang)("plans.sum"), signed(trade.effect.total, lang))
    print_items(console, "", table)


def show_offers(
    console: Console,
    problem: Problem,
    found: Trades,
    most: int,
    lang: Lang,
    *,
    what: Literal["trades", "chains"] = "trades",
) -> None:
    """The cheapest trades by which somebody can leave a shift; `what` they are called."""
    words = TradeWords(problem, lang)
    say = words.say
    code = f"trades.{what}_found" if found.found else f"trades.no_{what}"
    who, shift = Person(found.volunteer_id), AtShift(found.shift_id)
    print_items(console, Text(say(code, who=who, shift=shift, found=found.found)))
    if not found.found:
        return
    table = make_table(say("trades.change_of_cost"), say("trades.trade"), left=0)
    table.columns[1].justify = "left"
    for trade in found.trades[:most]:
        table.add_row(signed(trade.effect.total, lang), Text(words.offer(trade.handovers)))
    print_items(console, table)
    print_more(console, found.found - most, lang)
