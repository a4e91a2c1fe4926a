"""Costs before and after, and by how much they changed.

`CostChange`s by rule and level -> a table on a console.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.console import Console
from rich.text import Text

from shiftplan.present.display.console import make_table, print_items
from shiftplan.present.texts import TEXTS, Lang
from shiftplan.present.texts.wording import number, rule_name, signed
from shiftplan.scoring.costs import CostChange


def show_changes(console: Console, rows: Iterable[tuple[str, CostChange]], lang: Lang) -> None:
    """A row for each name: before, after, change."""
    heads = ("rule", "roster before", "roster after", "cost difference")
    table = make_table(*(TEXTS[lang][key] for key in heads))
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
    words = TEXTS[lang]
    rows = [(rule_name(rule, lang), cost) for rule, cost in costs.items() if cost.change]
    if not rows:
        print_items(console, words["no rule changed"])
    rows += [(words["level"].format(level), cost) for level, cost in levels.items()]
    show_changes(console, [*rows, (words["sum"], total)], lang)
