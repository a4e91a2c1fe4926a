"""Points of a trade-off as a picture. matplotlib is imported here only, and late.

`Tradeoff` -> PNG file: what evenness costs in empty seats, in km, and in the worst-served area.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from shiftplan.analysis.tradeoff import Point, Tradeoff
from shiftplan.present.answers.tradeoffs import label
from shiftplan.present.texts import Lang
from shiftplan.present.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes

_OWN, _OTHER, _DOMINATED = "#d55e00", "#0072b2", "#7f7f7f"
"""Colours that can be told apart by people who do not see all colours."""
_SMALL = 10.5
"""Size of the type of the legend and of numbers; pictures are shown at two thirds of their size."""
_SIDES = (("left", 9, -4), ("right", -9, -4), ("center", 0, 9), ("center", 0, -17))
"""Where the number of a mark may stand: how it is set, and how far right and up, in points."""
_ROOM = 11
"""Points from the middle of a number to that of another number or mark."""


def can_draw() -> bool:
    """Whether the plotting library is installed (the extra `plots`)."""
    return find_spec("matplotlib") is not None


def draw(found: Tradeoff, path: Path, lang: Lang = "en") -> None:
    """Draw the points into a PNG file; one that others dominate is hollow."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D
    from matplotlib.ticker import MaxNLocator

    say, points = Words(lang), found.points
    kinds: list[tuple[str, Callable[[Point], float]]]
    kinds = [("empty_axis", lambda p: p.figures.empty_seats)]
    if any(point.figures.km is not None for point in points):
        kinds.append(("km_axis", lambda p: p.figures.km or 0))
    if any(point.figures.lowest_area is not None for point in points):
        kinds.append(("area_axis", lambda p: 100 * (p.figures.lowest_area or 0.0)))
    figure = Figure(figsize=(3 + 4 * len(kinds), 6), layout="constrained", dpi=120)
    FigureCanvasAgg(figure)
    panels = figure.subplots(1, len(kinds), squeeze=False, sharey=True)[0]
    numbers = []
    for axes, (key, right) in zip(panels, kinds, strict=True):
        numbers.append(_panel(axes, points, right, say(f"tradeoffs.{key}")))
        whole = key != "area_axis"
        axes.xaxis.set_major_locator(MaxNLocator(5, integer=whole, min_n_ticks=1))
    panels[0].set_ylabel(say("tradeoffs.unevenness_axis"))
    figure.suptitle(say("tradeoffs.tradeoff_title"))
    rows = [
        f"{p.number}  {label(p, found.own, lang)} "
        + f"({say('plans.gap')} {say.percent(p.total.gap, up=True)}"
        + (f"; {say('tradeoffs.dominated')})" if p.dominated else ")")
        for p in points
    ]
    marks = [
        Line2D([], [], marker="o", linestyle="", color=edge, markerfacecolor=fill)
        for edge, fill in map(_look, points)
    ]
    figure.legend(marks, rows, loc="outside lower center", ncols=2, fontsize=_SMALL)
    figure.draw_without_rendering()  # only then is it known where marks are
    for axes, texts in zip(panels, numbers, strict=True):
        _number(axes, texts, 72 / figure.dpi)
    figure.savefig(path, format="png")


def _look(point: Point) -> tuple[str, str]:
    """Colour of a point's edge, and of its inside."""
    color = _OWN if point.is_week else _DOMINATED if point.dominated else _OTHER
    return color, "none" if point.dominated else color


def _panel(
    axes: Axes, points: tuple[Point, ...], right: Callable[[Point], float], name: str
) -> dict[tuple[float, float], str]:
    """Unevenness in percent upwards, something else to the right; points in one place share a mark.

    Returns the numbers of the points at each mark.
    """
    places: dict[tuple[float, float], list[Point]] = {}
    for point in points:
        places.setdefault((right(point), 100 * point.figures.unevenness), []).append(point)
    for (x, y), here in places.items():
        shown = min(here, key=lambda p: (not p.is_week, p.dominated))
        color, fill = _look(shown)
        axes.plot([x], [y], "o", color=color, markerfacecolor=fill, markersize=8)
    few = [right(point) for point in points]
    room = max(1.0, 0.12 * (max(few) - min(few)))
    axes.set_xlim(min(few) - room, max(few) + room)
    axes.set_xlabel(name)
    axes.margins(y=0.12)
    axes.grid(alpha=0.3)
    return {place: ", ".join(str(p.number) for p in here) for place, here in places.items()}


def _number(axes: Axes, texts: dict[tuple[float, float], str], points: float) -> None:
    """Write a number at each mark, on the first side where it covers neither mark nor number.

    `points`: points of type in a pixel.
    """
    marks = {place: axes.transData.transform(place) * points for place in texts}
    taken: list[tuple[tuple[float, float] | None, float, float]]
    taken = [(place, x, y) for place, (x, y) in marks.items()]
    for place, text in texts.items():
        x, y = marks[place]
        half = {"left": 3 * len(text), "right": -3 * len(text), "center": 0}
        spots = [(side, x + right + half[side], y + up + 4) for side, right, up in _SIDES]
        free = [
            all(max(abs(a - c), abs(b - d)) >= _ROOM for other, c, d in taken if other != place)
            for _, a, b in spots
        ]
        chosen = free.index(True) if any(free) else 0
        side, right, up = _SIDES[chosen]
        taken.append((None, spots[chosen][1], spots[chosen][2]))
        axes.annotate(
            text, place, (right, up), textcoords="offset points", fontsize=_SMALL, ha=side
        )
