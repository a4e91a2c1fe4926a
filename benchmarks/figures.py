"""Records as pictures.

`Record`s of one instance -> cost and bound over time; of several -> gaps over time. PNG files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter

from benchmarks.records import Record

mpl.use("Agg")
COLORS: Mapping[str, str] = {
    "shiftplan": "#0072b2",
    "highs": "#d55e00",
    "cpsat": "#009e73",
    "timefold": "#cc79a7",
    "scip": "#56b4e9",
    "cbc": "#e69f00",
    "greedy": "#7f7f7f",
}
"""Engine -> colour; they can be told apart by people who do not see all colours."""
_FIRST_SECOND = 0.05
"""Earliest moment of a picture."""
_LEAST_PERCENT = 0.01
"""Gap that stands for all below it."""
_LEAST_ZOOM = 0.01
"""Least part of the best cost that the lower half of a picture shows on either side."""
_THOUSANDS = FuncFormatter(lambda value, _: f"{value:,.0f}")
_PLAIN = FuncFormatter(lambda value, _: f"{value:g}")


def draw_over_time(records: Sequence[Record], path: Path) -> None:
    """Cost and bound of one instance over time: all of it above, what is near the end below."""
    figure = Figure(figsize=(9, 7), layout="constrained", dpi=120)
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=(2, 3))
    first, last = _span(records)
    known = records[0].best_known
    for axes, title in ((above, "whole range (log scale)"), (below, "near the end (linear scale)")):
        for record in records:
            color = COLORS[record.engine]
            _stairs(axes, record.costs, (first, _end(record), last), color, "-")
            _stairs(axes, record.bounds, (first, _end(record), last), color, "--")
        if known is not None:
            axes.axhline(known, color="black", linestyle=":", linewidth=1)
        axes.set_title(title, fontsize=9, loc="left")
        axes.set_ylabel("total cost")
        axes.grid(alpha=0.3)
    _choose_costs(above, below, records)
    _time_axis(below, first, last)
    seeds = len({r.seed for r in records})
    figure.suptitle(
        f"{records[0].instance}: cost and proven bound, {records[0].workers} workers, "
        + (f"{seeds} seeds" if seeds > 1 else "1 seed")
    )
    lines = _engine_lines(records)
    lines.append(Line2D([], [], color="black", linestyle="-", label="cost of the best roster"))
    lines.append(Line2D([], [], color="black", linestyle="--", label="proven bound"))
    lines.append(Line2D([], [], color="black", linewidth=0.5, label="after the engine's end"))
    if known is not None:
        lines.append(Line2D([], [], color="black", linestyle=":", label="best known cost"))
    figure.legend(handles=lines, loc="outside lower center", ncols=4)
    figure.savefig(path)


def draw_gaps(records: Sequence[Record], suite: str, path: Path) -> None:
    """The proven gap of each instance over time, one line a run."""
    figure = Figure(figsize=(9, 5.5), layout="constrained", dpi=120)
    axes = figure.subplots()
    first, last = _span(records)
    for record in records:
        moments = sorted({t for t, _ in (*record.costs, *record.bounds)})
        gaps = [(t, gap) for t in moments if (gap := record.at(t).gap) is not None]
        steps = [(t, max(100 * gap, _LEAST_PERCENT)) for t, gap in gaps]
        _stairs(axes, steps, (first, _end(record), last), COLORS[record.engine], "-")
    _time_axis(axes, first, last)
    axes.set_yscale("log")
    axes.set_ylim(_LEAST_PERCENT * 0.8, 120)
    ticks = [0.01, 0.1, 0.5, 1, 5, 10, 50, 100]
    axes.set_yticks(ticks, [f"\u2264 {t:g}" if t == ticks[0] else f"{t:g}" for t in ticks])
    axes.grid(alpha=0.3)
    axes.set_ylabel("proven gap in % (log scale)")
    instances = len({r.instance for r in records})
    axes.set_title(f"{suite}: proven gap over time, {instances} instances")
    figure.legend(handles=_engine_lines(records), loc="outside lower center", ncols=4)
    figure.savefig(path)


def _end(record: Record) -> float:
    """Moment at which a run ended."""
    moments = [t for t, _ in (*record.costs, *record.bounds)]
    return max([record.solve_seconds or record.time_limit or 0.0, *moments])


def _span(records: Sequence[Record]) -> tuple[float, float]:
    """First and last moment of a picture, never less than a decade."""
    moments = [t for r in records for t, _ in (*r.costs[:1], *r.bounds[:1])]
    last = max(_end(r) for r in records)
    first = max(_FIRST_SECOND, min(moments, default=_FIRST_SECOND) * 0.8)
    return (first, last) if last >= 10 * first else (max(last, 10 * _FIRST_SECOND) / 10, last)


def _stairs(
    axes: Axes,
    steps: Sequence[tuple[float, float]],
    span: tuple[float, float, float],
    color: str,
    style: str,
) -> None:
    """Draw a step function from its first step, or the picture's first moment, to the run's end.

    `span`: the picture's first moment, the run's last, the picture's last.
    """
    if not steps:
        return
    first, end, last = span
    times = [max(t, first) for t, _ in steps]
    values = [value for _, value in steps]
    end = max(end, times[-1])
    axes.step([*times, end], [*values, values[-1]], color, where="post", ls=style, lw=1.4)
    axes.plot(times[:1], values[:1], ".", color=color, markersize=5)
    axes.plot([end, last], [values[-1]] * 2, color=color, linestyle=style, linewidth=0.5)


def _time_axis(axes: Axes, first: float, last: float) -> None:
    axes.set_xscale("log")
    axes.set_xlim(first, max(last, 1.01 * first))
    axes.xaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
    axes.xaxis.set_major_formatter(_PLAIN)
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.set_xlabel("seconds since the call (log scale)")


def _choose_costs(above: Axes, below: Axes, records: Sequence[Record]) -> None:
    """Choose the costs that the two halves of a picture show."""
    costs = [cost for r in records for _, cost in r.costs]
    bounds = [bound for r in records for _, bound in r.bounds]
    if costs and min(costs) > 0:
        low = max(min([*costs, *bounds]), min(costs) / 5) / 1.1
        high = max(costs) * 1.1
        above.set_yscale("log")
        above.set_ylim(low, high)
        few = high < 10 * low
        above.yaxis.set_major_locator(MaxNLocator(5) if few else LogLocator(subs=(1.0, 2.0, 5.0)))
    if costs:
        best = min(costs)
        tightest = max([b for b in bounds if b <= best], default=best)
        room = max(best - tightest, _LEAST_ZOOM * abs(best), 1.0)
        below.set_ylim(tightest - room, best + room)
    for axes in (above, below):
        axes.yaxis.set_major_formatter(_THOUSANDS)
        axes.yaxis.set_minor_formatter(NullFormatter())


def _engine_lines(records: Sequence[Record]) -> list[Line2D]:
    """A line for the legend for each engine."""
    engines = dict.fromkeys(r.engine for r in records)
    return [Line2D([], [], color=COLORS[engine], label=engine) for engine in engines]
