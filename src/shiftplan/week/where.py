"""Where centers are: which names are for them, in which areas they count, and how far apart.

Records of centers -> what tables and rules ask about their places.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from shiftplan.errors.message import Message

if TYPE_CHECKING:
    from shiftplan.week.records import Center

NO_PLACE = Message("week.no_such_place")
"""What is said of a name that is for no center at all."""


def closeness(where: str, center: Center) -> int:
    """How closely a name is meant for a center; the row that is meant most closely holds.

    Parameters
    ----------
    where
        A center_id, a name in the column groups of centers, `minority`, `remote`, or a type of
        unit such as xã; empty for all centers.
    center
        The center.

    Returns
    -------
    int
        6 for the center itself, 5 for one of its groups, 4 for `minority`, 3 for `remote`, 2 for
        its type, 1 for all centers, and 0 where the name is not for it.
    """
    if not where:
        return 1
    if where == center.center_id:
        return 6
    if where in center.groups:
        return 5
    if where == "minority" and center.minority_area:
        return 4
    if where == "remote" and center.remote_area:
        return 3
    return 2 if where == center.type else 0


class Placed(Protocol):
    """A row that is meant for some centers."""

    @property
    def where(self) -> str:
        """A name that `closeness` takes."""


_Row = TypeVar("_Row", bound=Placed)


def closest(rows: Iterable[_Row], center: Center) -> Sequence[_Row]:
    """Those of some rows that are meant most closely for a center, which all name one place.

    Of rows for two groups of the center, those for the group that is named last.
    """
    ranks = [(closeness(row.where, center), row) for row in rows]
    best = max((rank for rank, _ in ranks), default=0)
    meant = [row for rank, row in ranks if rank == best > 0]
    return [row for row in meant if row.where == meant[-1].where]


def names_of(center: Center) -> Iterator[tuple[int, str]]:
    """Yield (closeness, name) of all names that are meant for a center, the closest first."""
    yield 6, center.center_id
    for name in center.groups:
        yield 5, name
    if center.minority_area:
        yield 4, "minority"
    if center.remote_area:
        yield 3, "remote"
    if center.type:
        yield 2, center.type
    yield 1, ""


def place_names(centers: Iterable[Center]) -> set[str]:
    """All that a column `where` may name."""
    names = {"minority", "remote"}
    for center in centers:
        names |= {center.center_id, center.type, *center.groups}
    return names - {""}


def area_classes(center: Center) -> tuple[str, ...]:
    """Classes of area a center counts in: all that it belongs to, so that classes may overlap.

    `minority` when its minority_area is set, `remote` when its remote_area is, `other` when
    neither is; then the names in its groups.
    """
    flags = {"minority": center.minority_area, "remote": center.remote_area}
    areas = tuple(name for name, is_set in flags.items() if is_set) or ("other",)
    return (*areas, *center.groups)


def distance(home: Center, there: Center) -> float | None:
    """Great-circle distance in km, radius 6371.0088 km; None when coordinates are unknown."""
    if home.center_id == there.center_id:
        return 0.0
    if None in (home.lat, home.lon, there.lat, there.lon):
        return None
    a, b = (math.radians(c.lat or 0.0) for c in (home, there))
    c, d = (math.radians(c.lon or 0.0) for c in (home, there))
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin((d - c) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(h))
