"""How long citizens wait in one line, in the steady state.

Arrivals, minutes of service, servers, patience -> chances and minutes.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from shiftplan.errors import Fault, InputError
from shiftplan.errors.message import Message

MOST_SERVERS = 10_000
"""Servers of the largest team."""
Floats = NDArray[np.float64]
MOST = 10**9
"""Most arrivals an hour, and longest time in minutes."""
_LEAST = 1e-6
"""Shortest time in minutes: digits of shorter ones are lost."""
_DROP = 45.0
"""Fall of the logarithm of a density at which it is cut off."""
_POWERS = np.exp2(np.arange(-64.0, 65.0))
"""Distances from the mode, in mean patiences, that are tried for the cut."""
_STEPS = _POWERS[62:71]
"""Further breaks of the integral, 1/4 to 64 mean patiences from the mode."""
_POINTS, _WEIGHTS = np.polynomial.legendre.leggauss(16)
"""Gauss-Legendre rule on -1 to 1."""


def require(holds: bool, name: str, value: object, code: str, **limits: float) -> None:
    """Raise an InputError that says what an option may be, unless the condition holds.

    `code` is a message of the catalogue, by what follows `options.` in it.
    """
    if not holds:
        message = Message(f"options.{code}", option=name, **limits)
        raise InputError([Fault("out_of_range", "options", name, str(value), message)])


def require_minutes(name: str, value: float) -> None:
    """A time is above 0, and neither so short nor so long that digits are lost."""
    require(_LEAST <= value <= MOST, name, value, "minutes")


def require_servers(name: str, value: int) -> None:
    """A team is a whole number of people."""
    fits = 1 <= value <= MOST_SERVERS and value == int(value)
    require(fits, name, value, "whole_between", least=1, most=MOST_SERVERS)


def bend(x: Floats) -> Floats:
    """exp(-x) - 1 + x, without loss of digits near 0."""
    series = x * x / 2 * (1 - x / 3 * (1 - x / 4 * (1 - x / 5 * (1 - x / 6 * (1 - x / 7)))))
    return np.where(np.abs(x) < 0.02, series, x + np.expm1(-np.maximum(x, -100)))


def _free_to_busy(load: float, servers: int) -> float:
    """1 / Erlang B - 1, by a recursion without differences: it loses a few ulp a server at most."""
    ratio = 0.0
    for busy in range(1, servers + 1):
        ratio = (1 + ratio) * busy / load
    return ratio


def erlang_b(load: float, servers: int) -> float:
    """Share of arrivals that find all servers busy where nobody can wait (Erlang, 1917).

    Parameters
    ----------
    load
        Offered load in erlangs, arrivals per hour times hours of service; 0 or more.
    servers
        From 1 to `MOST_SERVERS`. Whatever is out of its range is an InputError.
    """
    require(0 <= load < math.inf, "load", load, "number", least=0)
    require_servers("servers", servers)
    return 1 / (1 + _free_to_busy(load, int(servers))) if load else 0.0


@dataclass(frozen=True)
class Queue:
    """First come, first served, by some servers alike; Poisson arrivals, in the steady state.

    Without patience this is M/M/c (Erlang C), with patience M/M/c+M (Erlang A; Palm, 1957). Both
    are exact. `cv2` other than 1 makes it an approximation of M/G/c: the chance of waiting stays,
    and waits are those of M/M/c times (1 + cv2) / 2 (Lee and Longton, 1959; Allen, 1990; Kimura,
    1994). The mean is then exact for one server. For constant service, it is 2% too short for
    five servers that are 90% busy, 7% at 70%, 15% at 50%, and worse for larger teams.

    A queue without patience whose load is not below its servers is unstable: everybody waits, for
    ever longer. Its waits are infinite and no share of citizens waits at most so many minutes.

    Raises
    ------
    InputError
        If a field is out of its range, or if `cv2` is not 1 where citizens give up.
    """

    arrivals_per_hour: float
    """Citizens who come in an hour, from 0 to 1e9."""
    service_minutes: float
    """Mean minutes that a server spends on a citizen, exponential if `cv2` is 1."""
    servers: int
    """Servers on duty, from 1 to `MOST_SERVERS`."""
    patience_minutes: float | None = None
    """Mean minutes, exponential, after which waiting citizens give up; None or inf for never."""
    cv2: float = 1.0
    """Squared coefficient of variation of the service time: 0 if constant, 1 if exponential."""

    def __post_init__(self) -> None:
        rate = self.arrivals_per_hour
        require(0 <= rate <= MOST, "arrivals_per_hour", rate, "number_between", least=0, most=MOST)
        require_minutes("service_minutes", self.service_minutes)
        require_servers("servers", self.servers)
        require(0 <= self.cv2 < math.inf, "cv2", self.cv2, "number", least=0)
        if self.patience_minutes is not None and self.patience_minutes != math.inf:
            require_minutes("patience_minutes", self.patience_minutes)
            require(self.cv2 == 1, "cv2", self.cv2, "cv2_with_patience")

    @property
    def load(self) -> float:
        """Offered load in erlangs: servers busy on average if nobody ever waited or gave up."""
        return self.arrivals_per_hour * self.service_minutes / 60

    @property
    def is_stable(self) -> bool:
        """Whether waits are finite in the long run."""
        return self._gives_up or self.load < self.servers

    @property
    def probability_of_waiting(self) -> float:
        """Share of citizens who find all servers busy: Erlang C, or its like with patience."""
        return 1 / (1 + self._at_once_to_waiting)

    @property
    def mean_wait_minutes(self) -> float:
        """Mean minutes of all citizens in the line, until served or given up; 0 if at once."""
        if self._gives_up:
            return self.share_giving_up * self._patience
        return self.probability_of_waiting * self._mean_delay

    @cached_property
    def share_giving_up(self) -> float:
        """Share of citizens who give up before a server is free; 0 without patience."""
        return self._waiting(lambda u: -np.expm1(-u)) if self._gives_up else 0.0

    @cached_property
    def share_served(self) -> float:
        """Share of citizens who are served in the end."""
        return self._served(math.inf) if self._gives_up else 1.0

    @property
    def utilization(self) -> float:
        """Share of their time that servers are busy; 1 if the queue is unstable."""
        return min(1.0, self.load * self.share_served / self.servers)

    def share_within(self, minutes: float) -> float:
        """Share of citizens whose time in the line, until served or given up, is at most `minutes`.

        Negative or endless minutes are an InputError.
        """
        require(0 <= minutes < math.inf, "minutes", minutes, "number", least=0)
        return 1 - self._share_beyond(minutes)

    def share_served_within(self, minutes: float) -> float:
        """Share of all citizens who are served after at most `minutes` in the line.

        Who gives up counts as not served, however early. Without patience this is `share_within`.
        Negative or endless minutes are an InputError.
        """
        if not self._gives_up:
            return self.share_within(minutes)
        require(0 <= minutes < math.inf, "minutes", minutes, "number", least=0)
        return self._served(minutes / self._patience)

    def wait_quantile(self, share: float) -> float:
        """The least minutes that at least this share of citizens stay in the line at most.

        It is 0 if so many never wait, inf if the queue is unstable or, where anybody waits, if
        the share is 1. A share that is not above 0 and at most 1 is an InputError.
        """
        require(0 < share <= 1, "share", share, "share_above")
        chance = self.probability_of_waiting
        if chance <= 1 - share:
            return 0.0
        if share == 1 or not self.is_stable:
            return math.inf
        if not self._gives_up:
            return self._mean_delay * math.log(chance / (1 - share))
        low, high = 0.0, -math.log1p(-share) * self._patience
        while low < (middle := (low + high) / 2) < high:
            if self._share_beyond(middle) <= 1 - share:
                high = middle
            else:
                low = middle
        return high

    @property
    def _patience(self) -> float:
        return math.inf if self.patience_minutes is None else self.patience_minutes

    @property
    def _gives_up(self) -> bool:
        return self._patience < math.inf

    @property
    def _mean_delay(self) -> float:
        """Mean minutes of those who wait, exponential, where nobody gives up."""
        if not self.is_stable:
            return math.inf
        return self.service_minutes / (self.servers - self.load) * (1 + self.cv2) / 2

    def _share_beyond(self, minutes: float) -> float:
        if self._gives_up:
            limit = minutes / self._patience
            return math.exp(-limit) * self._waiting(lambda u: np.where(u > limit, 1.0, 0.0), limit)
        return self.probability_of_waiting * math.exp(-minutes / self._mean_delay)

    @property
    def _scale(self) -> float:
        """Rate of service of the whole team, in citizens per mean patience."""
        return self.servers * self._patience / self.service_minutes

    @property
    def _mode(self) -> float:
        """Where the density of the wait is highest, in mean patiences."""
        return math.log1p(max(0.0, self.load - self.servers) / self.servers)

    def _density(self, limit: float = 0.0) -> tuple[Floats, Floats]:
        """Waits of who never gives up, in mean patiences, and integration weights times density.

        Behind j others, such a wait is a sum of independent exponential times with the rates
        c mu + i theta, i = 0 ... j. Mixed with the stationary chances of all j, their densities
        add up to exp(lambda (1 - exp(-theta t)) / theta - c mu t) times a constant (Baccelli and
        Hebuterne, 1981; Zeltyn and Mandelbaum, 2005); here it is 1 at its mode. Its logarithm is
        concave, so cutting it off where it falls below -45 loses less than 1e-19 of the whole.
        Between, Gauss-Legendre rules run from break to break, one of which is `limit`.
        """
        slope = max(0.0, self._scale * (1 - self.load / self.servers))
        curve = self._scale * min(1.0, self.load / self.servers)

        def fall(x: Floats) -> Floats:
            return slope * x + curve * bend(x)

        right = _POWERS[np.argmax(fall(_POWERS) >= _DROP)]
        left = min(self._mode, _POWERS[np.argmax(fall(-_POWERS) >= _DROP)])
        ends = [np.linspace(-left, 0, 33), np.linspace(0, right, 33), _STEPS[right > _STEPS]]
        inside = [limit - self._mode] if -left < limit - self._mode < right else []
        breaks = np.unique(np.concatenate([*ends, inside]))
        half = np.diff(breaks)[:, None] / 2
        waits = (breaks[:-1, None] + half * (1 + _POINTS)).ravel()
        return self._mode + waits, (half * _WEIGHTS).ravel() * np.exp(-fall(waits))

    @cached_property
    def _at_once_to_waiting(self) -> float:
        """How many citizens are served at once for each one who waits."""
        if not self.load or not self.is_stable:
            return 0.0 if self.load else math.inf
        free = _free_to_busy(self.load, int(self.servers))
        if not self._gives_up:
            return free * (self.servers - self.load) / self.servers
        highest = self._scale * float(bend(np.array(-self._mode)))
        return free * math.exp(-highest) / (self._scale * float(self._density()[1].sum()))

    def _waiting(self, part: Callable[[Floats], Floats], limit: float = 0.0) -> float:
        """Share of citizens who wait, times the mean of `part` over their waits."""
        waits, weights = self._density(limit)
        return self.probability_of_waiting * min(1.0, float(part(waits) @ weights / weights.sum()))

    def _served(self, limit: float) -> float:
        """Share of citizens who are served within so many mean patiences."""
        chance = self.probability_of_waiting
        later = self._waiting(lambda u: np.where(u <= limit, np.exp(-u), 0.0), limit)
        return min(1.0, chance * self._at_once_to_waiting + later) if chance else 1.0
