"""Costs before and after, and by how much they changed.

`CostChange`s by rule and level -> a table on a console.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.console import Console
from rich.text import Text

from shiftplan.present.display.console import make_table, print_items
from shiftplan.present.texts import Lang
from shiftplan.present.texts.wording import number, rule_name, signed
from shiftplan.present.words import Words
from shiftplan.scoring.costs import CostChange


def show_changes(console: Console, rows: Iterable[tuple[str, CostChange]], lang: Lang) -> None:
    """A row for each name: before, after, change."""
    heads = ("plans.rule", "trades.roster_before", "trades.roster_after", "trades.cost_difference")
    table = make_table(*map(Words(lang), heads))
    for name, cost in rows:
        figures = number(cost.before, lang), number(cost.after, lang), signed(cost.change, lang)
        table.add_row(Text(name), *figures)
    print_items(console, table)


def show_cost_changes(
    console: Console,
    costs: Mapping[str, CostChange],
    levels: Mapping[int, CostChange],
    total: CostChange,
    lang: Lang,
) -> None:
    """The rules whose cost changed, then all levels and the total."""
    say = Words(lang)
    rows = [(rule_name(rule, lang), cost) for rule, cost in costs.items() if cost.change]
    if not rows:
        print_items(console, say("trades.no_rule_changed"))
    rows += [(say("plans.level", level=level), cost) for level, cost in levels.items()]
    show_changes(console, [*rows, (say("plans.sum"), total)], lang)
