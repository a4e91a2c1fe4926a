"""How often something may be tried: passwords, forms, streams.

Who tries, and the clock -> seconds to wait.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

from fastapi import Request

_MOST_KEPT = 10_000
"""Visitors whose tries are remembered; those who tried longest ago are forgotten."""


class Pace:
    """Lets everybody try `burst` times at once, and then once in `seconds`."""

    def __init__(
        self, burst: int, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._burst, self._seconds, self._clock = burst, seconds, clock
        self._free_at: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, who: str) -> float:
        """Count a try; seconds until the next one is allowed, 0 if this one is."""
        with self._lock:
            now = self._clock()
            free_at = max(self._free_at.pop(who, now), now)
            early = free_at - now - (self._burst - 1) * self._seconds
            if early <= 0:
                free_at += self._seconds
            self._free_at[who] = free_at
            if len(self._free_at) > _MOST_KEPT:
                del self._free_at[next(iter(self._free_at))]
            return max(0.0, early)

    def forget(self, who: str) -> None:
        """Let somebody begin anew, such as after the right password."""
        with self._lock:
            self._free_at.pop(who, None)


def network_of(request: Request) -> str:
    """Where a request comes from: its address, of IPv6 the network of a household."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(IPv6Address(int(address) >> 64 << 64))
    return str(getattr(address, "ipv4_mapped", None) or address)
