"""What a worker does for a region, or for the whole.

Kind of job, pairs of a region, prices and roster so far -> `Job` with a `Task` for a worker.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from shiftplan.engines.opening import kernel
from shiftplan.engines.regions.pieces import Piece, Pieces
from shiftplan.engines.regions.prices import Prices, Window
from shiftplan.engines.task import Deadline, Engine, Limits, Relaxation, Task
from shiftplan.model import Layout, Program

Array = np.ndarray[Any, Any]
Kind = Literal["greedy", "dive", "window", "piece"]
"""A quick first roster, a good one, prices chosen anew, or the roster improved."""

_WHOLE_SHARE, _WINDOW_SHARE = 0.5, 0.4
"""Parts of the time left: for the whole relaxation, and for windows in all regions."""
_GREEDY_SHARE, _DIVE_SHARE, _ROUND_SHARE = 0.2, 0.6, 0.25
"""Parts of the time left for each kind of piece in all regions; the first two seldom take it."""
_CHOICES = 8
"""Pairs of each person, the cheapest at the prices of the whole, for a first roster."""
_PIECE_SECONDS = (5.0, 60.0)
"""Least and most time in which a piece is improved."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker does."""

    part: Window | Piece | None
    """A window of the prices, a piece of the roster, or None for the whole relaxation."""
    task: Task


class Jobs:
    """Makes jobs, each with its part of the time that is left."""

    def __init__(
        self, program: Program, layout: Layout, limits: Limits, deadline: Deadline, regions: int
    ) -> None:
        self._program, self._layout = program, layout
        self._limits, self._deadline = limits, deadline
        self._share = limits.workers / regions
        """Part of a round's time that one region can have."""

    def whole(self) -> Job:
        """The relaxation of the whole program."""
        return Job(None, self._task("relaxing", self._program, self._layout, _WHOLE_SHARE))

    def window(self, pairs: Array, prices: Prices) -> Job:
        """The prices of a region chosen anew."""
        window = prices.window(pairs)
        share = _WINDOW_SHARE * self._share
        return Job(window, self._task("relaxing", window.program, self._layout, share))

    def piece(
        self, kind: Kind, pairs: Array, pieces: Pieces, values: Array, guide: Prices | None
    ) -> Job | None:
        """The roster of a region made or improved; None when others hold all of it.

        Where prices tell, a first roster is made of each person's likeliest pairs.
        """
        if kind == "dive" and guide is not None:
            likely = np.zeros(len(pairs), dtype=bool)
            likely[kernel(self._layout.volunteer[pairs], guide.guide(pairs), _CHOICES)] = True
            pairs = pairs[likely | (values[pairs] > 0.5)]
        piece = pieces.cut(pairs, values)
        program, layout = piece.program, piece.layout
        if program.num_pairs == 0:
            pieces.give_back(piece)
            return None
        if kind == "greedy":
            return Job(piece, self._task("greedy", program, layout, _GREEDY_SHARE * self._share))
        start = values[piece.columns]
        if kind == "dive":  # without neighborhoods: they wait until all regions have a roster
            task = self._task(
                "neighborhoods", program, layout, _DIVE_SHARE * self._share, start=start
            )
            return Job(piece, replace(task, work_limit=0))
        known = None if guide is None else guide.guide(piece.columns)
        task = self._task(
            "neighborhoods",
            program,
            layout,
            _ROUND_SHARE * self._share,
            _PIECE_SECONDS,
            start=start,
            guide=known,
        )
        return Job(piece, task)

    def _task(
        self,
        engine: Engine,
        program: Program,
        layout: Layout,
        share: float,
        between: tuple[float, float] = (0.0, np.inf),
        *,
        start: Array | None = None,
        guide: Relaxation | None = None,
    ) -> Task:
        limits, left = self._limits, self._deadline.left()
        seconds = min(left, max(between[0], min(left * share, between[1])))
        return Task(
            engine,
            program,
            layout,
            start=start,
            seed=limits.seed,
            seconds=seconds if limits.work_limit is None else left,
            work_limit=limits.work_limit,
            guide=guide,
        )
