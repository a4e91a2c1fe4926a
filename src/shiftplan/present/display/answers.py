"""What the command shows of answers: reasons, advice, trades and trade-offs.

Results of `shiftplan.analysis` -> tables and lines on a console.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from shiftplan.analysis.advice import Advice
from shiftplan.analysis.explain import SeatReasons
from shiftplan.analysis.tradeoff import Point, Tradeoff
from shiftplan.analysis.trades import Suggestion, Trade, Trades
from shiftplan.errors.message import AtShift, Person
from shiftplan.present.answers.advice import AdviceWords
from shiftplan.present.answers.reasons import seat_lines
from shiftplan.present.answers.tradeoffs import label, tradeoff_lines
from shiftplan.present.answers.trades import TradeWords, cost_parts
from shiftplan.present.display import make_table, print_indented, print_items, print_more
from shiftplan.present.naming import rule_name, why
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.record.who_comes import Away
from shiftplan.week.roster import Assignment


def show_seats(console: Console, seats: Sequence[SeatReasons], lang: Lang) -> None:
    """The seats of each requirement, and what keeps people from filling them."""
    for place, found in enumerate(seats):
        head, *rest = seat_lines(found, lang)
        if place:
            print_items(console, "")
        print_items(console, Text(head, style="bold"))
        for line in rest:
            print_items(console, Padding(Text(line), (0, 0, 0, 2)))


def show_advice(console: Console, advice: Advice, lang: Lang) -> None:
    """Steps that help most, what they gain at least and at best, and who would fill seats."""
    say, sentences = Words(lang), AdviceWords(advice.problem, lang)
    print_items(console, Text(say("advice.advice"), style="bold"))
    if advice.gains:
        levels = sorted({level for gain in advice.gains for level in gain.levels})
        heads = [say(f"advice.{key}") for key in ("step", "seats")]
        heads += [say("advice.level", level=level) for level in levels]
        table = make_table(*heads, say("advice.gain"), say("advice.at_most"))
        for gain in advice.gains:
            gains = [*(gain.levels[level] for level in levels), gain.total, gain.at_most]
            changes = [gain.seats, *(None if n is None else -n for n in gains)]
            table.add_row(Text(sentences.step(gain.step)), *map(say.signed, changes))
        print_items(console, table)
    else:
        print_items(console, sentences.none(advice))
    if advice.together is not None:
        print_items(console, Text(sentences.together(advice.together)))
    print_items(console, *map(Text, sentences.trials(advice)))
    if advice.courses is not None:
        print_items(console, "", Text(say("advice.courses"), style="bold"))
        for line in sentences.courses(advice):
            # Rows are copied into files: a line that is broken would be another row.
            is_row = line.startswith(" ")
            console.print(Text(line), soft_wrap=is_row)
    found = advice.filling
    if found is None:
        return
    print_items(console, "", Text(say("advice.filling"), style="bold"))
    if found.lacks:
        table = make_table(*(say(f"advice.{k}") for k in ("skill", "empty", "least", "enough")))
        for lack in found.lacks:
            figures = [say.number(n) for n in (lack.empty, lack.at_least, lack.enough)]
            table.add_row(Text(sentences.lack(lack)), *figures)
        print_items(console, table)
    print_items(console, *map(Text, sentences.filling(found)))


def show_tradeoff(console: Console, found: Tradeoff, lang: Lang) -> None:
    """The points with their proven gaps, and each against the week as it is, in a sentence."""
    say, first = Words(lang), found.points[0].figures
    columns: dict[str, Callable[[Point], str]] = {
        "tradeoffs.point": lambda p: str(p.number),
        "tradeoffs.weighting": lambda p: label(p, found.own, lang),
        "tradeoffs.empty": lambda p: say.number(p.figures.empty_seats),
        "tradeoffs.service_cost": lambda p: say.number(p.figures.service_cost),
        "tradeoffs.unevenness": lambda p: say.percent(p.figures.unevenness, up=True),
        "tradeoffs.km": lambda p: say.number(p.figures.km),
        "tradeoffs.lowest_area": lambda p: say.percent(p.figures.lowest_area),
        "plans.gap": lambda p: say.percent(p.total.gap, up=True),
    }
    for name in ("km", "lowest_area"):
        if getattr(first, name) is None:
            del columns[f"tradeoffs.{name}"]
    table = make_table(*map(say, columns), "", left=2)
    table.columns[1].min_width = 12
    for column in table.columns[2:]:
        column.max_width = 8
    for point in found.points:
        note = say("tradeoffs.dominated") if point.dominated else ""
        cells = [Text(write(point)) for write in columns.values()]
        table.add_row(*cells, Text(note, style="italic"))
    print_items(console, Text(say("tradeoffs.tradeoff"), style="bold"), table, "")
    print_items(console, Text(say("tradeoffs.against_the_week"), style="bold"))
    for line in tradeoff_lines(found, lang):
        print_items(console, Padding(Text(line), (0, 0, 0, 2)))
    print_items(console, "")


def show_suggestion(
    console: Console,
    found: Suggestion,
    most: int,
    lang: Lang,
    away: Mapping[Assignment, Away] = {},
) -> None:
    """Who can take a shift at what cost, who could on leaving another, and why the others not.

    `away`: whom pins of the record keep out, and why; they are no pins to the reader.
    """
    words = TradeWords(found.problem, lang)
    say = words.say
    title = say("trades.candidates_for", shift=AtShift(found.shift_id))
    print_items(console, Text(title, style="bold"))
    if found.leaving is not None:
        print_items(console, say("trades.in_place_of", who=Person(found.leaving)))
    if found.possible:
        _show_possible(console, found, words, most)
    else:
        print_items(console, say("trades.nobody_can"))
    leaving = [c for c in found.candidates if c.standing == "after_leaving"]
    if leaving:
        print_items(console, "", Text(say("trades.after_leaving"), style="bold"))
        for candidate in leaving[:most]:
            reasons = words.reasons(candidate.broken)
            reach = words.names.reach(candidate.volunteer_id)
            to_call = f" [{reach}]" if reach else ""
            told = f" {say('trades.stands_by')}" if candidate.stands_by else ""
            line = f"- {words.exchange(candidate)} ({reasons}){told}{to_call}"
            print_indented(console, [line])
        print_more(console, len(leaving) - most, lang)
    _show_impossible(console, found, words, most, away)


def _show_possible(console: Console, found: Suggestion, words: TradeWords, most: int) -> None:
    say = words.say
    heads = [say("ledgers.volunteer"), say("trades.change_of_cost"), say("trades.by_rule")]
    shown = found.possible[:most]
    is_listed = any(c.reserve is not None or c.stands_by for c in shown)
    is_reached = any(words.names.reach(c.volunteer_id) for c in shown)
    heads += [say("trades.stand_by_place")] if is_listed else []
    heads += [say("trades.to_call")] if is_reached else []
    table = make_table(*heads)
    for column in (2, *([len(heads) - 1] if is_reached else [])):
        table.columns[column].justify = "left"
    for candidate in shown:
        effect = candidate.effect
        if effect is not None:
            who = words.names.person(candidate.volunteer_id)
            place = say("trades.offered") if candidate.stands_by else ""
            if candidate.reserve is not None:
                place = say.number(candidate.reserve)
            parts = cost_parts(found.problem, effect.costs, effect.levels, say)
            cells = [who, say.signed(effect.total), parts]
            cells += [place] if is_listed else []
            cells += [words.names.reach(candidate.volunteer_id)] if is_reached else []
            table.add_row(*map(Text, cells))
    print_items(console, table)
    print_more(console, len(found.possible) - most, say.lang)


def _show_impossible(
    console: Console,
    found: Suggestion,
    words: TradeWords,
    most: int,
    away: Mapping[Assignment, Away],
) -> None:
    """People whom something they or the team work blocks, one by one, and counts of the barred."""
    say = words.say
    blocked = [c for c in found.candidates if c.standing == "blocked"]
    if not blocked and not found.barred:
        return
    barred = [c for c in found.candidates if c.standing == "barred"]
    is_several = sum(map(len, found.barred.values())) > len(barred)
    code = "trades.others_cannot_several" if is_several else "trades.others_cannot"
    title = say(code, n=len(blocked) + len(barred), people=len(found.candidates))
    print_items(console, "", Text(title, style="bold"))
    for candidate in blocked[:most]:
        who = words.names.person(candidate.volunteer_id)
        print_indented(console, [f"- {who}: {words.reasons(candidate.broken)}"])
    print_more(console, len(blocked) - most, say.lang)
    reasons = Counter(
        away.get(Assignment(found.shift_id, who), rule) if rule == "pins" else rule
        for rule, people in found.barred.items()
        for who in people
    )
    for reason, count in reasons.items():
        print_indented(console, [f"- {why(reason, say.lang)}: {say.number(count)}"])


def show_trade(console: Console, trade: Trade, lang: Lang) -> None:
    """Whether a trade is possible, and what it costs by rule."""
    words, effect = TradeWords(trade.problem, lang), trade.effect
    say = words.say
    print_items(console, Text(words.trade(trade)))
    if effect.costs:
        rows = [(rule_name(rule, lang), cost) for rule, cost in effect.costs.items()]
        rows += [(say("plans.level", level=n), cost) for n, cost in effect.levels.items()]
        table = make_table(say("plans.rule"), say("trades.change_of_cost"))
        for name, cost in (*rows, (say("plans.sum"), effect.total)):
            table.add_row(Text(name), say.signed(cost))
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
    to_call = [words.to_call(trade.handovers) for trade in found.trades[:most]]
    heads = ["change_of_cost", "trade", *(["to_call"] if any(to_call) else [])]
    table = make_table(*(say(f"trades.{head}") for head in heads), left=0)
    for column in table.columns[1:]:
        column.justify = "left"
    for trade, reach in zip(found.trades, to_call, strict=False):
        cells = [say.signed(trade.effect.total), words.offer(trade.handovers), reach]
        table.add_row(*map(Text, cells[: len(heads)]))
    print_items(console, table)
    print_more(console, found.found - most, lang)
