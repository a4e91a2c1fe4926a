"""Shapes of areas for a map, as geographic programs export them (GeoJSON, RFC 7946).

Path -> `AreaMap`, or the fault of a file that is no map. The map of a week is `map.geojson` in its
folder, or `NAME.geojson` beside a workbook; weeks share one as they share tables.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from shiftplan.errors import FaultCode, InputError
from shiftplan.errors.message import Message
from shiftplan.files.shared import above_week
from shiftplan.files.text import file_fault, need_inside, read_json

FILE = "map.geojson"
"""The map in the folder of a week, or of a province above its weeks."""
_MOST_POINTS = 500_000
"""Corners of all areas together: a hundred times those of An Giang."""
_MOST_NAMES = 50
"""Properties of a feature that are read."""
Ring: TypeAlias = tuple[tuple[float, float], ...]
"""Corners of an outline or of a hole, as latitudes and longitudes in degrees."""


@dataclass(frozen=True, slots=True)
class Area:
    """A feature of a map that covers ground."""

    names: Mapping[str, str]
    """Property -> its text, for those that are texts or whole numbers; the id is `id`."""
    rings: tuple[Ring, ...]
    """Outlines of its pieces and of their holes."""


@dataclass(frozen=True, slots=True)
class AreaMap:
    """A map."""

    source: str
    """Origin of its shapes, as stated by its member `source`; may be empty."""
    areas: tuple[Area, ...]
    """Its areas, in the order of the file."""


def find_map(week: str | os.PathLike[str]) -> Path | None:
    """Find the map of a week: beside its tables, or in the folder of its province or nation."""
    path = Path(week)
    own = path / FILE if path.is_dir() else path.with_suffix(".geojson")
    return own if own.is_file() else above_week(path, FILE)


def read_areas(path: str | os.PathLike[str]) -> AreaMap:
    """Read the areas of a GeoJSON file; points and lines in it are left out.

    Parameters
    ----------
    path
        The file, a FeatureCollection.

    Raises
    ------
    InputError
        It cannot be read, is no FeatureCollection, has no areas or too many points, or its points
        are not longitudes and latitudes in degrees.
    """
    place = Path(path)
    need_inside(place.parent, place)
    found = read_json(place)
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or found.get("type") != "FeatureCollection":
        raise _fault(place, "files.no_feature_collection")
    areas, points = [], 0
    for number, feature in enumerate(features, start=1):
        try:
            rings = tuple(_rings(feature))
        except (TypeError, ValueError, KeyError, AttributeError, RecursionError):
            raise _fault(
                place, "files.area_unreadable", "files.export_as_degrees", n=number
            ) from None
        points += sum(map(len, rings))
        if points > _MOST_POINTS:
            raise _fault(place, "files.too_many_corners", code="too_large", most=_MOST_POINTS)
        if rings:
            areas.append(Area(_names(feature), rings))
    if not areas:
        raise _fault(place, "files.no_areas")
    source = found.get("source")
    return AreaMap(source if isinstance(source, str) else "", tuple(areas))


def _fault(
    path: Path, message: str, remedy: str = "", *, code: FaultCode = "invalid_value", **facts: int
) -> InputError:
    return file_fault(code, path, Message(message, **facts), remedy and Message(remedy))


def _rings(feature: Any) -> Iterator[Ring]:
    """Yield outlines and holes of a feature; none of what covers no ground."""
    geometry = feature["geometry"]
    yield from () if geometry is None else _of_geometry(geometry)


def _of_geometry(geometry: Any) -> Iterator[Ring]:
    match geometry["type"]:
        case "Polygon":
            yield from map(_ring, geometry["coordinates"])
        case "MultiPolygon":
            for polygon in geometry["coordinates"]:
                yield from map(_ring, polygon)
        case "GeometryCollection":
            for part in geometry["geometries"]:
                yield from _of_geometry(part)


def _ring(points: Any) -> Ring:
    """The corners of a ring, checked to be degrees; heights in it are left out."""
    ring = []
    for longitude, latitude, *_ in points:
        if isinstance(longitude, bool) or isinstance(latitude, bool):
            raise TypeError
        if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
            raise ValueError
        ring.append((float(latitude), float(longitude)))
    if len(ring) < 4:
        raise ValueError
    return tuple(ring)


def _names(feature: Mapping[str, Any]) -> dict[str, str]:
    known = feature.get("properties")
    items = [*known.items()][:_MOST_NAMES] if isinstance(known, dict) else []
    found = {
        name: str(value).strip()
        for name, value in (("id", feature.get("id")), *items)
        if isinstance(value, (str, int)) and not isinstance(value, bool)
    }
    return {name: text for name, text in found.items() if text}
