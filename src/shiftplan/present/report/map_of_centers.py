"""The map: every center by its place, its need and its share of seats filled.

`Facts` -> `Map`, far-off centers such as islands in a drawing of their own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from shiftplan.present.report.content import Map, Mark, Panel
from shiftplan.present.report.facts import Facts
from shiftplan.present.report.geography import drawing, far_off, on_plane, round_km
from shiftplan.present.report.labels import place_labels
from shiftplan.present.texts.wording import number, percent
from shiftplan.scoring.equity import CenterSeats
from shiftplan.scoring.fill import step

_WIDTH = 560.0
_AROUND_KM = 9.0
_CORNER = 14.0
"""Distance of the scale from the edges."""
_RADII = (3.5, 11.0)
_TEXTS = 20.0, 13.0
_MOST_LABELS, _MAJOR = 16, 6


def map_of(facts: Facts) -> Map | None:
    """The map; None where not even two centers have coordinates, as one dot tells nothing."""
    seats = {c.center_id: c for c in facts.equity.centers}
    known = [
        (place, c.lat, c.lon)
        for place, c in enumerate(facts.problem.centers)
        if c.lat is not None and c.lon is not None
    ]
    if len(known) < 2:
        return None
    points = on_plane([(lat, lon) for _, lat, lon in known])
    far = far_off(points)
    sides = [[i for i in range(len(known)) if i not in far], sorted(far)]
    names = [facts.words["report map main" if far else "report map all"]]
    names.append(facts.words["report map far"])
    most = max(_need(seats[facts.problem.centers[place].center_id]) for place, *_ in known)
    panels = [
        _panel(facts, seats, name, [(known[i][0], points[i]) for i in side], most, inset=side_no)
        for side_no, (name, side) in enumerate(zip(names, sides, strict=True))
        if side
    ]
    return Map(tuple(panels), len(facts.problem.centers) - len(known))


def _need(center: CenterSeats) -> float:
    """What the size of a mark shows: hours of citizens' work forecast, else seats."""
    return center.people.hours or center.skilled.hours or float(center.both.target)


def _panel(
    facts: Facts,
    seats: dict[str, CenterSeats],
    name: str,
    placed: Sequence[tuple[int, tuple[float, float]]],
    most: float,
    *,
    inset: int,
) -> Panel:
    heights = (240.0, 520.0) if inset else (280.0, 640.0)
    plane = drawing([point for _, point in placed], _WIDTH, heights, 46.0)
    marks: list[Mark] = []
    order: list[tuple[float, float, Mark, str]] = []
    for place, point in placed:
        center = seats[facts.problem.centers[place].center_id]
        x, y = plane.place(point)
        both = center.both
        small, large = _RADII
        size = small + (large - small) * math.sqrt(_need(center) / most if most else 0.0)
        mark = Mark(
            center=place,
            x=round(x, 1),
            y=round(y, 1),
            radius=round(size, 1),
            step=step(both.filled, both.target),
            title=_title(facts, center),
        )
        marks.append(mark)
        order.append((both.share, -_need(center), mark, center.name))
    order.sort(key=lambda entry: entry[:2])
    labels = place_labels(
        [(mark, text) for *_, mark, text in order[:_MOST_LABELS]],
        marks,
        (plane.width, plane.height),
        major=_MAJOR,
        text_sizes=_TEXTS,
    )
    marks.sort(key=lambda mark: -mark.radius)  # small marks stand in front of large ones
    bar = round_km(plane.width / plane.scale / 4)
    around = _AROUND_KM * plane.scale
    low = plane.height - around - 2 * _CORNER
    taken = any(m.y > low and m.x < bar * plane.scale + around + _CORNER for m in marks)
    left = plane.width - bar * plane.scale - _CORNER if taken else _CORNER
    return Panel(
        name=name,
        width=plane.width,
        height=round(plane.height, 1),
        marks=tuple(marks),
        labels=labels,
        around=round(around, 1),
        scale_left=round(left, 1),
        scale=round(bar * plane.scale, 1),
        scale_km=bar,
    )


def _title(facts: Facts, center: CenterSeats) -> str:
    """Name, share and seats of a center."""
    both, lang = center.both, facts.lang
    if not both.target:
        return facts.words["report mark none"].format(center.name)
    counts = facts.words["of"].format(number(both.filled, lang), number(both.target, lang))
    share = percent(both.share, lang)
    return facts.words["report mark"].format(center.name, share, counts)
