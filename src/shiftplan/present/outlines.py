"""Centers on a plane as shapes to color: the areas of a map, or dots where there is none.

(`Problem`, `AreaMap`) -> `Outlines`, whose paths are those of SVG. Areas without a center are land
behind; far-off centers, such as islands, have a drawing of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from shiftplan.files.geojson import Area, AreaMap
from shiftplan.present.map import drawing, far_off, map_of, on_plane, round_km
from shiftplan.problem import Problem
from shiftplan.problem.by_name import words_of
from shiftplan.scoring.equity import CenterSeats, Seats

_WIDTH, _MARGIN = 900.0, 10.0
_HEIGHTS = (300.0, 900.0), (300.0, 700.0)
"""Least and greatest height of the drawing of most centers, and of that of far-off ones."""
_Ring = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Outline:
    """One center on the map."""

    center_id: str
    """The center."""
    path: str
    """Its shape, in the path syntax of SVG, to be filled by the rule `evenodd`."""
    x: float
    """Horizontal place of its name."""
    y: float
    """Vertical place of its name."""
    reach: float
    """Half the longer side of its largest piece; small ones get a ring, so that they are seen."""


@dataclass(frozen=True, slots=True)
class OutlinePanel:
    """One drawing; lengths are in its own units."""

    name: str
    """Which centers it shows: `main`, `far` or `all`."""
    width: float
    """Width."""
    height: float
    """Height."""
    outlines: tuple[Outline, ...]
    """Its centers."""
    land: str
    """Areas without a center, in the path syntax of SVG."""
    scale: float
    """Length of the bar of `scale_km` km."""
    scale_km: int
    """Length of the bar on the ground."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """The map of a week."""

    has_shapes: bool
    """Whether centers are areas; else they are dots."""
    source: str
    """Where the shapes are from; may be empty."""
    panels: tuple[OutlinePanel, ...]
    """Its drawings; none where no center has a place."""


def outlines_of(problem: Problem, areas: AreaMap | None) -> Outlines:
    """Draw the centers of a week: as areas as far as they match any, else as dots.

    Centers are matched by the property that holds most of their ids, or else of their names.
    """
    found = {} if areas is None else _matched(problem, areas.areas)
    if areas is None or not found:
        return Outlines(False, "", tuple(_dots(problem)))
    return Outlines(True, areas.source, tuple(_panels(problem, areas.areas, found)))


def _matched(problem: Problem, areas: Sequence[Area]) -> dict[int, str]:
    """Place of an area -> the center that it is the ground of."""
    bearers = Counter(tuple(words_of(c.name)) for c in problem.centers if c.name)
    by_name = {tuple(words_of(c.name)): c.center_id for c in problem.centers if c.name}
    by_name = {words: center for words, center in by_name.items() if bearers[words] == 1}
    ids = {c.center_id: c.center_id for c in problem.centers}
    ways: tuple[Callable[[str], str | None], ...] = (
        ids.get,
        lambda text: by_name.get(tuple(words_of(text))),
    )
    properties = dict.fromkeys(name for area in areas for name in area.names)
    best: dict[int, str] = {}
    for center_of in ways:
        for name in properties:
            found = {
                place: center
                for place, area in enumerate(areas)
                if name in area.names and (center := center_of(area.names[name])) is not None
            }
            if len({*found.values()}) > len({*best.values()}):
                best = found
    return best


def _panels(
    problem: Problem, areas: Sequence[Area], found: Mapping[int, str]
) -> Iterator[OutlinePanel]:
    flat = iter(on_plane([point for area in areas for ring in area.rings for point in ring]))
    grounds = [[[next(flat) for _ in ring] for ring in area.rings] for area in areas]
    land = [ring for place, own in enumerate(grounds) if place not in found for ring in own]
    rings: dict[str, list[_Ring]] = {c.center_id: [] for c in problem.centers}
    for place, center_id in found.items():
        rings[center_id] += grounds[place]
    shown = {center_id: own for center_id, own in rings.items() if own}
    middle = {center_id: _middle(own) for center_id, own in shown.items()}
    far = {[*shown][place] for place in far_off([*middle.values()])}
    for inset, name in enumerate(("main", "far") if far else ("all",)):
        own = {c: ground for c, ground in shown.items() if (c in far) == bool(inset)}
        points = [point for ground in own.values() for ring in ground for point in ring]
        plane = drawing(points, _WIDTH, _HEIGHTS[inset], _MARGIN)
        outlines = (
            Outline(
                c,
                _path(ground, plane.place),
                *_rounded(plane.place(middle[c])),
                round(max(map(_reach, ground)) * plane.scale, 1),
            )
            for c, ground in own.items()
        )
        bar = round_km(plane.width / plane.scale / 4)
        yield OutlinePanel(
            name=name,
            width=plane.width,
            height=round(plane.height, 1),
            outlines=tuple(outlines),
            land="" if inset else _path(land, plane.place),
            scale=round(bar * plane.scale, 1),
            scale_km=bar,
        )


def _path(
    rings: Iterable[_Ring], place: Callable[[tuple[float, float]], tuple[float, float]]
) -> str:
    """Rings as a path; what is smaller than a tenth of a unit is left out."""
    pieces = []
    for ring in rings:
        corners = [_rounded(place(point)) for point in ring]
        kept = [c for c, before in zip(corners, [None, *corners], strict=False) if c != before]
        if len(kept) > 3:  # the last corner is the first one
            pieces.append("M" + "L".join(f"{x:g} {y:g}" for x, y in kept[:-1]) + "Z")
    return "".join(pieces)


def _rounded(point: tuple[float, float]) -> tuple[float, float]:
    return round(point[0], 1), round(point[1], 1)


def _middle(rings: Sequence[_Ring]) -> tuple[float, float]:
    """Center of mass of the largest ring."""
    area, x, y = max(map(_mass, rings), key=lambda mass: abs(mass[0]))
    return (x, y) if area else rings[0][0]


def _reach(ring: _Ring) -> float:
    """Half the longer side of the box around a ring."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return max(max(xs) - min(xs), max(ys) - min(ys)) / 2


def _mass(ring: _Ring) -> tuple[float, float, float]:
    """Area of a ring, signed, and its center of mass; the origin for a ring without area."""
    (x0, y0), area, x, y = ring[0], 0.0, 0.0, 0.0
    for (ax, ay), (bx, by) in pairwise(ring):
        part = (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
        area, x, y = area + part, x + part * (ax + bx - 2 * x0), y + part * (ay + by - 2 * y0)
    return (area / 2, x0 + x / (3 * area), y0 + y / (3 * area)) if area else (0.0, 0.0, 0.0)


def _dots(problem: Problem) -> Iterator[OutlinePanel]:
    """Yield the drawings of a map of dots, as reports have it, of the same size each."""
    asked = Seats(target=1)
    found = map_of(
        problem, [CenterSeats(c.center_id, c.name, asked, Seats()) for c in problem.centers]
    )
    for panel in () if found is None else found.panels:
        outlines = (
            Outline(m.seats.center_id, _circle(m.x, m.y, m.radius), m.x, m.y, m.radius)
            for m in panel.marks
        )
        yield OutlinePanel(
            name=panel.name,
            width=panel.width,
            height=panel.height,
            outlines=tuple(outlines),
            land="".join(_circle(m.x, m.y, panel.around) for m in panel.marks),
            scale=panel.scale,
            scale_km=panel.scale_km,
        )


def _circle(x: float, y: float, radius: float) -> str:
    """A circle as a path."""
    left, across = f"M{x - radius:g} {y:g}", f"a{radius:g} {radius:g} 0 1 0"
    return f"{left}{across} {2 * radius:g} 0{across} {-2 * radius:g} 0Z"
