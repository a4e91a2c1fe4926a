"""How cost and bound come about during a solve, kept small.

`Progress` after `Progress` -> at most `MOST` of them.
"""

from __future__ import annotations

from shiftplan.solving.result import Progress

MOST = 200
"""Moments kept, at most; a solve may report many thousands."""


class Timeline:
    """Moments of one solve; when there are too many, every second one is given up."""

    def __init__(self) -> None:
        self._kept: list[Progress] = []
        self._last: Progress | None = None
        self._step = self._count = 0

    def add(self, progress: Progress) -> None:
        """Take in what is new."""
        self._last = progress
        if self._count % (1 << self._step) == 0:
            self._kept.append(progress)
        self._count += 1
        if len(self._kept) == MOST:
            self._kept = self._kept[::2]
            self._step += 1

    def kept(self) -> tuple[Progress, ...]:
        """The moments kept, the first and the last among them."""
        is_last_kept = not self._kept or self._kept[-1] is self._last
        return (*self._kept, *(() if is_last_kept or self._last is None else (self._last,)))
