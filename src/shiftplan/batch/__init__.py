"""Many provinces, week after week, unattended: planned side by side, and resumed after any end.

ROOT with planning weeks -> a run folder with results, states, and records of all.
"""

from __future__ import annotations

from shiftplan.batch.manifest import Row
from shiftplan.batch.preview import Preview, Prospect, preview_batch
from shiftplan.batch.run import Batch, plan_batch
from shiftplan.batch.sweep import Sweep, SweepRow, plan_sweep

__all__ = [
    "Batch",
    "Preview",
    "Prospect",
    "Row",
    "Sweep",
    "SweepRow",
    "plan_batch",
    "plan_sweep",
    "preview_batch",
]
