"""The picture of growth, from the table that stands in the page of figures.

    python -m benchmarks.growth_picture

Table of sizes -> `Point`s -> seconds to a proven gap of 1%, and the gap at the end -> PNG.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter, NullLocator

from benchmarks.cells import NONE, Table
from benchmarks.figures import COLORS
from benchmarks.pages import FIGURES, table_of

PICTURE = FIGURES.with_name("growth.png")
_LEAST_PERCENT = 0.01
"""Gap that stands for all below it; a logarithm has no zero."""
_TICKS = FuncFormatter(lambda value, _: f"{value:,g}")


@dataclass(frozen=True, slots=True)
class Point:
    """A size planned by an engine."""

    engine: str
    centers: int
    limit: float
    """Seconds allowed."""
    seconds: float | None
    """To a proven gap of 1%; None where it was not reached."""
    gap: float | None
    """In percent, at the end; None without a roster or a bound."""


def points_of(table: Table) -> list[Point]:
    """The points of a table of growth, smallest first."""
    found = []
    for cells in table.rows:
        row = dict(zip(table.head, cells, strict=True))
        centers = int(row["size"].split()[0])
        limit = _number(row["limit"])
        if limit is None:
            continue  # killed from outside: nothing is known of it
        seconds, gap = _number(row["gap of 1%"]), _number(row["gap at the end"])
        found.append(Point(row["engine"], centers, limit, seconds, gap))
    return sorted(found, key=lambda point: point.centers)


def draw(points: Sequence[Point], path: Path) -> None:
    """Seconds to a gap of 1% and the gap at the end against centers, all on log scales."""
    figure = Figure(figsize=(10, 4.4), layout="constrained", dpi=110)
    seconds, gaps = figure.subplots(1, 2)
    for number, engine in enumerate(dict.fromkeys(point.engine for point in points)):
        mine = [point for point in points if point.engine == engine]
        color = COLORS[engine]
        # Engines that miss the same limit stand one around the other.
        around = 8.0 + 4 * number
        seconds.plot(*_line(mine, lambda p: p.seconds or p.limit), ":", color=color, lw=0.8)
        seconds.plot(*_line(mine, lambda p: p.seconds), "o-", color=color, label=engine)
        missed = [point for point in mine if point.seconds is None]
        hollow = {"markerfacecolor": "none", "markersize": around}
        seconds.plot(*_line(missed, lambda p: p.limit), "^", color=color, **hollow)
        gaps.plot(*_line(mine, _shown), "o-", color=color)
    seconds.plot([], [], "^", color="black", markerfacecolor="none", label="not within the limit")
    seconds.set_title("Time to a proven gap of 1%", loc="left")
    seconds.set_ylabel("seconds (log scale)")
    gaps.set_title("Proven gap at the end", loc="left")
    gaps.set_ylabel("% (log scale)")
    sizes = sorted({point.centers for point in points})
    for axes in (seconds, gaps):
        _scales(axes, sizes)
    figure.legend(loc="outside lower center", ncols=5)
    figure.savefig(path)


def main(arguments: Sequence[str] | None = None) -> None:
    """Draw the picture."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.growth_picture", description=__doc__
    )
    parser.add_argument("--page", type=Path, default=FIGURES, help="the page with the table")
    parser.add_argument("--plot", type=Path, default=PICTURE, help="the picture")
    options = parser.parse_args(arguments)
    page = options.page.read_text(encoding="utf-8")
    draw(points_of(table_of(page, "Growth")), options.plot)


def _shown(point: Point) -> float | None:
    return None if point.gap is None else max(point.gap, _LEAST_PERCENT)


def _line(
    points: Sequence[Point], figure: Callable[[Point], float | None]
) -> tuple[list[int], list[float]]:
    """Centers, and a figure of those that have it."""
    known = [(point.centers, value) for point in points if (value := figure(point)) is not None]
    return [centers for centers, _ in known], [value for _, value in known]


def _scales(axes: Axes, sizes: Sequence[int]) -> None:
    axes.set(xscale="log", yscale="log", xlabel="centers (log scale)")
    axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
    axes.xaxis.set_minor_locator(NullLocator())
    # Whole decades, so that small differences look small.
    low, high = np.log10(axes.get_ylim())
    axes.set_ylim(10.0 ** np.floor(low), 10.0 ** np.ceil(high))
    axes.yaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
    axes.yaxis.set_major_formatter(_TICKS)
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.grid(alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)


def _number(cell: str) -> float | None:
    """The figure of a cell, without its unit."""
    if cell == NONE:
        return None
    return float(cell.strip("<").removesuffix("%").removesuffix(" s").replace(",", ""))


if __name__ == "__main__":
    main()
