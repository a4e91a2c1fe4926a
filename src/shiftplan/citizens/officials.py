"""Officials at the counters, who serve citizens beside the people of a shift.

Table officials -> `Helpers` of each center by slot -> the load that they leave, and how many of
them serve the whole line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from shiftplan.citizens.queue import Floats
from shiftplan.week.visits import Official
from shiftplan.week.where import closest

if TYPE_CHECKING:
    from shiftplan.week.records import Center
    from shiftplan.week.week import Week


@dataclass(frozen=True)
class Helpers:
    """Officials of a center who can help alike."""

    services: frozenset[str]  # ids of the services they help with; empty for all
    languages: frozenset[str]  # languages they speak
    count: Floats  # how many there are, by slot, (slots,)

    def can_help(self, service_id: str) -> bool:
        """Whether they help with a service."""
        return not self.services or service_id in self.services


def official_windows(
    week: Week, center: Center, dates: Iterable[dt.date]
) -> Iterator[tuple[Official, dt.date, int, int]]:
    """Yield the windows of the officials of a center on some dates: the row, date and minutes.

    Minutes are the first one and the first one after it, from the horizon's first midnight.
    """
    rows = closest(week.officials, center)
    for day in dates if rows else ():
        for row in rows:
            if row.people and row.days.has(day):
                start, end = map(week.horizon.minutes, row.on(day))
                yield row, day, start, end


def helpers_by_slot(
    windows: Iterable[tuple[Official, int, int]], edges: Floats
) -> tuple[Helpers, ...]:
    """Officials in their windows -> how many help in each slot; windows end where slots do."""
    counts: dict[tuple[frozenset[str], frozenset[str]], Floats] = {}
    for row, start, end in windows:
        key = frozenset(row.services), frozenset(row.languages)
        count = counts.setdefault(key, np.zeros(len(edges) - 1))
        first, last = np.searchsorted(edges, [start, end])
        count[first:last] += row.people
    return tuple(Helpers(*key, count) for key, count in counts.items())


def left_by(
    helpers: Sequence[Helpers],
    busy: Floats,
    ways: Sequence[Collection[str]],
    language: str | None,
    most_utilization: float,
) -> tuple[Floats, Floats]:
    """The load of a line that officials leave, and how many of them serve the whole line.

    Officials who can help with all services of the line, and speak its language, are further
    servers. The others take citizens whom they can help with everything, until they are as busy as
    `most_utilization` allows: with a line of their own they would be no less busy.

    Parameters
    ----------
    helpers
        Officials of the center.
    busy
        People busy with the citizens of each way, (ways, slots) or (sizes, ways, slots).
    ways
        Ids of the services of each way in the line; none for ways that do not lead through it.
    language
        The language that the citizens of the line need; None for any.
    most_utilization
        Most share of their time that officials are busy.

    Returns
    -------
    tuple of arrays
        Part of the citizens who are left, of the shape of `busy`, and servers, (slots,).
    """
    left, servers = np.ones_like(busy), np.zeros(busy.shape[-1])
    loads = np.moveaxis(busy, -2, 0)
    wanted = {name for way, load in zip(ways, loads, strict=True) if load.any() for name in way}
    some = []
    for one in helpers:
        if language is not None and language not in one.languages:
            continue
        if all(map(one.can_help, wanted)):
            servers += one.count
        else:
            some.append(one)
    for one in some:
        own = [i for i, way in enumerate(ways) if way and all(map(one.can_help, way))]
        load = (busy[..., own, :] * left[..., own, :]).sum(axis=-2, keepdims=True)
        taken = np.minimum(1.0, most_utilization * one.count / np.maximum(load, 1e-9))
        left[..., own, :] *= 1 - taken
    return left, servers
