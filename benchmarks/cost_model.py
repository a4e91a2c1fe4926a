"""What planning a province-week takes, by its size: read from batches, and fitted.

Results of `shiftplan batch` -> `Planned` weeks -> powers of their decisions -> `Model`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.stats import norm

from shiftplan.batch.manifest import Manifest
from shiftplan.batch.places import MANIFEST
from shiftplan.present.outputs import RESULT

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Planned:
    """What one province-week took."""

    name: str
    centers: int
    volunteers: int
    decisions: int
    """Pairs of a volunteer and a shift that the person could work."""
    to_gap: float | None
    """Seconds of planning until the gap was reached; None when it was not."""
    planning: float
    """Seconds of planning in all."""
    files: float
    """Seconds of everything else: reading, checking, simulating, writing."""
    gap: float | None
    memory_mb: float | None


@dataclass(frozen=True, slots=True)
class Power:
    """value = factor * size ^ exponent."""

    factor: float
    exponent: float
    explained: float
    """Part of the variance of the known logarithms that it explains, at most 1."""

    def at(self, size: float) -> float:
        """The value for a size."""
        return float(self.factor * size**self.exponent)


def planned(run: Path, gap: float) -> list[Planned]:
    """What the finished weeks of a run took.

    Parameters
    ----------
    run
        Folder of a batch.
    gap
        Relative gap whose time is looked up in the history of each result.

    """
    manifest = Manifest.model_validate_json((run / MANIFEST).read_bytes())
    found = []
    for name, entry in sorted(manifest.entries.items()):
        outcome = entry.outcome
        if entry.state != "done" or outcome is None or outcome.figures is None:
            continue
        history = json.loads((run / name / RESULT).read_text(encoding="utf-8"))["history"]
        figures, planning = outcome.figures, outcome.phases["plan"]
        found.append(
            Planned(
                name,
                figures.centers,
                figures.volunteers,
                figures.decisions,
                _reached(history, gap),
                planning,
                outcome.seconds - planning,
                figures.gap,
                outcome.memory_mb,
            )
        )
    return found


def _reached(history: Sequence[Sequence[float | None]], gap: float) -> float | None:
    """Seconds at which cost and bound came so near."""
    for moment, cost, bound in history:
        if cost is not None and bound is not None and cost - bound <= gap * cost:
            return moment
    return None


def fitted(
    rows: Sequence[Planned],
    value: Callable[[Planned], float | None],
    least: Callable[[Planned], float | None] = lambda row: None,
) -> Power:
    """Fit a power of the decisions to a figure, by the likelihood of the logarithms.

    Parameters
    ----------
    rows
        Weeks.
    value
        Their figure; None where it is not known.
    least
        What the figure is above, where it is not known: a gap that was not reached in some time
        would have taken longer. None leaves the week out.

    Raises
    ------
    SystemExit
        There are fewer than three weeks with that figure.

    """
    known = [(row.decisions, y) for row in rows if (y := value(row))]
    open_end = [(row.decisions, y) for row in rows if not value(row) and (y := least(row))]
    if len(known) < 3:
        raise SystemExit("A model needs three planned weeks or more that reached the gap.")
    sizes, values = np.log(np.array(known, dtype=float)).T
    beyond = np.log(np.array(open_end, dtype=float).reshape(-1, 2)).T
    exponent, factor = np.polyfit(sizes, values, 1)
    left = values - (exponent * sizes + factor)

    def unlikely(law: Array) -> float:
        slope, start, width = law[0], law[1], math.exp(law[2])
        seen = norm.logpdf(values, slope * sizes + start, width).sum()
        longer = norm.logsf(beyond[1], slope * beyond[0] + start, width).sum()
        return -float(seen + longer)

    if len(open_end):
        first = np.array([exponent, factor, math.log(float(left.std()) + 0.01)])
        exponent, factor, _ = minimize(unlikely, first, method="Nelder-Mead").x
        left = values - (exponent * sizes + factor)
    spread = float(((values - values.mean()) ** 2).sum())
    explained = 1 - float((left**2).sum()) / spread if spread else 1.0
    return Power(math.exp(factor), float(exponent), explained)


@dataclass(frozen=True, slots=True)
class Model:
    """What a week takes, by its decisions."""

    planning: Power
    """Seconds on the processors of one week until the gap."""
    files: Power
    """Seconds of one processor for everything else."""
    memory: Power
    """Millions of bytes."""
    workers: int
    """Processors that the planning of each week had."""

    def processor_seconds(self, decisions: float) -> float:
        """Seconds of one processor that a week takes."""
        return self.workers * self.planning.at(decisions) + self.files.at(decisions)


def model_of(rows: Sequence[Planned], workers: int) -> Model:
    """Fit the model of weeks that had so many processors; without the gap only files and memory."""
    return Model(
        fitted(rows, lambda row: row.to_gap, least=lambda row: row.planning),
        fitted(rows, lambda row: row.files),
        fitted(rows, lambda row: row.memory_mb),
        workers,
    )
