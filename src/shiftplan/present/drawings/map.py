"""The map: every center by its place, its need and its share of seats filled.

`CenterSeats` -> `Map`, far-off centers such as islands in a drawing of their own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shiftplan.present.drawings.labels import Label, LabelledMark, place_labels
from shiftplan.present.drawings.plane import drawing, far_off, on_plane, round_km
from shiftplan.problem import Problem
from shiftplan.scoring.equity import CenterSeats

CORNER = 14.0
"""Distance of the scale from the edges."""
_WIDTH, _MARGIN = 560.0, 46.0
_HEIGHTS = (280.0, 640.0), (240.0, 520.0)
"""Least and greatest height of the drawing of most centers, and of that of far-off ones."""
_RADII = (3.5, 11.0)
_AROUND_KM = 9.0
_MOST_LABELS = 16


@dataclass(frozen=True, slots=True)
class Panel:
    """One drawing of the map; lengths are in units of its own drawing."""

    name: str
    """Which centers it shows: `main`, `far` or `all`."""
    width: float
    height: float
    marks: tuple[LabelledMark, ...]
    """The largest first, so that small ones stand in front of them."""
    labels: tuple[Label, ...]
    around: float
    """Radius of the pale area around each center."""
    scale_left: float
    """Where the bar of the scale begins."""
    scale: float
    """Length of the bar of `scale_km` km."""
    scale_km: int


@dataclass(frozen=True, slots=True)
class Map:
    """The map of centers, with far-off ones in a drawing of their own."""

    panels: tuple[Panel, ...]
    unplaced: int
    """Centers without coordinates."""


def map_of(problem: Problem, centers: Iterable[CenterSeats]) -> Map | None:
    """The map of some centers; None where not even two have coordinates: one dot tells nothing."""
    seats = {c.center_id: c for c in centers}
    known = [
        (seats[c.center_id], (c.lat, c.lon))
        for c in problem.centers
        if c.center_id in seats and c.lat is not None and c.lon is not None
    ]
    if len(known) < 2:
        return None
    points = on_plane([place for _, place in known])
    far = far_off(points)
    most = max(_need(center) for center, _ in known)
    panels = []
    for inset, name in enumerate(("main", "far") if far else ("all",)):
        own = [(known[i][0], points[i]) for i in range(len(known)) if (i in far) == bool(inset)]
        panels.append(_panel(name, own, most, _HEIGHTS[inset]))
    return Map(tuple(panels), len(seats) - len(known))


def _need(center: CenterSeats) -> float:
    """What the size of a mark shows: hours of citizens' work forecast, else seats."""
    return center.people.hours or center.skilled.hours or float(center.both.target)


def _panel(
    name: str,
    placed: Sequence[tuple[CenterSeats, tuple[float, float]]],
    most: float,
    heights: tuple[float, float],
) -> Panel:
    plane = drawing([point for _, point in placed], _WIDTH, heights, _MARGIN)
    small, large = _RADII
    marks = []
    for center, point in placed:
        x, y = plane.place(point)
        size = small + (large - small) * math.sqrt(_need(center) / most if most else 0.0)
        marks.append(LabelledMark(center, round(x, 1), round(y, 1), round(size, 1)))
    wanted = sorted(marks, key=lambda mark: (mark.seats.both.share, -_need(mark.seats)))
    bar = round_km(plane.width / plane.scale / 4)
    long, around = bar * plane.scale, _AROUND_KM * plane.scale
    low = plane.height - around - 2 * CORNER
    taken = any(m.y > low and m.x < long + around + CORNER for m in marks)
    return Panel(
        name=name,
        width=plane.width,
        height=round(plane.height, 1),
        marks=tuple(sorted(marks, key=lambda mark: -mark.radius)),
        labels=place_labels(wanted[:_MOST_LABELS], marks, (plane.width, plane.height)),
        around=round(around, 1),
        scale_left=round(plane.width - long - CORNER if taken else CORNER, 1),
        scale=round(long, 1),
        scale_km=bar,
    )
