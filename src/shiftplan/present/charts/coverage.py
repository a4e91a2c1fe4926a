"""Where seats are empty, as a picture: centers by sessions, darker where more are missing.

(`Problem`, `Roster`) -> a figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from shiftplan.case.case import Case
from shiftplan.errors.options import check_options, lang_option
from shiftplan.present.charts.paper import INK, LINE, QUIET, SHADES, drawing, new_sheet, short
from shiftplan.present.coverage import CoverageColumn, columns_of, seats_in
from shiftplan.present.naming import lang_of
from shiftplan.present.words import Words
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.scoring.equity import CenterSeats, EquityMeasures, Seats, equity_of
from shiftplan.week.roster import Roster

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_CENTERS = 24
"""Centers with empty seats shown by themselves, at most; the others are one row together."""


@takes_week
def draw_coverage(problem: Problem, roster: Roster, lang: str = "en") -> Figure | None:
    """Draw a heat map of empty seats, worst centers first; None when no seats are asked for.

    Seats are those of people and of skilled people together; a skilled person may fill one of each.

    Raises
    ------
    InputError
        The language is not supported.
    """
    check_options(lang_option(lang))
    case = Case(problem, roster)
    found, say = equity_of(case), Words(lang_of(problem, lang))
    centers = [center for center in found.centers if center.both.target]
    if not centers:
        return None
    columns, rows = columns_of(case, say), _rows(centers)
    seats = seats_in(case, [column.shift_ids for column in columns])
    table = [
        [
            Seats.sum(seats.get((center.center_id, x), Seats()) for center in row)
            for x in range(len(columns))
        ]
        for row in rows
    ]
    with drawing():
        figure = new_sheet(
            title("charts.coverage_title", found, say),
            below=say("charts.coverage_cell"),
            height=1.9 + 0.27 * max(len(rows), 6),
        )
        axes = figure.subplots()
        _paint(axes, table, [len(row) == 1 for row in rows], say)
        _name(axes, rows, columns, say)
        alone = sum(len(row) == 1 for row in rows)
        key = "charts.coverage_worst" if alone < len(centers) else "charts.coverage_all"
        text = say(key, shown=alone, centers=len(centers))
        axes.set_title(text, loc="left", fontsize=11, color=QUIET, pad=42)
    return figure


def title(code: str, found: EquityMeasures, say: Words) -> str:
    """A title that says how many seats are filled in all."""
    both = Seats.sum(center.both for center in found.centers)
    return say(code, filled=both.filled, n=both.target, share=both.share)


def _rows(centers: list[CenterSeats]) -> list[list[CenterSeats]]:
    alone = sum(center.both.share < 1 for center in centers[:_CENTERS])
    if len(centers) - alone == 1 or not alone:
        alone = min(len(centers), _CENTERS)
    others = centers[alone:]
    return [*([center] for center in centers[:alone]), *([others] if others else [])]


def _paint(axes: Axes, table: list[list[Seats]], is_alone: list[bool], say: Words) -> None:
    """Boxes, each with its empty seats; a row of several centers is shaded by its own measure."""
    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.patches import Rectangle

    shades = LinearSegmentedColormap.from_list("empty", SHADES)

    def most(rows: list[list[Seats]]) -> int:
        return max((seats.target - seats.filled for row in rows for seats in row), default=0) or 1

    highest = most([row for row, alone in zip(table, is_alone, strict=True) if alone])
    for y, row in enumerate(table):
        for x, seats in enumerate(row):
            if not seats.target:
                continue
            empty = seats.target - seats.filled
            shade = empty / (highest if is_alone[y] else most([row]))
            box = Rectangle((x, y), 1, 1, facecolor=shades(shade), edgecolor=LINE, linewidth=0.6)
            axes.add_patch(box)
            text, color = say.number(empty) if empty else "·", "white" if shade > 0.6 else INK
            axes.text(x + 0.5, y + 0.5, text, ha="center", va="center", fontsize=9, color=color)
    axes.set_xlim(0, len(table[0]))
    axes.set_ylim(len(table), 0)


def _name(
    axes: Axes, rows: list[list[CenterSeats]], columns: Sequence[CoverageColumn], say: Words
) -> None:
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(length=0)
    names = [
        short(row[0].name) if len(row) == 1 else say("charts.coverage_others", n=len(row))
        for row in rows
    ]
    axes.set_yticks([y + 0.5 for y in range(len(rows))], names, fontsize=10)
    axes.xaxis.tick_top()
    places = [x + 0.5 for x in range(len(columns))]
    axes.set_xticks(places, [column.below for column in columns], fontsize=8.5)
    beside: dict[str, Any] = {"textcoords": "offset points", "annotation_clip": False}
    beside["fontsize"] = 9
    for day, places_of in groupby(range(len(columns)), key=lambda x: columns[x].above):
        first, *more = places_of
        middle = ((more or [first])[-1] + first + 1) / 2
        look: dict[str, Any] = {"ha": "center", "va": "bottom", "fontweight": "bold"}
        axes.annotate(day, (middle, 0), xytext=(0, 17), **look, **beside)
        if first:
            axes.plot([first] * 2, [0, len(rows)], color=QUIET, linewidth=1.2)
    for y, row in enumerate(rows):
        both = Seats.sum(center.both for center in row)
        seats = say("plans.of", filled=both.filled, wanted=both.target)
        text = f"{say.percent(both.share)}   {seats}"
        look = {"va": "center", "color": QUIET}
        axes.annotate(text, (len(columns), y + 0.5), xytext=(8, 0), **look, **beside)
