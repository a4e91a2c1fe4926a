"""Sums over simulated citizens, from which all figures are made; waits as counts on a grid.

`Crowd`s and their `LineOutcome`s -> `Sums` by service, run, and group of runs.
"""

from __future__ import annotations

import numpy as np

from shiftplan.citizens.simulate.draws import Crowd
from shiftplan.citizens.simulate.estimate import STEPS, steps_of
from shiftplan.citizens.simulate.lanes import Floats
from shiftplan.citizens.simulate.line import LineOutcome

ARRIVED, SERVED, IN_TIME, IN_NEED, IN_LANGUAGE, GAVE_UP, CUT, BUSY = range(8)
"""Rows of `Sums.counts`: citizens, and for the last one minutes of service."""
_GROUPS = 20
"""Groups of runs for the jackknife of quantiles, at most."""


class Sums:
    """Sums of some citizens by service and run; memory does not grow with their number."""

    def __init__(self, services: int, runs: int) -> None:
        self.counts: Floats = np.zeros((BUSY + 1, services, runs))
        """Shape (8, services, runs)."""
        self.waits = np.zeros((services, min(_GROUPS, runs), STEPS), dtype=np.int64)
        """Waits of those served or given up, shape (services, groups of runs, steps)."""
        self.present: Floats = np.zeros(runs)
        """Minutes in windows of the people who come, shape (runs,)."""

    def add(self, crowd: Crowd, outcome: LineOutcome, first: int, within_minutes: float) -> None:
        """Add citizens whose runs are counted from `first`, with the promise made to them."""
        _, services, runs = self.counts.shape
        run = crowd.run + first
        values = {
            ARRIVED: np.ones(len(run)),
            SERVED: outcome.served,
            IN_TIME: outcome.served & (outcome.wait <= within_minutes),
            IN_NEED: crowd.language > 0,
            IN_LANGUAGE: outcome.in_language,
            GAVE_UP: outcome.gave_up,
            CUT: outcome.cut,
            BUSY: outcome.minutes,
        }
        key = crowd.service * runs + run
        for row, weights in values.items():
            sums = np.bincount(key, weights=weights, minlength=services * runs)
            self.counts[row] += sums.reshape(services, runs)
        group = run * self.waits.shape[1] // runs
        line = ~outcome.cut
        cell = (crowd.service[line], group[line], steps_of(outcome.wait[line]))
        np.add.at(self.waits, cell, 1)

    def __iadd__(self, other: Sums) -> Sums:
        self.counts += other.counts
        self.waits += other.waits
        self.present += other.present
        return self
