"""Who works how much, and how well each center is served, as pictures.

`FairnessMeasures`, `EquityMeasures` -> figures; what they show is in `drawings`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shiftplan.errors.options import check_options, lang_option
from shiftplan.present.charts.coverage import title
from shiftplan.present.charts.paper import (
    FILLS,
    GROUND,
    INK,
    QUIET,
    STRONG,
    drawing,
    new_sheet,
    short,
    subtitle,
)
from shiftplan.present.drawings.coverage import load_bins, shift_bins
from shiftplan.present.drawings.map import CORNER, Panel, map_of
from shiftplan.present.words import Words
from shiftplan.problem import Problem
from shiftplan.scoring.equity import EquityMeasures
from shiftplan.scoring.fairness import FairnessMeasures

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_NAMED = 3
"""People named at the foot."""
_MARKS = ("o", "^", "D", "s", "v")
"""A shape for each class of fill too, so that a copy in black and white tells them apart."""
_ALIGNED = {"start": "left", "middle": "center", "end": "right"}


def draw_load(found: FairnessMeasures, lang: str = "en") -> Figure | None:
    """Draw how shifts and loads are spread over people, and name those of the highest loads.

    None when nobody offered any time.

    Raises
    ------
    InputError
        The language is not supported.
    """
    check_options(lang_option(lang))
    if not found.offering:
        return None
    say = Words(lang)
    worked = sum(person.shifts for person in found.people)
    highest = tuple(
        say(
            "charts.load_of",
            name=short(p.name, 24),
            load=p.load,
            shifts=p.shifts,
            offered=p.offered,
        )
        for p in found.worst[:_NAMED]
    )
    below = say("charts.load_highest", people="; ".join(highest)) if highest else ""
    with drawing():
        counts = {"people": len(found.people), "shifts": worked}
        figure = new_sheet(say("charts.load_title", **counts), below=below)
        left, right = figure.subplots(1, 2, width_ratios=(4, 5))
        _bars(left, shift_bins(found), say)
        subtitle(left, say("charts.load_by_shifts"))
        left.set_xlabel(say("plans.shifts"))
        left.set_ylabel(say("charts.load_people"))
        _bars(right, load_bins(found), say)
        subtitle(right, say("charts.load_by_share"))
        right.set_xlabel(say("charts.load_of_offered"))
    return figure


def _bars(axes: Axes, rows: list[tuple[str, int]], say: Words) -> None:
    bars = axes.bar(range(len(rows)), [count for _, count in rows], color=STRONG, width=0.74)
    texts = [say.number(count) if count else "" for _, count in rows]
    axes.bar_label(bars, texts, padding=3, fontsize=10)
    axes.set_xticks(range(len(rows)), [label for label, _ in rows], fontsize=9)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.tick_params(length=0)
    axes.margins(y=0.1)


def draw_map(problem: Problem, found: EquityMeasures, lang: str = "en") -> Figure | None:
    """Draw centers with seats on a map; None where not even two of them have coordinates.

    Raises
    ------
    InputError
        The language is not supported.
    """
    check_options(lang_option(lang))
    drawn = map_of(problem, [center for center in found.centers if center.both.target])
    if drawn is None:
        return None
    say = Words(lang)
    below = say("charts.map_size")
    if drawn.unplaced:
        below += " " + say("charts.map_unplaced", n=drawn.unplaced)
    with drawing():
        figure = new_sheet(title("charts.map_title", found, say), below=below)
        panels = drawn.panels
        sides = figure.subplots(1, len(panels), squeeze=False)[0]
        for axes, panel in zip(sides, panels, strict=True):
            subtitle(axes, say(f"reports.map_{panel.name}"))
            _panel(axes, panel)
        marks = [mark for panel in panels for mark in panel.marks]
        for kind in reversed(range(len(FILLS))):
            count = sum(mark.step == kind for mark in marks)
            if count:
                label = say(f"reports.fill_step_{kind}") + f" ({say.number(count)})"
                sides[-1].scatter([], [], s=90, label=label, **_look(kind))
        figure.legend(
            title=say("charts.map_legend"),
            loc="outside right center",
            frameon=False,
            alignment="left",
        )
    return figure


def _panel(axes: Axes, panel: Panel) -> None:
    """One drawing of the map, in the units of the panel."""
    from matplotlib.patches import Circle

    axes.set_xlim(0, panel.width)
    axes.set_ylim(panel.height, 0)
    axes.set_aspect("equal")
    axes.axis("off")
    for mark in panel.marks:
        axes.add_patch(Circle((mark.x, mark.y), panel.around, color=GROUND, linewidth=0))
    for mark in panel.marks:
        axes.scatter([mark.x], [mark.y], s=2.2 * mark.radius**2, **_look(mark.step))
    for label in panel.labels:
        if label.mark.step:
            name = short(label.mark.seats.name, 24)
            place = _ALIGNED[label.anchor]
            axes.text(label.x, label.y, name, ha=place, fontsize=9, zorder=20)
    low, left, right = panel.height - CORNER, panel.scale_left, panel.scale_left + panel.scale
    axes.plot([left, left, right, right], [low - 5, low, low, low - 5], color=QUIET, linewidth=1)
    text = f"{panel.scale_km} km"
    axes.text((left + right) / 2, low - 8, text, ha="center", fontsize=8.5, color=QUIET)


def _look(step: int) -> dict[str, Any]:
    look = {"c": FILLS[step], "marker": _MARKS[step], "zorder": 10 + step}
    return {**look, "edgecolors": INK, "linewidths": 0.7}
