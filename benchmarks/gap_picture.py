"""The picture of benchmarks/README.md, from the table in the page of figures.

    python -m benchmarks.gap_picture

Table over time -> the gap of each engine at the moments quoted -> PNG.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullFormatter, NullLocator

from benchmarks.figures import COLORS
from benchmarks.pages import FIGURES, table_of

PICTURE = FIGURES.with_name("gaps.png")
INSTANCE = "an_giang"
NAMES: Mapping[str, str] = {"shiftplan": "shiftplan", "highs": "HiGHS", "cpsat": "CP-SAT"}
"""Engines that are drawn, and their names."""
_MARKS: Mapping[str, str] = {"shiftplan": "o", "highs": "s", "cpsat": "^"}
_TICKS = (0.01, 0.1, 1.0, 10.0, 100.0)
_NEAR = 1.7
"""Factor within which labels of the same moment would cover each other."""
_PERCENT = FuncFormatter(lambda value, _: f"{value:g}%")


def gaps_of(page: str, instance: str = INSTANCE) -> dict[str, list[tuple[float, float]]]:
    """Engine -> (seconds, gap in per cent), from a page's table over time: of the longest runs.

    Moments without a gap are left out.
    """
    table = table_of(page, "Cost / proven bound / gap over time")
    found: dict[str, list[tuple[float, float]]] = {}
    moments = [float(re.sub(r"[^\d.]", "", mark)) for mark in table.head[3:]]
    for name, engine, _, *cells in table.rows:
        if name == instance and engine in NAMES:
            gaps = [re.search(r"([\d.]+)%$", cell) for cell in cells]
            known = zip(moments, gaps, strict=True)
            found[engine] = [(moment, float(gap[1])) for moment, gap in known if gap]
    return found


def draw(gaps: Mapping[str, Sequence[tuple[float, float]]], path: Path) -> None:
    """Gaps over time, both on log scales; the last of each engine is written beside it."""
    figure = Figure(figsize=(8, 4.2), layout="constrained", dpi=110)
    axes = figure.subplots()
    moments = sorted({moment for points in gaps.values() for moment, _ in points})
    ends = [points[-1] for points in gaps.values()]
    for engine, points in gaps.items():
        times, values = zip(*points, strict=True)
        ratios = [value / values[-1] for time, value in ends if time == times[-1]]
        aside = 8 * sum(1 / _NEAR < r < 1 for r in ratios) - 8 * sum(1 < r < _NEAR for r in ratios)
        axes.plot(times, values, _MARKS[engine] + "-", color=COLORS[engine], lw=2, ms=7)
        label = f"{NAMES[engine]}: {values[-1]:g}%"
        axes.annotate(
            label,
            (times[-1], values[-1]),
            (9, aside),
            textcoords="offset points",
            va="center",
            color=COLORS[engine],
            fontsize=11,
        )
    axes.set(xscale="log", yscale="log", xlim=(moments[0] * 0.85, moments[-1] * 2.9))
    axes.set(ylim=(_TICKS[0], _TICKS[-1] * 1.5))
    axes.set_xticks(moments, [f"{moment:g} s" for moment in moments])
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_yticks(_TICKS)
    axes.yaxis.set_major_formatter(_PERCENT)
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.grid(alpha=0.3)
    axes.set_title("The week of An Giang: what could still be saved at most", loc="left")
    axes.set_ylabel("proven gap (log scale)")
    axes.set_xlabel("seconds since the call (log scale)")
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path)


def main(arguments: Sequence[str] | None = None) -> None:
    """Draw the picture."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gap_picture", description=__doc__)
    parser.add_argument("--page", type=Path, default=FIGURES, help="the page with the table")
    parser.add_argument("--plot", type=Path, default=PICTURE, help="the picture")
    options = parser.parse_args(arguments)
    draw(gaps_of(options.page.read_text(encoding="utf-8")), options.plot)


if __name__ == "__main__":
    main()
