"""How long ways between centers take, and which can be travelled in time, as arrays for the model.

`Arrays`, ends and times of journeys -> minutes, or whether each can be made. The checker never
reads it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from shiftplan.case.arrays import Array, Arrays
from shiftplan.week.where import closeness

if TYPE_CHECKING:
    from shiftplan.week.travel import Way

_Told: TypeAlias = "Sequence[Sequence[Way]]"
"""Rows that count together for some ways."""


def in_time(
    arrays: Arrays, here: Array, there: Array, leave: Array, arrive: Array, speed_kmh: int
) -> Array:
    """Whether somebody who leaves a center at a minute can be at another one by a later minute.

    `here`, `there`: indices of centers; `leave`, `arrive`: minutes from the horizon's first
    midnight; all int of one shape (journeys,). Bool of that shape. `speed_kmh`: kilometres in an
    hour, as the crow flies, where no row of the table travel is for the way.
    """
    told, which = _rows_of(arrays, here, there)
    made = np.zeros(len(here), dtype=bool)
    free = which < 0
    flown = _as_the_crow_flies(arrays, here[free], there[free], speed_kmh)
    made[free] = flown <= (arrive - leave)[free]
    order = np.argsort(which, kind="stable")
    for number, own in enumerate(
        np.split(order, np.searchsorted(which[order], np.arange(len(told))))[1:]
    ):
        if len(own):
            rows = told[number]
            made[own] = np.any(
                [_made(arrays, row, leave[own], arrive[own]) for row in rows], axis=0
            )
    return made


def minutes_of(arrays: Arrays, here: Array, there: Array, speed_kmh: int) -> Array:
    """How long ways take at least, in minutes, whenever one can leave.

    All is as in `in_time`; float of its shape.
    """
    told, which = _rows_of(arrays, here, there)
    minutes = _quickest(told)[which]
    free = which < 0
    minutes[free] = _as_the_crow_flies(arrays, here[free], there[free], speed_kmh)
    return minutes


def driven(arrays: Arrays, here: Array, there: Array, speed_kmh: int) -> Array:
    """Kilometres driven at a speed in the minutes of ways that the table travel has; else NaN.

    `here`, `there`: indices of centers, int of shapes that fit each other. Float of their shape.
    """
    told, which = _rows_of(arrays, here, there)
    is_told = (which >= 0) & (here != there)
    return np.asarray(np.where(is_told, _quickest(told)[which] * speed_kmh / 60, np.nan))


def _quickest(told: _Told) -> Array:
    """Fewest minutes of the rows for each way of which rows tell, and NaN at the end."""
    return np.array([*(min(row.minutes for row in rows) for rows in told), np.nan])


def _rows_of(arrays: Arrays, here: Array, there: Array) -> tuple[_Told, Array]:
    """What rows tell, and which entry of it each way has, int of its shape; -1 for none."""
    told, sets = _told(arrays)
    return told, sets[here, there]


def _as_the_crow_flies(arrays: Arrays, here: Array, there: Array, speed_kmh: int) -> Array:
    """Minutes, rounded up, of ways of which only the distance is known."""
    border = np.round(arrays.km[here, there] * 60 / speed_kmh) * speed_kmh / 60
    km = arrays.km_beside(here, there, border)
    return np.asarray(np.ceil(km * 60 / speed_kmh))


def _made(arrays: Arrays, row: Way, leave: Array, arrive: Array) -> Array:
    """Whether a row brings people who leave from a minute on to the end of the way by another."""
    latest = arrive - row.minutes
    if row.always:
        return np.asarray(leave <= latest)
    horizon = arrays.week.horizon
    first, last = (horizon.moment(m).date() for m in (leave.min(), max(leave.min(), latest.max())))
    made = np.zeros(len(leave), dtype=bool)
    for number in range((last - first).days + 1):
        if departures := row.departures(first + dt.timedelta(number)):
            begin, end = map(horizon.minutes, departures)
            made |= np.maximum(leave, begin) <= np.minimum(latest, end - 1)
    return made


def _told(arrays: Arrays) -> tuple[_Told, Array]:
    """Rows that count together, and which of these lists each way has; -1 where no row counts.

    The second is int of shape (num_centers, num_centers).
    """
    named: dict[tuple[str, str], list[Way]] = {}
    for row in arrays.week.travel:
        named.setdefault((row.origin, row.destination), []).append(row)
    near = {name: _closeness(arrays, name) for name in {n for ends in named for n in ends}}
    # A rank for each way: 100 x the closer name + 10 x the other + 1 for the row's own direction.
    best = np.zeros((arrays.num_centers, arrays.num_centers), dtype=np.int64)
    ranked = []
    for (origin, destination), rows in named.items():
        one, other = np.flatnonzero(near[origin]), np.flatnonzero(near[destination])
        close, far = near[origin][one][:, None], near[destination][other][None, :]
        rank = 100 * np.maximum(close, far) + 10 * np.minimum(close, far)
        for ends, own in ((np.ix_(one, other), rank + 1), (np.ix_(other, one), rank.T)):
            best[ends] = np.maximum(best[ends], own)
            ranked.append((ends, own, rows))
    told: list[list[Way]] = []
    sets = np.full(best.shape, -1)
    for ends, own, rows in ranked:
        entries, counts = sets[ends], best[ends] == own
        for before in np.unique(entries[counts]).tolist():
            same = counts & (sets[ends] == before)
            entries[same] = len(told)
            told.append([*(told[before] if before >= 0 else ()), *rows])
        sets[ends] = entries
    return told, sets


def _closeness(arrays: Arrays, name: str) -> Array:
    """How closely a name is meant for each center, int of shape (num_centers,)."""
    return np.array([closeness(name, center) for center in arrays.week.centers], dtype=np.int64)
