"""Many provinces, week after week, unattended: planned side by side, and resumed after any end."""

from __future__ import annotations

from shiftplan.batch.run import Batch, Row, plan_batch

__all__ = ["Batch", "Row", "plan_batch"]
