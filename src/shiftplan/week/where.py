"""Which centers a name in a column `where` is for, and how closely.

Rows of the tables policy and days -> those that hold at a center.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shiftplan.week.records import Center

NO_PLACE = "there is no such center, type of unit or area"
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


def place_names(centers: Iterable[Center]) -> set[str]:
    """All that a column `where` may name."""
    names = {"minority", "remote"}
    for center in centers:
        names |= {center.center_id, center.type, *center.groups}
    return names - {""}
