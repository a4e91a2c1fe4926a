"""How well each center is served, as a map.

(`Problem`, `EquityMeasures`) -> a figure: a mark where each center lies, darker the emptier it is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from shiftplan.options import check_options, lang_option
from shiftplan.present.charts.coverage import title
from shiftplan.present.charts.paper import INK, SHADES, drawing, new_sheet, short
from shiftplan.present.texts import TEXTS, Lang
from shiftplan.present.texts.wording import number
from shiftplan.problem import Problem
from shiftplan.scoring.equity import CenterSeats, EquityMeasures
from shiftplan.scoring.fill import step

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_NAMED, _LETTERS, _MARK = 8, 9.5, 4.0
"""Names shown at most; points of their letters; half a mark in points."""
_SIDES: tuple[tuple[Literal["left", "right", "center"], float], ...] = (
    ("left", 0.0),
    ("right", 0.0),
    ("center", 13.0),
    ("center", -13.0),
)
"""How a name may stand at its mark: to its right, to its left, above, below."""
_GROUND = "#eef1f4"
_COLORS = (SHADES[0], SHADES[2], SHADES[3], SHADES[4], SHADES[5])
"""Of the classes of fill, all filled first."""
_MARKS = ("o", "^", "D", "s", "v")
"""A shape for each class too, so that a copy in black and white tells them apart."""


@dataclass(frozen=True, slots=True)
class _Box:
    """A piece of the sheet, in points."""

    left: float
    low: float
    right: float
    high: float

    def meets(self, other: _Box) -> bool:
        """Whether two boxes share some room."""
        across = self.left < other.right and other.left < self.right
        return across and self.low < other.high and other.low < self.high

    def holds(self, x: float, y: float) -> bool:
        """Whether a mark lies in the box, or touches it."""
        inside = self.left - _MARK < x < self.right + _MARK
        return inside and self.low - _MARK < y < self.high + _MARK


@dataclass(frozen=True, slots=True)
class _Side:
    """A way to place a name."""

    box: _Box
    offset: tuple[float, float]
    across: Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True)
class _Place:
    center: CenterSeats
    lat: float
    lon: float

    @property
    def kind(self) -> int:
        """Number of the class of its share."""
        return step(self.center.both.filled, self.center.both.target)

    @property
    def size(self) -> float:
        """Area of the mark in square points."""
        return 30 + 130 * min(1.0, self.center.both.target / 80)


def draw_map(problem: Problem, found: EquityMeasures, lang: Lang = "en") -> Figure | None:
    """Draw centers with seats on a map; None where not even two of them have coordinates.

    Raises
    ------
    InputError
        There is no such language.
    """
    check_options(lang_option(lang))
    where = {c.center_id: (c.lat, c.lon) for c in problem.centers}
    asked = [center for center in found.centers if center.both.target]
    places = [
        _Place(center, lat, lon)
        for center in asked
        for lat, lon in [where[center.center_id]]
        if lat is not None and lon is not None
    ]
    if len(places) < 2:
        return None
    words = TEXTS[lang]
    below = words["map size"]
    if len(places) < len(asked):
        below += " " + words["map unplaced"].format(number(len(asked) - len(places), lang))
    with drawing():
        figure = new_sheet(title(found, "map title", lang), below=below)
        axes = figure.subplots()
        for kind in reversed(range(len(_COLORS))):
            own = [place for place in places if place.kind == kind]
            if own:
                _draw(axes, own, kind, f"{words[f'fill step {kind}']} ({number(len(own), lang)})")
        _frame(axes, places)
        axes.legend(
            title=words["map legend"],
            loc="center left",
            bbox_to_anchor=(1.01, 0.5),
            frameon=False,
            alignment="left",
        )
        _name(figure, axes, places)
    return figure


def _draw(axes: Axes, places: list[_Place], kind: int, label: str) -> None:
    axes.scatter(
        [place.lon for place in places],
        [place.lat for place in places],
        s=[place.size for place in places],
        c=_COLORS[kind],
        marker=_MARKS[kind],
        edgecolors=INK,
        linewidths=0.7,
        label=label,
        zorder=10 + kind,
    )


def _name(figure: Figure, axes: Axes, places: list[_Place]) -> None:
    """Name the centers that lack most, each on the side where it hides least."""
    figure.draw_without_rendering()  # the places of marks on the sheet are known after it
    scale = figure.dpi / 72
    spots = [axes.transData.transform((place.lon, place.lat)) / scale for place in places]
    taken: list[_Box] = []
    for place, (x, y) in zip(places, spots, strict=True):
        if len(taken) == _NAMED or place.center.both.share == 1:
            return
        name = short(place.center.name, 24)
        sides = [_side(name, x, y, *side) for side in _SIDES]
        free = [side for side in sides if not any(side.box.meets(box) for box in taken)]
        if not free:
            continue
        best = min(free, key=lambda side: sum(side.box.holds(*spot) for spot in spots))
        taken.append(best.box)
        axes.annotate(
            name,
            (place.lon, place.lat),
            xytext=best.offset,
            textcoords="offset points",
            ha=best.across,
            va="center",
            fontsize=_LETTERS,
            zorder=20,
        )


def _side(
    name: str, x: float, y: float, across: Literal["left", "right", "center"], up: float
) -> _Side:
    """Where a name would stand beside, above or below a mark, in points of the sheet."""
    wide, right = 0.6 * _LETTERS * len(name), {"left": 9.0, "right": -9.0, "center": 0.0}[across]
    start = x + right - {"left": 0.0, "right": wide, "center": wide / 2}[across]
    half = 0.7 * _LETTERS
    return _Side(_Box(start, y + up - half, start + wide, y + up + half), (right, up), across)


def _frame(axes: Axes, places: list[_Place]) -> None:
    """Degrees of latitude and longitude in their true proportion, without numbers."""
    middle = math.radians(sum(place.lat for place in places) / len(places))
    axes.set_aspect(1 / max(0.1, math.cos(middle)), adjustable="datalim")
    axes.margins(0.08)
    axes.set_facecolor(_GROUND)
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_visible(True)
