"""Where centers lie: a flat drawing, and which of them lie far off.

Latitudes and longitudes -> km east and south -> places on a drawing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

KM_PER_DEGREE = 6371.0088 * math.pi / 180
_FAR = 2.0
"""So many times the usual way to the nearest center are a gap between groups of centers."""
_LEAST_GAP_KM = 5.0


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
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components
    from scipy.spatial import cKDTree

    if len(points) < 4:
        return frozenset()
    tree = cKDTree(np.array(points))
    nearest = np.asarray(tree.query(np.array(points), k=2)[0])[:, 1]
    gap = max(_LEAST_GAP_KM, _FAR * float(np.median(nearest)))
    pairs = tree.query_pairs(gap, output_type="ndarray")
    joined = coo_array(
        (np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(points), len(points))
    )
    _, group = connected_components(joined, directed=False)
    sizes = np.bincount(group)
    if sizes.max() * 3 < len(points) * 2:
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
