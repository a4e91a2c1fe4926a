"""What the command shows of a trade-off: a table of its points, and what they give for what.

`Tradeoff` -> rich tables on a console.
"""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from shiftplan.analysis.tradeoff import Point, Tradeoff
from shiftplan.present.answers.tradeoffs import label, tradeoff_lines
from shiftplan.present.display.console import make_table, print_items
from shiftplan.present.texts import Lang
from shiftplan.present.texts.wording import number, percent
from shiftplan.present.words import Words

_HEADS = (
    "tradeoffs.point",
    "tradeoffs.weighting",
    "tradeoffs.empty",
    "tradeoffs.service_cost",
    "tradeoffs.unevenness",
    "tradeoffs.km",
    "tradeoffs.lowest_area",
    "plans.gap",
)


_LABEL, _FIGURE = 12, 8
"""Width of the column of prices at least, and of others at most."""


def show_tradeoff(console: Console, found: Tradeoff, lang: Lang) -> None:
    """The points with their proven gaps, and each against the week as it is, in a sentence."""
    say = Words(lang)
    unknown = {
        "tradeoffs.km": found.points[0].figures.km is None,
        "tradeoffs.lowest_area": found.points[0].figures.lowest_area is None,
    }
    heads = [say(key) for key in _HEADS if not unknown.get(key)]
    table = make_table(*heads, "", left=2)
    table.columns[1].min_width = _LABEL
    for column in table.columns[2:]:
        column.max_width = _FIGURE
    for point in found.points:
        note = say("tradeoffs.dominated") if point.dominated else ""
        table.add_row(*_cells(point, found, lang), Text(note, style="italic"))
    print_items(console, Text(say("tradeoffs.tradeoff"), style="bold"), table, "")
    print_items(console, Text(say("tradeoffs.against_the_week"), style="bold"))
    for line in tradeoff_lines(found, lang):
        print_items(console, Padding(Text(line), (0, 0, 0, 2)))
    print_items(console, "")


def _cells(point: Point, found: Tradeoff, lang: Lang) -> list[Text]:
    figures = point.figures
    cells = [
        str(point.number),
        label(point, found.own, lang),
        number(figures.empty_seats, lang),
        number(figures.service_cost, lang),
        percent(figures.unevenness, lang, up=True),
        *([] if figures.km is None else [number(figures.km, lang)]),
        *([] if figures.lowest_area is None else [percent(figures.lowest_area, lang)]),
        percent(point.total.gap, lang, up=True),
    ]
    return [Text(cell) for cell in cells]
