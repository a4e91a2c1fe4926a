"""Shares of citizens served in time in many queues at once.

Loads, minutes of service, servers and patience, each by queue -> shares.
"""

from __future__ import annotations

import math

import numpy as np

from shiftplan.citizens.queue import Floats, Queue

_SMALLEST = 1e-200
"""Chance below which logarithms of an incomplete gamma function lose digits."""
_LARGEST = 1e5
"""Rate of service of a team, in citizens per mean patience, above which they do."""


def shares_in_time(
    load: Floats,
    service_minutes: Floats,
    cv2: Floats,
    servers: int,
    minutes: float,
    patience_minutes: float | None = None,
) -> Floats:
    """`Queue.share_served_within` of many queues, each with some load above 0.

    With patience, waits of citizens who never give up have a density in proportion to
    exp(-c mu t - lambda exp(-theta t) / theta) (`Queue`), and so the integrals over it are
    incomplete gamma functions of x = lambda exp(-theta t) / theta. Where these lose digits, each
    queue is computed by itself. `cv2` is that of queues without patience.

    Parameters
    ----------
    load, service_minutes, cv2
        Loads in erlangs, mean minutes of service and their squared coefficients of variation,
        shape (queues,).
    servers, patience_minutes
        As of `Queue`.
    minutes
        Minutes that a citizen may wait; may be infinite with patience.
    """
    free = np.zeros(len(load))
    with np.errstate(over="ignore"):
        for busy in range(1, servers + 1):
            free = (1 + free) * busy / load
    if patience_minutes is None:
        spare = np.maximum(servers - load, 0.0)
        waiting = 1 / (1 + free * spare / servers)
        return np.asarray(1 - waiting * np.exp(-minutes * spare / service_minutes * 2 / (1 + cv2)))
    from scipy.special import gammainc, gammaln

    come = load * patience_minutes / service_minutes  # in a mean patience
    served = servers * patience_minutes / service_minutes
    whole = gammainc(served, come)
    kept = math.exp(-minutes / patience_minutes)
    exact = (served < _LARGEST) & (whole > _SMALLEST)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        area = come - served * np.log(come) + gammaln(served + 1) + np.log(whole)
        waiting = 1 / (1 + np.exp(np.log(free) - area))
        part = gammainc(served + 1, come) - gammainc(served + 1, come * kept)
        later = np.minimum(1.0, part / whole * served / come)
        found = np.asarray(1 - waiting * (1 - later))
    for i in np.flatnonzero(~exact):
        queue = Queue(
            60 * float(load[i] / service_minutes[i]),
            float(service_minutes[i]),
            servers,
            patience_minutes,
        )
        found[i] = queue.share_served if math.isinf(minutes) else queue.share_served_within(minutes)
    return found
