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
        self._params = limits.params.regions
        self._share = limits.workers / regions
        """Part of a round's time that one region can have."""

    def whole(self) -> Job:
        """The relaxation of the whole program."""
        share = self._params.whole_share
        return Job(None, self._task("relaxing", self._program, self._layout, share))

    def window(self, pairs: Array, prices: Prices) -> Job:
        """The prices of a region chosen anew."""
        window = prices.window(pairs)
        share = self._params.window_share * self._share
        return Job(window, self._task("relaxing", window.program, self._layout, share))

    def piece(
        self, kind: Kind, pairs: Array, pieces: Pieces, values: Array, guide: Prices | None
    ) -> Job | None:
        """The roster of a region made or improved; None when others hold all of it.

        Where prices tell, a first roster is made of each person's likeliest pairs.
        """
        params = self._params
        if kind == "dive" and guide is not None:
            likely = np.zeros(len(pairs), dtype=bool)
            people = self._layout.volunteer[pairs]
            likely[kernel(people, guide.guide(pairs), params.choices)] = True
            pairs = pairs[likely | (values[pairs] > 0.5)]
        piece = pieces.cut(pairs, values)
        program, layout = piece.program, piece.layout
        if program.num_pairs == 0:
            pieces.give_back(piece)
            return None
        if kind == "greedy":
            share = params.greedy_share * self._share
            return Job(piece, self._task("greedy", program, layout, share))
        start = values[piece.columns]
        if kind == "dive":  # without neighborhoods: they wait until all regions have a roster
            share = params.dive_share * self._share
            task = self._task("neighborhoods", program, layout, share, start=start)
            return Job(piece, replace(task, work_limit=0))
        known = None if guide is None else guide.guide(piece.columns)
        task = self._task(
            "neighborhoods",
            program,
            layout,
            params.piece_share * self._share,
            (params.piece_seconds, params.piece_most_seconds),
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
            params=limits.params,
        )
