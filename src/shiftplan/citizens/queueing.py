"""How long citizens wait, how many servers a promise takes, and a load that changes by the hour.

Arrivals, minutes of service and servers -> waits; a service level -> the fewest servers; rates of
arrival by interval -> the load that lags behind.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from shiftplan.citizens.queue import (
    MOST,
    MOST_SERVERS,
    Floats,
    Queue,
    bend,
    erlang_b,
    require,
    require_minutes,
    require_servers,
)

__all__ = ["MOST_SERVERS", "OfferedLoad", "Queue", "erlang_b", "offered_load", "servers_needed"]


def servers_needed(
    arrivals_per_hour: float,
    service_minutes: float,
    *,
    within_minutes: float,
    level: float,
    most_utilization: float = 1.0,
    patience_minutes: float | None = None,
    cv2: float = 1.0,
    most_servers: int = MOST_SERVERS,
) -> int | None:
    """Fewest servers who serve enough citizens soon enough, and who are not too busy.

    Parameters
    ----------
    arrivals_per_hour, service_minutes, patience_minutes, cv2
        As of a `Queue`.
    within_minutes
        Minutes that a citizen may wait; 0 or more.
    level
        Least share of all citizens to be served within them, `Queue.share_served_within`; above 0
        and at most 1. Only in the digits of a float is 1 ever reached.
    most_utilization
        Most share of their time that servers are busy; above 0 and at most 1.
    most_servers
        Servers that there can be at most, from 1 to `MOST_SERVERS`.

    Returns
    -------
    int or None
        The servers, 0 if nobody comes, or None if `most_servers` are too few.

    Raises
    ------
    InputError
        If an argument is out of its range.
    """
    require(0 < level <= 1, "level", level, "share_above")
    require(0 < most_utilization <= 1, "most_utilization", most_utilization, "share_above")
    require(0 <= within_minutes < math.inf, "within_minutes", within_minutes, "number", least=0)
    require_servers("most_servers", most_servers)

    def team(servers: int) -> Queue:
        return Queue(arrivals_per_hour, service_minutes, servers, patience_minutes, cv2)

    def share(servers: int) -> float:
        return team(servers).share_served_within(within_minutes)

    if team(1).arrivals_per_hour == 0:
        return 0
    # More servers mean a line that is shorter in the likelihood-ratio order and moves faster, so
    # the share grows and fewer give up. Hence the loop skips only teams that are too busy.
    servers = 1 + bisect_left(range(1, most_servers + 1), level, key=share)
    most = most_utilization * (1 + 1e-12)
    while servers <= most_servers and (queue := team(servers)).utilization > most:
        servers = max(servers + 1, math.ceil(queue.load * queue.share_served / most))
    return servers if servers <= most_servers else None


@dataclass(frozen=True)
class OfferedLoad:
    """Servers busy if all who come are served at once, by interval; float, shape (intervals,)."""

    start: Floats
    """Load in erlangs at the start of each interval; the first is 0."""
    end: Floats
    """Load in erlangs at the end of each interval."""
    mean: Floats
    """Mean load in erlangs over each interval."""

    @property
    def peak(self) -> Floats:
        """Greatest load in erlangs of each interval; it lies at its start or at its end."""
        return np.maximum(self.start, self.end)


def offered_load(
    arrivals_per_hour: Sequence[float] | Floats,
    interval_minutes: float | Sequence[float] | Floats,
    service_minutes: float,
) -> OfferedLoad:
    """The load that lags behind arrivals whose rate changes from interval to interval.

    It solves m'(t) = lambda(t) - m(t) / service exactly from m = 0 at opening: the mean number of
    busy servers of Mt/M/infinity (Eick, Massey and Whitt, 1993). To staff an interval by its
    modified offered load m (Jennings, Mandelbaum, Massey and Whitt, 1996), ask `servers_needed`
    for 60 m / service_minutes arrivals an hour.

    Parameters
    ----------
    arrivals_per_hour
        Rate of arrivals in each interval, from 0 to 1e9; shape (intervals,).
    interval_minutes
        Minutes of each interval, or of all; above 0.
    service_minutes
        Mean minutes of service, exponential; above 0.

    Raises
    ------
    InputError
        If an argument is out of its range or shape.
    """
    require_minutes("service_minutes", service_minutes)
    rates = np.asarray(arrivals_per_hour, dtype=np.float64)
    require(rates.ndim == 1, "arrivals_per_hour", arrivals_per_hour, "numbers")
    for rate in np.unique(rates).tolist():
        fits = 0 <= rate <= MOST
        require(fits, "arrivals_per_hour", rate, "number_between", least=0, most=MOST)
    minutes = np.asarray(interval_minutes, dtype=np.float64)
    fits = minutes.shape in ((), rates.shape)
    require(fits, "interval_minutes", interval_minutes, "number_each")
    for interval in np.unique(minutes).tolist():
        require_minutes("interval_minutes", interval)
    return lagging(rates, np.broadcast_to(minutes, rates.shape), np.float64(service_minutes))


def lagging(rates: Floats, minutes: Floats, service_minutes: Floats | np.float64) -> OfferedLoad:
    """`offered_load` of many rates of arrival at once, shape (..., intervals), without checks.

    `service_minutes` are of the shape (..., 1), or one for all.
    """
    lengths = minutes / service_minutes
    stays, settles = np.exp(-lengths), -np.expm1(-lengths)
    settled = bend(lengths) / lengths
    targets = rates * (service_minutes / 60)
    comes = targets * settles
    loads = np.zeros((*rates.shape[:-1], rates.shape[-1] + 1))
    for i in range(rates.shape[-1]):
        loads[..., i + 1] = loads[..., i] * stays[..., i] + comes[..., i]
    start, end = loads[..., :-1], loads[..., 1:]
    return OfferedLoad(start, end, start * (1 - settled) + targets * settled)
