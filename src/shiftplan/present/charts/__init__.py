"""Pictures for slides, in PNG or SVG: empty seats, loads, a map of centers, cost over time.

(`Problem`, `Roster`, `Result`) -> matplotlib figures -> files. Needs the extra `plots`; matplotlib
is imported when a picture is drawn, not before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from shiftplan.errors.options import check_options, lang_option
from shiftplan.present.charts import paper
from shiftplan.present.charts.coverage import draw_coverage as draw_coverage
from shiftplan.present.charts.coverage import title
from shiftplan.present.charts.paper import Format as Format
from shiftplan.present.charts.paper import write_figures as write_figures
from shiftplan.present.coverage import load_bins, shift_bins
from shiftplan.present.map import CORNER, Panel, map_of
from shiftplan.present.naming import lang_of
from shiftplan.present.words import Words
from shiftplan.problem import Problem
from shiftplan.problem.arguments import takes_week
from shiftplan.scoring.equity import EquityMeasures, equity
from shiftplan.scoring.fairness import FairnessMeasures, fairness
from shiftplan.solving.result import Cost, Progress
from shiftplan.week.roster import Roster

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


CHARTS = ("coverage", "load", "map", "cost")
"""Names of the pictures, which are the names of their files too."""
_NAMED = 3
"""People named at the foot."""
_MARKS = ("o", "^", "D", "s", "v")
"""A shape for each class of fill too, so that a copy in black and white tells them apart."""
_ALIGNED = {"start": "left", "middle": "center", "end": "right"}
_ROOM = 1.5
"""Top of the picture by the cost at the end, where the first costs are much higher."""
_ROOM_BELOW = 0.1
"""A bound above this part of the cost has room for its name below it."""


@takes_week
def draw_charts(
    problem: Problem, roster: Roster, *, history: Sequence[Progress] = (), lang: str = "en"
) -> dict[str, Figure]:
    """Draw every picture there is something to draw for, by its name in `CHARTS`.

    Parameters
    ----------
    problem, roster
        A week and any roster of it; unknown ids are not counted.
    history
        How cost and bound came about, such as `Result.history`.
    lang
        Language of the pictures.

    Raises
    ------
    InputError
        The language is not supported.
    """
    check_options(lang_option(lang))
    found = {
        "coverage": draw_coverage(problem, roster, lang),
        "load": draw_load(fairness(problem, roster), lang),
        "map": draw_map(problem, equity(problem, roster), lang),
        "cost": draw_cost(history, lang),
    }
    return {name: figure for name, figure in found.items() if figure is not None}


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
    counts = {"people": len(found.people), "shifts": sum(p.shifts for p in found.people)}
    worst = [(paper.short(p.name, 24), p) for p in found.worst[:_NAMED]]
    highest = "; ".join(
        say("charts.load_of", name=name, load=p.load, shifts=p.shifts, offered=p.offered)
        for name, p in worst
    )
    below = say("charts.load_highest", people=highest) if highest else ""
    with paper.drawing():
        figure = paper.new_sheet(say("charts.load_title", **counts), below=below)
        left, right = figure.subplots(1, 2, width_ratios=(4, 5))
        _bars(left, shift_bins(found), say, "charts.load_by_shifts", "plans.shifts")
        left.set_ylabel(say("charts.load_people"))
        _bars(right, load_bins(found), say, "charts.load_by_share", "charts.load_of_offered")
    return figure


def _bars(axes: Axes, rows: list[tuple[str, int]], say: Words, title: str, below: str) -> None:
    paper.subtitle(axes, say(title))
    axes.set_xlabel(say(below))
    bars = axes.bar(range(len(rows)), [count for _, count in rows], color=paper.STRONG, width=0.74)
    texts = [say.number(count) if count else "" for _, count in rows]
    axes.bar_label(bars, texts, padding=3, fontsize=10)
    axes.set_xticks(range(len(rows)), [label for label, _ in rows], fontsize=9)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.tick_params(length=0)
    axes.margins(y=0.1)


@takes_week
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
    say = Words(lang_of(problem, lang))
    below = say("charts.map_size")
    if drawn.unplaced:
        below += " " + say("charts.map_unplaced", n=drawn.unplaced)
    with paper.drawing():
        figure = paper.new_sheet(title("charts.map_title", found, say), below=below)
        panels = drawn.panels
        sides = figure.subplots(1, len(panels), squeeze=False)[0]
        for axes, panel in zip(sides, panels, strict=True):
            paper.subtitle(axes, say(f"reports.map_{panel.name}"))
            _panel(axes, panel)
        marks = [mark for panel in panels for mark in panel.marks]
        for kind in reversed(range(len(paper.FILLS))):
            count = sum(mark.step == kind for mark in marks)
            if count:
                label = say(f"reports.fill_step_{kind}") + f" ({say.number(count)})"
                sides[-1].scatter([], [], s=90, label=label, **_look(kind))
        look: dict[str, Any] = {"frameon": False, "alignment": "left"}
        figure.legend(title=say("charts.map_legend"), loc="outside right center", **look)
    return figure


def _panel(axes: Axes, panel: Panel) -> None:
    from matplotlib.patches import Circle

    axes.set_xlim(0, panel.width)
    axes.set_ylim(panel.height, 0)
    axes.set_aspect("equal")
    axes.axis("off")
    for mark in panel.marks:
        axes.add_patch(Circle((mark.x, mark.y), panel.around, color=paper.GROUND, linewidth=0))
    for mark in panel.marks:
        axes.scatter([mark.x], [mark.y], s=2.2 * mark.radius**2, **_look(mark.step))
    for label in panel.labels:
        if label.mark.step:
            name = paper.short(label.mark.seats.name, 24)
            place = _ALIGNED[label.anchor]
            axes.text(label.x, label.y, name, ha=place, fontsize=9, zorder=20)
    low, left, right = panel.height - CORNER, panel.scale_left, panel.scale_left + panel.scale
    axes.plot(
        [left, left, right, right], [low - 5, low, low, low - 5], color=paper.QUIET, linewidth=1
    )
    text = f"{panel.scale_km} km"
    axes.text((left + right) / 2, low - 8, text, ha="center", fontsize=8.5, color=paper.QUIET)


def _look(step: int) -> dict[str, Any]:
    look = {"edgecolors": paper.INK, "linewidths": 0.7}
    return {**look, "c": paper.FILLS[step], "marker": _MARKS[step], "zorder": 10 + step}


def draw_cost(history: Sequence[Progress], lang: str = "en") -> Figure | None:
    """Draw cost and bound over time; None when no roster was found while somebody watched.

    Parameters
    ----------
    history
        Moments in order of time: `Result.history`, or what `on_progress` was given.
    lang
        Language.

    Raises
    ------
    InputError
        The language is not supported.
    """
    check_options(lang_option(lang))
    costs = [(p.seconds, p.total) for p in history if p.total is not None]
    bounds = [(p.seconds, p.bound) for p in history if p.bound is not None]
    if not costs:
        return None
    say, last = Words(lang), costs[-1][1]
    end = max(p.seconds for p in history) or 1.0
    proven = Cost(last, bounds[-1][1] if bounds else None).gap
    is_proven = proven is not None and proven < 1
    title = "charts.cost_title" if is_proven else "charts.cost_title_unproven"
    with paper.drawing():
        from matplotlib.ticker import FuncFormatter, MaxNLocator

        highest, top = max(v for _, v in costs), _ROOM * last or 1.0
        note = say("charts.cost_above", cost=highest) if highest > top else ""
        figure = paper.new_sheet(say(title, cost=last, gap=proven), below=note)
        axes = figure.subplots()
        for points, color, dashes, name in (
            (costs, paper.STRONG, "-", "charts.cost_of_roster"),
            (bounds, paper.SOFT, (0, (5, 2)), "charts.proven_bound"),
        ):
            if points:
                times = [*(s for s, _ in points), end]
                values = [*(v for _, v in points), points[-1][1]]
                axes.step(times, values, where="post", color=color, lw=2.4, linestyle=dashes)
                is_below = points is bounds and values[-1] > _ROOM_BELOW * last
                axes.annotate(
                    f"{say(name)}: {say.number(values[-1])}",
                    (end, values[-1]),
                    xytext=(-4, -7 if is_below else 7),
                    textcoords="offset points",
                    ha="right",
                    va="top" if is_below else "bottom",
                    color=color,
                    fontweight="bold",
                )
        axes.set_ylim(0, min(1.1 * highest, top) or 1.0)
        axes.set_xlim(0, end)
        axes.xaxis.set_major_locator(MaxNLocator(8, integer=end > 8))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda v, _: say.number(round(v))))
        axes.set_xlabel(say("charts.seconds_axis"), color=paper.QUIET)
        axes.set_ylabel(say("charts.cost_axis"), color=paper.QUIET)
        axes.grid(alpha=0.3)
    return figure
