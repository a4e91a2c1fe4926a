"""What the command shows of changes: a repair, two rosters side by side, costs before and after.

`Repair` or `Comparison` -> tables and lines on a console.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from shiftplan.analysis.repair import Repair
from shiftplan.present.answers.reasons import RepairWords, repair_lines
from shiftplan.present.display import make_table, print_indented, print_items, print_more
from shiftplan.present.display.results import show_conflict, show_ways
from shiftplan.present.headline import conflict_of, ending
from shiftplan.present.naming import Names, rule_name
from shiftplan.present.words import Lang, Words
from shiftplan.problem import Problem
from shiftplan.scoring.check import Comparison, CostChange, beside

_PEOPLE = 15


def show_repair(
    console: Console, found: Repair, lang: Lang, *, read: float, is_question: bool = False
) -> None:
    """Status and proof, costs before and after, and the first people to be told.

    `is_question`: nothing is decided yet, so that nobody is to be told.
    """
    say = Words(lang)
    result = found.result
    if result.roster is None:
        print_items(console, say(f"status.{result.status.value.lower()}"))
        show_conflict(console, conflict_of(result), lang)
        show_ways(console, result.ways_out, lang)
    if result.poor is not None:
        print_items(console, result.poor.message.said(lang), say("plans.poor_not_written"))
    print_items(console, *repair_lines(found, lang))
    if not found.before.is_feasible:
        rules = tuple(rule_name(rule, lang) for rule in found.before.hard)
        print_items(console, say("repairs.was_broken", rules=rules))
    print_items(console, ending(result, say, say.decimal(result.seconds)))
    print_items(console, say("plans.read_in", read=read))
    if found.score is not None:
        before, after = found.before, found.score
        print_items(console, "", Text(say("repairs.costs"), style="bold"))
        levels, total = beside(before.levels, after.levels), CostChange(before.total, after.total)
        _show_costs(console, found.costs, levels, total, say)
        title = "repairs.what_if_people" if is_question else "repairs.tell"
        if found.notices:
            _show_notices(console, found, title, lang)


def _show_notices(console: Console, found: Repair, title: str, lang: Lang) -> None:
    sentences = RepairWords(found, lang)
    print_items(console, "", Text(Words(lang)(title), style="bold"))
    groups = [(who, list(own)) for who, own in groupby(found.notices, lambda n: n.volunteer_id)]
    for who, own in groups[:_PEOPLE]:
        names = filter(None, (sentences.names.person(who), sentences.names.reach(who)))
        print_items(console, Padding(Text(", ".join(names)), (0, 0, 0, 2)))
        for line in sentences.lines(own):
            print_items(console, Padding(Text(line), (0, 0, 0, 4)))
    print_more(console, len(groups) - _PEOPLE, lang)
    print_items(console, "")


def show_comparison(
    console: Console, problem: Problem, found: Comparison, most: int, lang: Lang
) -> None:
    """Costs of rules that change, broken rules, people and centers with most changes."""
    say = Words(lang)
    if not found.removed + found.added:
        print_items(console, say("trades.rosters_equal"))
        return
    people = len(found.people)
    differ = say("trades.rosters_differ", removed=found.removed, added=found.added, people=people)
    print_items(console, differ, "")
    _show_costs(console, found.costs, found.levels, found.total, say)
    if found.hard:
        print_items(console, "", Text(say("trades.broken_rules"), style="bold"))
        rows = ((rule_name(rule, lang), amount) for rule, amount in found.hard.items())
        _show_changes(console, rows, say)
    names = Names(problem, lang, found.after_shifts)
    _show_people(console, Names(problem, lang, found.before_shifts), names, found, most)
    if found.centers:
        _show_centers(console, names, found, most)


def _show_people(
    console: Console, before: Names, names: Names, found: Comparison, most: int
) -> None:
    """What each person works instead of what, named as people knew it before."""
    say = names.say
    print_items(console, "", Text(say("trades.people_changed"), style="bold"))
    for person in found.people[:most]:
        parts = []
        for code, called, shifts in (
            ("shifts_lost", before, person.removed),
            ("shifts_gained", names, person.added),
        ):
            if shifts:
                parts.append(f"{say(f'trades.{code}')}: {'; '.join(map(called.shift, shifts))}")
        for old, new in person.moved:
            steps = f"{before.shift(old)} → {names.shift(new)}"
            parts.append(f"{say('trades.shifts_moved')}: {steps}")
        who = names.person(person.volunteer_id)
        print_indented(console, [f"- {who}. " + ". ".join(parts)])
    print_more(console, len(found.people) - most, say.lang)


def _show_centers(console: Console, names: Names, found: Comparison, most: int) -> None:
    say = names.say
    print_items(console, "", Text(say("trades.centers_changed"), style="bold"))
    heads = (f"trades.{key}" for key in ("shifts_lost", "shifts_gained", "seats_filled"))
    table = make_table(say("plans.center"), *map(say, heads))
    for center in found.centers[:most]:
        before, after = say.number(center.filled_before), say.number(center.filled_after)
        seats = f"{before} → {say('plans.of', filled=after, wanted=center.wanted)}"
        counts = say.number(center.removed), say.number(center.added)
        table.add_row(Text(names.center(center.center_id)), *counts, seats)
    print_items(console, table)
    print_more(console, len(found.centers) - most, say.lang)


def _show_changes(console: Console, rows: Iterable[tuple[str, CostChange]], say: Words) -> None:
    heads = ("plans.rule", "trades.roster_before", "trades.roster_after", "trades.cost_difference")
    table = make_table(*map(say, heads))
    for name, cost in rows:
        figures = say.number(cost.before), say.number(cost.after), say.signed(cost.change)
        table.add_row(Text(name), *figures)
    print_items(console, table)


def _show_costs(
    console: Console,
    costs: Mapping[str, CostChange],
    levels: Mapping[int, CostChange],
    total: CostChange,
    say: Words,
) -> None:
    """The rules whose cost changed, then all levels and the total."""
    rows = [(rule_name(rule, say.lang), cost) for rule, cost in costs.items() if cost.change]
    if not rows:
        print_items(console, say("trades.no_rule_changed"))
    rows += [(say("plans.level", level=level), cost) for level, cost in levels.items()]
    _show_changes(console, [*rows, (say("plans.sum"), total)], say)
