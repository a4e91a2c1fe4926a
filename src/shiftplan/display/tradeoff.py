"""What the command shows of a trade-off: a table of its points, and what they give for what.

`Tradeoff` -> rich tables on a console.
"""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from shiftplan.display.console import make_table, print_items
from shiftplan.texts import TEXTS, Lang
from shiftplan.texts.wording import number, percent
from shiftplan.tradeoff import Point, Tradeoff
from shiftplan.tradeoff.sentences import inequality, label, lines

_HEADS = ("point", "weighting", "empty", "inequality", "highest load", "km", "gap")


def show_tradeoff(console: Console, found: Tradeoff, lang: Lang) -> None:
    """The points with their proven gaps, and each against the week as it is, in a sentence."""
    words = TEXTS[lang]
    travels = any(point.figures.km is not None for point in found.points)
    heads = [words[key] for key in _HEADS if travels or key != "km"]
    table = make_table(*heads, "", left=2)
    for point in found.points:
        note = words["dominated"] if point.dominated else ""
        table.add_row(*_cells(point, found, lang, travels=travels), Text(note, style="italic"))
    print_items(console, Text(words["tradeoff"], style="bold"), table, "")
    print_items(console, Text(words["against the week"], style="bold"))
    for line in lines(found, lang):
        print_items(console, Padding(Text(line), (0, 0, 0, 2)))
    print_items(console, "")


def _cells(point: Point, found: Tradeoff, lang: Lang, *, travels: bool) -> list[Text]:
    figures = point.figures
    cells = [
        str(point.number),
        label(point, found.own, lang),
        number(figures.empty_seats, lang),
        inequality(figures, lang),
        percent(figures.highest_load, lang),
        *([number(figures.km, lang)] if travels else []),
        percent(point.total.gap, lang, up=True),
    ]
    return [Text(cell) for cell in cells]
