"""How a figure moved over the last seconds, to see whether a search still pays.

Values as they come -> what the latest differs by from the one of some seconds ago.
"""

from __future__ import annotations

import time
from collections import deque


class Trend:
    """A figure over time, back to the start of the last window that was asked about."""

    def __init__(self) -> None:
        self._moments: deque[tuple[float, int]] = deque()

    def add(self, value: int) -> None:
        """Note the value that holds from now on."""
        self._moments.append((time.monotonic(), value))

    def change(self, seconds: float) -> int | None:
        """The latest value minus the one of so many seconds ago; None if there was none then.

        Windows must not grow from one question to the next: what lies before them is forgotten.
        """
        since, moments = time.monotonic() - seconds, self._moments
        while len(moments) > 1 and moments[1][0] <= since:
            moments.popleft()
        if not moments or moments[0][0] > since:
            return None
        return moments[-1][1] - moments[0][1]
