"""What the command shows of two rosters side by side.

(`Problem`, `Comparison`) -> rich tables on a console.
"""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from shiftplan.present.display.console import make_table, print_indented, print_items, print_more
from shiftplan.present.display.costs import show_changes, show_cost_changes
from shiftplan.present.naming import Names
from shiftplan.present.texts import Lang
from shiftplan.present.texts.wording import number, rule_name
from shiftplan.present.words import Words
from shiftplan.problem import Problem
from shiftplan.scoring.comparison import Comparison


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
    show_cost_changes(console, found.costs, found.levels, found.total, lang)
    if found.hard:
        print_items(console, "", Text(say("trades.broken_rules"), style="bold"))
        rows = ((rule_name(rule, lang), amount) for rule, amount in found.hard.items())
        show_changes(console, rows, lang)
    names = Names(problem, lang)
    _show_people(console, names, found, most, lang)
    _show_centers(console, names, found, most, lang)


def _show_people(console: Console, names: Names, found: Comparison, most: int, lang: Lang) -> None:
    say = Words(lang)
    print_items(console, "", Text(say("trades.people_changed"), style="bold"))
    for person in found.people[:most]:
        parts = [
            f"{say(key)}: " + "; ".join(names.shift(shift) for shift in shifts)
            for key, shifts in (
                ("trades.shifts_lost", person.removed),
                ("trades.shifts_gained", person.added),
            )
            if shifts
        ]
        for old, new in person.moved:
            steps = f"{names.shift(old)} → {names.shift(new)}"
            parts.append(f"{say('trades.shifts_moved')}: {steps}")
        who = names.person(person.volunteer_id)
        print_indented(console, [f"- {who}. " + ". ".join(parts)])
    print_more(console, len(found.people) - most, lang)


def _show_centers(console: Console, names: Names, found: Comparison, most: int, lang: Lang) -> None:
    if not found.centers:
        return
    say = Words(lang)
    print_items(console, "", Text(say("trades.centers_changed"), style="bold"))
    table = make_table(
        say("plans.center"),
        say("trades.shifts_lost"),
        say("trades.shifts_gained"),
        say("trades.seats_filled"),
    )
    for center in found.centers[:most]:
        before, after = number(center.filled_before, lang), number(center.filled_after, lang)
        seats = f"{before} → {say('plans.of', filled=after, wanted=center.wanted)}"
        counts = number(center.removed, lang), number(center.added, lang)
        table.add_row(Text(names.center(center.center_id)), *counts, seats)
    print_items(console, table)
    print_more(console, len(found.centers) - most, lang)
