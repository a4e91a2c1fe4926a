"""The map: every center by its place, its need and its share of seats filled.

Latitudes and longitudes -> places on a plane -> `Map`: marks, names where they fit, far-off centers
such as islands in a drawing of their own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from shiftplan.problem import Problem
from shiftplan.scoring.equity import CenterSeats, step

KM_PER_DEGREE = 6371.0088 * math.pi / 180
_FAR = 2.0
"""So many times the usual way to the nearest center are a gap between groups of centers."""
_LEAST_GAP_KM = 5.0
MAJOR = 6
"""So many of the labels of a drawing are for narrow screens too."""
SIZES = 20.0, 13.0
"""Height of the type of those, as large as it gets on narrow screens, and of the others."""
_LETTER = 0.56
"""Mean width of a letter by the size of its type."""
_Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
CORNER = 14.0
"""Distance of the scale from the edges."""
_WIDTH, _MARGIN = 560.0, 46.0
_HEIGHTS = (280.0, 640.0), (240.0, 520.0)
"""Least and greatest height of the drawing of most centers, and of that of far-off ones."""
_RADII = (3.5, 11.0)
_AROUND_KM = 9.0
_MOST_LABELS = 16


@dataclass(frozen=True, slots=True)
class Drawing:
    """A piece of the plane, scaled to a width."""

    left: float
    """Km east of its left edge."""
    top: float
    """Km south of its top edge."""
    scale: float
    """Units of drawing in a km."""
    width: float
    """Units."""
    height: float
    """Units."""

    def place(self, point: tuple[float, float]) -> tuple[float, float]:
        """Where a point of the plane stands on the drawing."""
        return (point[0] - self.left) * self.scale, (point[1] - self.top) * self.scale


def on_plane(places: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Km east and south of (0, 0) for latitudes and longitudes in degrees.

    Lengths from west to east are right at the middle latitude, which is exact enough for a
    province and fair for a country.
    """
    if not places:
        return []
    latitudes = [latitude for latitude, _ in places]
    narrow = math.cos(math.radians((min(latitudes) + max(latitudes)) / 2))
    return [
        (longitude * narrow * KM_PER_DEGREE, -latitude * KM_PER_DEGREE)
        for latitude, longitude in places
    ]


def far_off(points: Sequence[tuple[float, float]]) -> frozenset[int]:
    """Places in the list of points that lie apart from the largest group of them, such as islands.

    Points are of one group when a chain of short steps joins them; a step is short up to twice
    the usual (median) way from a point to its nearest. Nothing lies far off when the largest group
    has less than two thirds of the points.
    """
    count, places = len(points), np.array(points)
    if count < 4:
        return frozenset()

    def km(place: int) -> np.ndarray[Any, Any]:
        """Distances of all from one of them, a row at a time: some weeks have thousands."""
        ways: np.ndarray[Any, Any] = np.sqrt(((places - places[place]) ** 2).sum(axis=1))
        return ways

    nearest = [np.partition(km(place), 1)[1] for place in range(count)]
    gap = max(_LEAST_GAP_KM, _FAR * float(np.median(nearest)))
    group, groups = np.full(count, -1), 0
    for first in range(count):
        if group[first] >= 0:
            continue
        group[first], reached = groups, [first]
        while reached:
            near = np.flatnonzero((km(reached.pop()) <= gap) & (group < 0))
            group[near] = groups
            reached += near.tolist()
        groups += 1
    sizes = np.bincount(group)
    if sizes.max() * 3 < count * 2:
        return frozenset()
    return frozenset(int(i) for i in np.flatnonzero(group != sizes.argmax()))


def drawing(
    points: Sequence[tuple[float, float]], width: float, heights: tuple[float, float], margin: float
) -> Drawing:
    """A drawing of all points with a margin (units), as large as width and heights allow."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    wide, high = max(max(xs) - min(xs), 1.0), max(max(ys) - min(ys), 1.0)
    least, most = heights
    scale = min((width - 2 * margin) / wide, (most - 2 * margin) / high)
    height = max(least, high * scale + 2 * margin)
    left = (max(xs) + min(xs)) / 2 - width / scale / 2
    top = (max(ys) + min(ys)) / 2 - height / scale / 2
    return Drawing(left, top, scale, width, height)


def round_km(most: float) -> int:
    """The greatest of 1, 2, 5, 10, 20, 50, ... km that is not above `most`; at least 1."""
    most = max(most, 1.0)
    size = int(10 ** math.floor(math.log10(most)))
    return max(size * step for step in (1, 2, 5) if size * step <= most)


@dataclass(frozen=True, slots=True)
class LabelledMark:
    """One center on the map."""

    seats: CenterSeats
    x: float
    y: float
    radius: float

    @property
    def step(self) -> int:
        """Class of fill."""
        return step(self.seats.both.filled, self.seats.both.target)

    @property
    def box(self) -> _Box:
        """The square around it."""
        reach = self.radius
        return self.x - reach, self.y - reach, self.x + reach, self.y + reach


@dataclass(frozen=True, slots=True)
class Label:
    """A name beside a mark."""

    mark: LabelledMark
    x: float
    y: float
    anchor: str
    """`start`, `middle` or `end`, as SVG names it."""
    is_minor: bool
    """Whether narrow screens leave it out."""

    @property
    def box(self) -> _Box:
        """The room that it takes."""
        size = SIZES[self.is_minor]
        width = _LETTER * size * len(self.mark.seats.name)
        left = self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        return left, self.y - size * 0.9, left + width, self.y + size * 0.25


def place_labels(
    wanted: Iterable[LabelledMark], marks: Sequence[LabelledMark], size: tuple[float, float]
) -> tuple[Label, ...]:
    """Labels of the wanted marks, the most important first, as far as there is room.

    They cover none of `marks` and stay inside a drawing of a `size` (width and height).
    """
    placed: list[Label] = []
    for mark in wanted:
        taken = [*(m.box for m in marks if m.box != mark.box), *(label.box for label in placed)]
        for label in _places(mark, is_minor=len(placed) >= MAJOR):
            left, top, right, bottom = label.box
            inside = left >= 0 and top >= 0 and right <= size[0] and bottom <= size[1]
            if inside and not any(_meet(label.box, other) for other in taken):
                placed.append(label)
                break
    return tuple(placed)


def _places(mark: LabelledMark, *, is_minor: bool) -> Iterator[Label]:
    """Yield labels to the right, to the left, below, above."""
    size, gap = SIZES[is_minor], mark.radius + 3
    down = mark.y + size * 0.35
    for x, y, anchor in (
        (mark.x + gap, down, "start"),
        (mark.x - gap, down, "end"),
        (mark.x, mark.y + gap + size * 0.8, "middle"),
        (mark.x, mark.y - gap, "middle"),
    ):
        yield Label(mark, round(x, 1), round(y, 1), anchor, is_minor)


def _meet(one: _Box, other: _Box) -> bool:
    across = one[0] < other[2] and other[0] < one[2]
    return across and one[1] < other[3] and other[1] < one[3]


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
