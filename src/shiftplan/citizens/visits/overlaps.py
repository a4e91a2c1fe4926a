"""Exports that overlap: rows without ticket or visit that an earlier file has too.

`LogRows` of each file -> rows to leave out.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from shiftplan.citizens.visits.counts import Bools, Ints
from shiftplan.citizens.visits.rows import LogRows

_COPIED = 0.9
"""Share of the rows of the smaller file, on the dates that both have, that make it an overlap."""
_DISTINCT = 0.5
"""Share of rows unlike all others of their file from which times are exact enough for that."""


def overlapping(parts: Sequence[LogRows]) -> Bools:
    """Find rows that an earlier file has too, a mask over the rows of all files in turn.

    Rows of a visit or ticket are left to `visits_of`. Others are equal if center, time and services
    are. Two files overlap at a center if at least 90% of the rows of the smaller one, on the dates
    that both have, are in the other: two kiosks of one center hardly ever agree so far. Where most
    rows have equals in their own file, for their times are rounded, all rows must be the same.
    """
    found = [np.zeros(len(part), dtype=bool) for part in parts]
    places = [_center_days(part) for part in parts]
    for (i, one), (j, other) in combinations(enumerate(parts), 2):
        shared = np.intersect1d(places[i][places[i] >= 0], places[j][places[j] >= 0])
        if len(shared):
            mine = np.flatnonzero(np.isin(places[i], shared) & ~found[i])
            theirs = np.flatnonzero(np.isin(places[j], shared) & ~found[j])
            found[j][theirs] = _copies(one, mine, other, theirs)
    return np.concatenate(found)


def _center_days(rows: LogRows) -> Ints:
    """A number for center and date of each row; -1 for rows of a visit or ticket."""
    place = rows.day * len(rows.centers) + rows.center
    return np.where((rows.visit == 0) & (rows.ticket == 0), place, -1)


def _copies(one: LogRows, mine: Ints, other: LogRows, theirs: Ints) -> Bools:
    """Which of `their` rows are copies, at centers where the files overlap."""
    n = len(mine)
    parts = [
        np.concatenate([getattr(one, name)[mine], getattr(other, name)[theirs]])
        for name in ("center", "time", "signature")
    ]
    _, key = np.unique(np.stack(parts, axis=1).astype(np.float64), axis=0, return_inverse=True)
    key = np.asarray(key, dtype=np.int64).ravel()
    most = int(key.max()) + 1
    have, want = np.bincount(key[:n], minlength=most), np.bincount(key[n:], minlength=most)
    order = np.argsort(key[n:], kind="stable")
    turn = np.empty(len(theirs), dtype=np.int64)  # first, second and so on of equal rows
    turn[order] = np.arange(len(theirs)) - np.repeat(np.cumsum(want) - want, want)
    is_copy = turn < have[key[n:]]
    centers = len(one.centers)
    sizes = [np.bincount(c, minlength=centers) for c in (parts[0][:n], parts[0][n:])]
    copies = np.bincount(parts[0][n:], weights=is_copy, minlength=centers)
    distinct = np.bincount(parts[0][:n], weights=have[key[:n]] == 1, minlength=centers)
    exact = distinct >= _DISTINCT * sizes[0]
    same = (copies == sizes[0]) & (copies == sizes[1])
    overlap = np.where(exact, copies >= _COPIED * np.minimum(*sizes), same)
    return np.asarray(is_copy & overlap[parts[0][n:]])
