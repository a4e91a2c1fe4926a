"""Where seats are empty, as a picture: centers by sessions, darker where more are missing.

(`Problem`, `Roster`) -> a figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shiftplan.case.case import Case
from shiftplan.options import check_options, lang_option
from shiftplan.present.charts.paper import INK, LINE, QUIET, SHADES, drawing, new_sheet, short
from shiftplan.present.charts.sessions import Column, columns_of
from shiftplan.present.texts import TEXTS, Lang
from shiftplan.present.texts.wording import number, percent
from shiftplan.problem import Problem
from shiftplan.scoring.equity import CenterSeats, EquityMeasures, equity_of
from shiftplan.week.roster import Roster

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_CENTERS = 24
"""Centers with empty seats shown by themselves, at most; the others are one row together."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One center, or all that are not shown by themselves."""

    name: str
    ids: frozenset[str]
    filled: int
    seats: int


def draw_coverage(problem: Problem, roster: Roster, lang: Lang = "en") -> Figure | None:
    """Draw a heat map of empty seats, worst centers first; None when no seats are asked for.

    Seats are those of people and of skilled people together; a skilled person may fill one of each.

    Raises
    ------
    InputError
        There is no such language.
    """
    check_options(lang_option(lang))
    case = Case(problem, roster)
    found, words = equity_of(case), TEXTS[lang]
    centers = [center for center in found.centers if center.both.target]
    if not centers:
        return None
    rows = _rows(centers, lang)
    columns = columns_of(problem, lang)
    empty = _empty(case, rows, columns)
    with drawing():
        figure = new_sheet(
            title(found, "coverage title", lang),
            below=words["coverage cell"],
            height=1.9 + 0.27 * max(len(rows), 6),
        )
        axes = figure.subplots()
        _paint(axes, empty, [len(row.ids) == 1 for row in rows], lang)
        _name(axes, rows, columns, lang)
        alone = sum(len(row.ids) == 1 for row in rows)
        key = "coverage worst" if alone < len(centers) else "coverage all"
        text = words[key].format(number(alone, lang), number(len(centers), lang))
        axes.set_title(text, loc="left", fontsize=11, color=QUIET, pad=42)
    return figure


def title(found: EquityMeasures, key: str, lang: Lang) -> str:
    """A title that says how many seats are filled in all."""
    filled = sum(c.both.filled for c in found.centers)
    seats = sum(c.both.target for c in found.centers)
    share = percent(filled / seats, lang)
    return TEXTS[lang][key].format(number(filled, lang), number(seats, lang), share)


def _rows(centers: list[CenterSeats], lang: Lang) -> list[_Row]:
    alone = [c for c in centers if c.both.share < 1][:_CENTERS]
    others = centers[len(alone) :]
    if len(others) == 1 or not alone:
        alone, others = centers[:_CENTERS], centers[_CENTERS:]
    rows = [
        _Row(short(c.name), frozenset([c.center_id]), c.both.filled, c.both.target) for c in alone
    ]
    if others:
        name = TEXTS[lang]["coverage others"].format(number(len(others), lang))
        ids = frozenset(c.center_id for c in others)
        filled, seats = sum(c.both.filled for c in others), sum(c.both.target for c in others)
        rows.append(_Row(name, ids, filled, seats))
    return rows


def _empty(case: Case, rows: list[_Row], columns: list[Column]) -> list[list[int | None]]:
    """Empty seats by row and column; None where there are no seats at all."""
    row_of = {center_id: i for i, row in enumerate(rows) for center_id in row.ids}
    column_of = {shift_id: i for i, column in enumerate(columns) for shift_id in column.shift_ids}
    center_of = {s.shift_id: s.center_id for s in case.problem.shifts}
    table: list[list[int | None]] = [[None] * len(columns) for _ in rows]
    for need in case.problem.requirements:
        if need.target:
            line = table[row_of[center_of[need.shift_id]]]
            at = column_of[need.shift_id]
            line[at] = (line[at] or 0) + case.empty(need)
    return table


def _paint(axes: Axes, empty: list[list[int | None]], alone: list[bool], lang: Lang) -> None:
    """Boxes, each with its figure; a row of several centers is shaded by its own measure."""
    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.patches import Rectangle

    shades = LinearSegmentedColormap.from_list("empty", SHADES)
    highest = max(
        (n or 0 for line, one in zip(empty, alone, strict=True) if one for n in line), default=0
    )
    for y, (line, is_alone) in enumerate(zip(empty, alone, strict=True)):
        most = (highest if is_alone else max(n or 0 for n in line)) or 1
        for x, count in enumerate(line):
            if count is None:
                continue
            shade = count / most
            box = Rectangle((x, y), 1, 1, facecolor=shades(shade), edgecolor=LINE, linewidth=0.6)
            axes.add_patch(box)
            text, color = number(count, lang) if count else "·", "white" if shade > 0.6 else INK
            axes.text(x + 0.5, y + 0.5, text, ha="center", va="center", fontsize=9, color=color)
    axes.set_xlim(0, max(len(empty[0]), 1))
    axes.set_ylim(len(empty), 0)


def _name(axes: Axes, rows: list[_Row], columns: list[Column], lang: Lang) -> None:
    """Centers on the left, what is filled on the right, days and times above."""
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(length=0)
    axes.set_yticks([y + 0.5 for y in range(len(rows))], [row.name for row in rows], fontsize=10)
    axes.xaxis.tick_top()
    places = [x + 0.5 for x in range(len(columns))]
    axes.set_xticks(places, [column.below for column in columns], fontsize=8.5)
    days: dict[str, list[int]] = {}
    for x, column in enumerate(columns):
        days.setdefault(column.above, []).append(x)
    for day, places_of in days.items():
        middle = (places_of[0] + places_of[-1] + 1) / 2
        axes.annotate(
            day,
            (middle, 0),
            xytext=(0, 17),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=9,
            fontweight="bold",
            annotation_clip=False,
        )
        if places_of[0]:
            axes.plot([places_of[0]] * 2, [0, len(rows)], color=QUIET, linewidth=1.2)
    for y, row in enumerate(rows):
        counts = TEXTS[lang]["of"].format(number(row.filled, lang), number(row.seats, lang))
        text = f"{percent(row.filled / row.seats, lang)}   {counts}"
        axes.annotate(
            text,
            (len(columns), y + 0.5),
            xytext=(8, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
            color=QUIET,
            annotation_clip=False,
        )
